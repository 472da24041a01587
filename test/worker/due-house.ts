import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent } from '../../src/simulator/line/world.ts';
import { bundle } from '../support/content.ts';
import { openHouse } from '../support/house.ts';

/** An old 「30分後」 button, wherever the content has one: whoever taps it is asked again in half an hour. */
function halfAnHour() {
  for (const [dialog, { nodes }] of Object.entries(bundle().content.dialogs))
    for (const [node, { kind, ...rest }] of Object.entries(nodes))
      if (kind === 'remind' && 'offer' in rest && rest.offer.includes('30m'))
        return { kind: 'postback', data: `a=${dialog}.${node}.30m&s=before` } as const;
  throw new Error('No dialog offers a reminder in half an hour.');
}

export type DueHouse = Awaited<ReturnType<typeof openDueHouse>>;

/** The whole bot with one clock for it and for LINE, which a test can move. Whoever is no friend is unknown to LINE. */
export async function openDueHouse(
  store: { redisUrl?: string; sqlitePath?: string },
  settings: Record<string, string> = {},
) {
  let aheadMs = 0;
  const bare = await openHouse(store, {
    clock: () => Date.now() + aheadMs,
    line: { keep: 5000, anybody: false },
    settings: { QUIET_HOURS: 'off', ...settings },
  });
  const { line, baseUrl } = bare;
  const pushesTo = (user: string) =>
    line.sent().filter(({ to, by, delivered }) => to === user && by === 'push' && delivered);

  const house = {
    line,
    pushesTo,
    until,
    newUser: bare.newUser,
    jump: (ms: number) => void (aheadMs += ms),
    answerTo: async (user: string, what: Parameters<typeof line.emit>[1]): Promise<Sent> =>
      bare.answerTo(await line.emit(user, what), 8000),
    say: (user: string, text: string) => house.answerTo(user, { kind: 'text', text }),
    tap: (user: string, data: string) => house.answerTo(user, { kind: 'postback', data }),
    wantReminder: (user: string) => house.answerTo(user, halfAnHour()),
    pushTo: (user: string) => until(() => pushesTo(user)[0], 'The push'),
    pushCalls: () => line.calls().filter(({ path }) => path.endsWith('/push')),
    /** The figure of /metrics. */
    async metric(name: string): Promise<number> {
      const text = await (await fetch(`${baseUrl}/metrics`)).text();
      const found = text.split('\n').find((row) => row.startsWith(`madoguchi_${name} `));
      return Number(found?.split(' ')[1] ?? 0);
    },
    async becomes(name: string, value: number): Promise<void> {
      const endMs = performance.now() + 8000;
      while ((await house.metric(name)) !== value) {
        if (performance.now() > endMs)
          throw new Error(`${name} is ${await house.metric(name)}, not ${value}.`);
        await sleep(20);
      }
    },
    close: bare.close,
  };
  return house;
}

async function until<T>(find: () => T | undefined, what: string): Promise<T> {
  const endMs = performance.now() + 8000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`${what} did not happen.`);
    await sleep(10);
  }
}
