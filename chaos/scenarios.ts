import type { SCENARIOS } from './options.ts';
import type { Scenario } from './scenario.ts';
import { killBots } from './scenarios/bot.ts';
import { killClusterNode } from './scenarios/cluster.ts';
import { troubleLine } from './scenarios/line.ts';
import { disorder } from './scenarios/order.ts';
import { killRedis } from './scenarios/redis.ts';
import { killAroundReminders } from './scenarios/reminders.ts';
import { soak } from './scenarios/soak.ts';

export const scenarios: Readonly<Record<(typeof SCENARIOS)[number], Scenario>> = {
  bot: (plan) => killBots(plan, { scenario: 'bot', bots: 2, store: 'redis' }),
  redis: killRedis,
  line: troubleLine,
  order: disorder,
  reminders: killAroundReminders,
  sqlite: (plan) => killBots(plan, { scenario: 'sqlite', bots: 1, store: 'sqlite' }),
  cluster: killClusterNode,
  soak,
};
