import { z } from 'zod';
import type { Acts } from './acts.ts';
import type { Chats } from './chats.ts';
import { userId } from './endpoints.ts';
import type { Fault } from './line/faults.ts';
import type { FakeLine } from './line.ts';
import type { Recorder } from './recorder.ts';
import type { SwitchState } from './wire.ts';

/** What LINE shall do wrong, by the names that the page uses. */
const mishaps = {
  rate: { kind: 'rate' },
  /** Replies are free and never meet it. */
  quota: { kind: 'quota', on: 'push' },
  error: { kind: 'error', status: 500 },
  /** Longer than the bot's own patience of 10 s. */
  hang: { kind: 'hang', ms: 15_000 },
  reset: { kind: 'reset' },
  lost: { kind: 'reset', delivered: true },
  slow: { kind: 'slow', ms: 3000 },
} as const satisfies Record<string, Fault>;
type Mishap = keyof typeof mishaps;

/** One turn of a switch. */
export const turn = z.discriminatedUnion('what', [
  /** From now on each event is delivered twice, or once again. */
  z.strictObject({ what: z.literal('double'), on: z.boolean() }),
  z.strictObject({ what: z.literal('expire-next') }),
  z.strictObject({
    what: z.literal('mishap'),
    mishap: z.enum(Object.keys(mishaps) as [Mishap, ...Mishap[]]),
    times: z.int().min(1).max(1000).optional(),
  }),
  /** Sets the pushes that are left this month. */
  z.strictObject({ what: z.literal('leave'), pushes: z.int().min(0).max(100_000) }),
  /** Delivers the newest event of the chat once more. */
  z.strictObject({ what: z.literal('redeliver'), userId }),
  z.strictObject({ what: z.literal('follow'), userId }),
  /** Everything as in the beginning. */
  z.strictObject({ what: z.literal('clear') }),
]);

export type Switches = {
  state(): SwitchState;
  /** Undefined: there is nothing that it could act on. */
  turn(input: z.infer<typeof turn>): object | undefined;
};

/** What can go wrong between LINE and the bot, to be switched on by whoever wants to see the bot cope. */
export function createSwitches(deps: {
  line: FakeLine;
  chats: Chats;
  acts: Acts;
  remark: Recorder['remark'];
}): Switches {
  const { line, chats, acts, remark } = deps;
  const { limit } = line.quota;
  let doubling = false;
  let expiring = false;

  line.listenTo((news) => {
    if (news.type !== 'emitted' || !expiring || news.emitted.replyToken === undefined) return;
    expiring = false;
    line.expireTokens(news.emitted.to);
  });

  function double(on: boolean): void {
    doubling = on;
    line.duplicateNext(on ? Number.POSITIVE_INFINITY : 0);
  }

  return {
    state() {
      const used = line.quota.used();
      const most = line.quota.limit;
      return {
        doubling,
        expiring,
        mishaps: line.faults.list().map(({ kind, delivered, times }) => ({
          mishap: delivered ? 'lost' : kind,
          ...(times !== undefined && { times }),
        })),
        quota: { used, left: most === undefined ? null : Math.max(0, most - used) },
      };
    },
    turn(input) {
      switch (input.what) {
        case 'double':
          double(input.on);
          remark(
            input.on
              ? 'ここから、同じイベントが二度届く'
              : 'ここから、イベントはふつうに一度だけ届く',
          );
          return {};
        case 'expire-next':
          expiring = true;
          remark('次の返信トークンは、使う前に切れる');
          return {};
        case 'mishap': {
          const { mishap, times } = input;
          line.faults.add({ ...mishaps[mishap], ...(times !== undefined && { times }) });
          remark(`ここから、LINEの不調（${mishap}、${times ?? '止めるまで'}）`);
          return {};
        }
        case 'leave':
          line.quota.limit = line.quota.used() + input.pushes;
          remark(`今月のプッシュは、残り${input.pushes}通`);
          return {};
        case 'redeliver': {
          const last =
            chats.get(input.userId) && line.events().findLast(({ to }) => to === input.userId);
          if (!last) return undefined;
          remark('直前のイベントが、もう一度届く', input.userId);
          void line.redeliver(last.eventId);
          return {};
        }
        case 'follow':
          return acts.follow(input.userId) && {};
        case 'clear':
          double(false);
          expiring = false;
          line.faults.clear();
          line.quota.limit = limit;
          remark('ここから、不調なし');
          return {};
        default:
          return input satisfies never;
      }
    },
  };
}
