import { hex32 } from './id.ts';

/** About a minute; LINE names no number. */
const lifeMs = 60_000;
/** LINE accepts no token for longer than this after its event, however often that is redelivered. */
const longestMs = 20 * 60_000;
const most = 1_000_000;

type Token = { to: string; eventId: string; eventMs: number; issuedMs: number };

export type ReplyTokens = {
  issue(to: string, eventId: string): string;
  /** The event was delivered again: the token's minute starts anew. */
  renew(token: string): void;
  /** Uses the token up. Undefined: never issued, used or expired; LINE does not tell these apart. */
  spend(token: string): { to: string; eventId: string } | undefined;
  /** Kills all live tokens, or those of one chat. */
  expire(to?: string): void;
};

/** Reply tokens: single use, a minute long from each delivery of their event. */
export function createReplyTokens(clock: () => number): ReplyTokens {
  const live = new Map<string, Token>();

  /** About oldest first, so only the head needs looking at. One whose minute is over may yet be renewed. */
  function sweep(now: number): void {
    for (const [token, { eventMs }] of live) {
      if (live.size <= most && now - eventMs <= longestMs) return;
      live.delete(token);
    }
  }

  return {
    issue(to, eventId) {
      const now = clock();
      sweep(now);
      const token = hex32();
      live.set(token, { to, eventId, eventMs: now, issuedMs: now });
      return token;
    },
    renew(token) {
      const known = live.get(token);
      const now = clock();
      if (!known || now - known.eventMs > longestMs) return;
      live.delete(token);
      live.set(token, { ...known, issuedMs: now });
    },
    spend(token) {
      const known = live.get(token);
      live.delete(token);
      if (!known || clock() - known.issuedMs > lifeMs) return undefined;
      return { to: known.to, eventId: known.eventId };
    },
    expire(to) {
      for (const [token, known] of live)
        if (to === undefined || known.to === to) live.delete(token);
    },
  };
}
