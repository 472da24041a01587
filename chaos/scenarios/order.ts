import { setTimeout as sleep } from 'node:timers/promises';
import { someUser } from '../../src/simulator/line/id.ts';

import type { Plan } from '../scenario.ts';
import { settle } from '../settle.ts';
import { openStage } from '../stage.ts';
import type { Verdict } from '../verdict.ts';
import { verify } from '../verify.ts';

const TEXTS = ['メニュー', 'ヘルプ', '返品したい', '荷物が届かない', '戻る', '1', '2'] as const;
/** Fewer than the mailbox folds together. */
const BURST = 6;

/** Every event comes one to five times, from two bots at once and in any order: one answer each. */
export async function disorder(plan: Plan): Promise<Verdict> {
  const { seconds, users, random, oracle } = plan;
  const stage = await openStage({ bots: 2, store: 'redis' });
  const { line, ledger } = stage;
  try {
    await Promise.all(stage.bots.map((bot) => bot.start()));
    const until = performance.now() + seconds * 1000;
    let deliveries = 0;
    for (let index = 0; performance.now() < until; index += 1) {
      const user = someUser('order', index % users);
      const emitted = await Promise.all(
        Array.from({ length: random.between(1, BURST) }, async () => {
          const times = random.between(1, 5);
          deliveries += times;
          const text = random.pick(TEXTS);
          await sleep(random.between(0, 30));
          return line.emit(user, { kind: 'text', text }, { times });
        }),
      );
      // Once more long after it was answered.
      const again = emitted[random.between(0, emitted.length - 1)];
      if (again) void line.redeliver(again.eventId);
    }
    await line.idle();
    await settle(stage, 30_000);
    const ids = [...ledger.entries.keys()];
    for (let count = 0; count < 20; count += 1)
      await line.redeliver(ids[random.between(0, ids.length - 1)] ?? '');
    await sleep(300);
    const { figures, failures } = await verify(stage, oracle, 'as replied');
    return { scenario: 'order', figures: { deliveries, ...figures }, failures };
  } finally {
    await stage.close();
  }
}
