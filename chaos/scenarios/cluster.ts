import { setTimeout as sleep } from 'node:timers/promises';
import { startRedisCluster } from '../../test/support/redis.ts';
import { createCrowd } from '../crowd.ts';
import type { Plan } from '../scenario.ts';
import { settle } from '../settle.ts';
import { openStage } from '../stage.ts';
import type { Verdict } from '../verdict.ts';
import { verify } from '../verify.ts';

/** Three masters on this machine; one after another is killed under load and comes back. */
export async function killClusterNode(plan: Plan): Promise<Verdict> {
  const { kills, rate, users, random, oracle, say } = plan;
  const cluster = await startRedisCluster({ appendonly: true });
  try {
    const stage = await openStage({ bots: 2, store: { url: cluster.url } });
    try {
      await Promise.all(stage.bots.map((bot) => bot.start()));
      const crowd = createCrowd({ stage, oracle, random, users, name: 'cluster' });
      crowd.start(rate);
      for (let killed = 1; killed <= kills; killed += 1) {
        await sleep(random.between(500, 1500));
        const node = cluster.nodes[random.between(0, cluster.nodes.length - 1)];
        await node?.kill();
        await sleep(random.between(0, 2000));
        await node?.restart();
        if (killed % 5 === 0) say(`${killed} kills`);
      }
      await sleep(1000);
      await crowd.stop();
      await settle(stage, 45_000);
      const { figures, failures } = await verify(stage, oracle, 'as emitted');
      return { scenario: 'cluster', figures: { kills, ...figures }, failures };
    } finally {
      await stage.close();
    }
  } finally {
    await cluster.stop();
  }
}
