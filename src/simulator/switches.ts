import type { Chats } from './chats.ts';
import type { Fault } from './line/faults.ts';
import type { FakeLine } from './line.ts';

/** What LINE shall do wrong, by the names that the page uses. */
export const mishaps = {
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
export type Mishap = keyof typeof mishaps;

export type SwitchState = {
  /** Each event is delivered twice. */
  doubling: boolean;
  /** The reply token of the next event will be dead on arrival. */
  expiring: boolean;
  /** `times`: answers of LINE left that go wrong; absent: all until cleared. */
  mishaps: { mishap: string; times?: number }[];
  /** Pushes of this month; `left` null: no limit. */
  quota: { used: number; left: number | null };
};

export type Switches = {
  state(): SwitchState;
  double(on: boolean): void;
  expireNext(): void;
  add(mishap: Mishap, times: number | undefined): void;
  /** Sets the pushes that are left this month. */
  leave(pushes: number): void;
  /** Delivers the newest event of the chat once more; undefined when there is none. */
  redeliver(userId: string): object | undefined;
  /** Everything as in the beginning. */
  clear(): void;
};

/** What can go wrong between LINE and the bot, to be switched on by whoever wants to see the bot cope. */
export function createSwitches(line: FakeLine, chats: Chats): Switches {
  const { limit } = line.quota;
  let doubling = false;
  let expiring = false;

  line.listenTo((news) => {
    if (news.type !== 'emitted' || !expiring || news.emitted.replyToken === undefined) return;
    expiring = false;
    line.expireTokens(news.emitted.to);
  });

  function state(): SwitchState {
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
  }

  function double(on: boolean): void {
    doubling = on;
    line.duplicateNext(on ? Number.POSITIVE_INFINITY : 0);
  }

  return {
    state,
    double,
    expireNext: () => void (expiring = true),
    add: (mishap, times) =>
      line.faults.add({ ...mishaps[mishap], ...(times !== undefined && { times }) }),
    leave: (pushes) => void (line.quota.limit = line.quota.used() + pushes),
    redeliver(userId) {
      const last = chats.get(userId) && line.events().findLast(({ to }) => to === userId);
      if (last) void line.redeliver(last.eventId);
      return last && {};
    },
    clear() {
      double(false);
      expiring = false;
      line.faults.clear();
      line.quota.limit = limit;
    },
  };
}
