import type { SCENARIOS } from './options.ts';
import type { Scenario } from './scenario.ts';
import { killBots } from './scenarios/bot.ts';
import { killClusterNode } from './scenarios/cluster.ts';
import { troubleLine } from './scenarios/line.ts';
import { disorder } from './scenarios/order.ts';
import { killRedis } from './scenarios/redis.ts';
import { killAroundReminders } from './scenarios/reminders.ts';
import { soak } from './scenarios/soak.ts';

const TWO_ON_REDIS = { bots: 2, store: 'redis' } as const;
const ONE_ON_SQLITE = { bots: 1, store: 'sqlite' } as const;

export const scenarios: Readonly<Record<(typeof SCENARIOS)[number], Scenario>> = {
  bot: (plan) => killBots(plan, { scenario: 'bot', ...TWO_ON_REDIS }),
  redis: killRedis,
  line: troubleLine,
  order: disorder,
  reminders: (plan) => killAroundReminders(plan, { scenario: 'reminders', ...TWO_ON_REDIS }),
  sqlite: (plan) => killBots(plan, { scenario: 'sqlite', ...ONE_ON_SQLITE }),
  'sqlite-reminders': (plan) =>
    killAroundReminders(plan, { scenario: 'sqlite-reminders', ...ONE_ON_SQLITE }),
  cluster: killClusterNode,
  soak,
};
