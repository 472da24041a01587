import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeLine } from '../../src/simulator/line.ts';
import { type Phase, type PhaseResult, spread } from './phase.ts';
import { createWalker } from './walker.ts';

const PATIENCE_MS = 5000;
/** The size of a reply is looked at now and then only: writing it as JSON costs the load's side time. */
const LOOK_AT_EVERY = 50;

type User = ReturnType<typeof createWalker> & { id: string };

/** Users of the fake LINE who keep their place in the conversation from phase to phase. */
export function createLoad(line: FakeLine): (phase: Phase) => Promise<PhaseResult> {
  const everybody: User[] = [];
  const waiting = new Map<string, (messages: readonly unknown[]) => void>();
  let doubled = 0;
  line.listenTo((news) => {
    if (news.type !== 'sent') return;
    const hear = waiting.get(news.sent.to);
    if (hear) hear(news.sent.messages);
    else doubled += 1;
  });

  return async ({ users, events, maxSeconds, perSecond, inFlight }) => {
    for (let index = everybody.length; index < users; index += 1)
      everybody.push({ id: userId(index), ...createWalker(index) });
    const idle = everybody.slice(0, users);
    const ackMs: number[] = [];
    const replyMs: number[] = [];
    const sizes: number[] = [];
    let unanswered = 0;
    let refused = 0;
    let begun = 0;
    const doubledBefore = doubled;
    const started = performance.now();
    const endMs = started + maxSeconds * 1000;

    async function say(user: User): Promise<void> {
      const from = performance.now();
      const answered = new Promise<boolean>((resolve) => {
        const giveUp = setTimeout(() => resolve(false), PATIENCE_MS);
        waiting.set(user.id, (messages) => {
          clearTimeout(giveUp);
          waiting.delete(user.id);
          replyMs.push(performance.now() - from);
          if (replyMs.length % LOOK_AT_EVERY === 0)
            sizes.push(Buffer.byteLength(JSON.stringify(messages)));
          user.hear(messages);
          resolve(true);
        });
      });
      const { deliveries } = await line.emit(user.id, user.next());
      const [ack] = deliveries;
      if (ack?.status === 200) ackMs.push(ack.ms);
      else refused += 1;
      if (await answered) return;
      waiting.delete(user.id);
      unanswered += 1;
    }

    async function lane(): Promise<void> {
      while (begun < events && performance.now() < endMs) {
        const user = idle.shift();
        if (!user) {
          await sleep(1);
          continue;
        }
        begun += 1;
        await say(user);
        idle.push(user);
      }
    }

    /** Keeps the pace whatever the bot does, as long as there are users who are not waiting. */
    async function pace(rate: number): Promise<void> {
      const talks = new Set<Promise<void>>();
      while (begun < events && performance.now() < endMs) {
        const due = Math.min(events, ((performance.now() - started) / 1000) * rate);
        while (begun < due) {
          const user = idle.shift();
          if (!user) break;
          begun += 1;
          const talk = say(user).finally(() => {
            talks.delete(talk);
            idle.push(user);
          });
          talks.add(talk);
        }
        await sleep(1);
      }
      await Promise.all(talks);
    }

    await (perSecond === undefined
      ? Promise.all(Array.from({ length: Math.min(inFlight, users) }, lane))
      : pace(perSecond));
    return {
      events: begun,
      seconds: (performance.now() - started) / 1000,
      unanswered,
      refused,
      doubled: doubled - doubledBefore,
      replyBytes: Math.round(
        sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length),
      ),
      ackMs: spread(ackMs),
      replyMs: spread(replyMs),
    };
  };
}

/** Looks like any other id of LINE, and is the same in every run. */
function userId(index: number): string {
  return `U${createHash('md5').update(`bench:${index}`).digest('hex')}`;
}
