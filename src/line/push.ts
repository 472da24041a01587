import type { Sendable } from '../message/written.ts';
import type { Metrics } from '../metrics.ts';
import type { LineClient } from './client.ts';
import { type Delivery, type Letter, isAboutContent, plainInstead, reasonOf } from './letter.ts';
import type { PushPause } from './push-pause.ts';
import type { Quota } from './quota.ts';
import { retryKey } from './retry-key.ts';
import type { createTry } from './try.ts';

/*
 * Reminder, and a pushed answer (the retry key is made of `key` or the event's id, so repeating is harmless for 24 h):
 *
 *   200, 409                         sent
 *   429 quota                        held (answer: kept); the same without a call when it is known to be gone, and no
 *                                    try of this push can have gone through
 *   recipient unknown                gone
 *   400 bad message, 413             once more as plain text under a key of its own; refused again → nothing
 *   5xx, timeout, reset, no          once more; then all pushes pause, and again later
 *   connection
 *   429 rate, 401, 403, other 4xx    all pushes pause, and again later
 *
 *   "again later": an answer by the store; a reminder as often as it takes (promise.ts).
 *   The last attempt of an answer is pushed without regard to the pause, and three times more when LINE is away or busy:
 *   under its key nothing is said twice. Then it is kept, and said again if it had gone through after all.
 */

/** The last chance to hear whether an answer that was pushed has gone through. */
const repeatsAtLast = 3;

export type PushOptions = {
  client: Pick<LineClient, 'push'>;
  clock: () => number;
  sleep: (ms: number) => Promise<unknown>;
  pauseMs: (tries: number) => number;
  quota: Pick<Quota, 'open' | 'count' | 'refuse'>;
  pause: PushPause;
  metrics: Metrics;
  tried: ReturnType<typeof createTry>;
};

/** What becomes of it when it cannot be pushed; `last`: it is not tried again later, and otherwise not before `notBeforeMs`. */
export type PushAs = { otherwise: 'held' | 'kept'; last?: boolean; notBeforeMs?: number };

export function createPush({
  client,
  clock,
  sleep,
  pauseMs,
  quota,
  pause,
  metrics,
  tried,
}: PushOptions) {
  return async function push(
    letter: Letter,
    firstMessages: Sendable,
    { otherwise, last = false, notBeforeMs = 0 }: PushAs,
  ): Promise<Delivery> {
    const { event, attempt, key = event.id } = letter;
    const mostRepeats = last ? repeatsAtLast : 1;
    let repeats = 0;
    let messages = firstMessages;
    let maybeSent = attempt > 1 || letter.maybePushed === true;
    let reason = 'LINE takes no pushes for the moment';

    while (last || pause.leftMs() === 0) {
      // What went through before costs nothing now, and only LINE knows.
      if (!maybeSent && !quota.open()) return otherwise;
      // Another content under the same key would break LINE's rule for keys.
      const named = retryKey(messages === letter.messages ? key : `${key}/plain`);
      const outcome = await tried('push', letter, () => client.push(event.owner, messages, named));
      switch (outcome.kind) {
        case 'sent':
          quota.count();
          pause.end();
          return 'sent';
        case 'alreadySent':
          return 'sent';
        case 'quotaExhausted':
          quota.refuse();
          return otherwise;
        case 'unknownRecipient':
          return 'gone';
        case 'rejected':
          if (isAboutContent(outcome)) {
            const plain = plainInstead(letter, messages, metrics);
            if (plain === undefined) return 'nothing';
            messages = plain;
            continue;
          }
          break;
        case 'unavailable':
        case 'rateLimited':
          if (outcome.kind === 'unavailable' && outcome.ambiguous) maybeSent = true;
          if (repeats < mostRepeats && (last || outcome.kind === 'unavailable')) {
            await sleep(pauseMs(repeats));
            repeats += 1;
            continue;
          }
          break;
        case 'invalidToken':
        case 'unauthorized':
        case 'forbidden':
          break;
      }
      reason = reasonOf(outcome);
      pause.begin();
      break;
    }
    if (last) return otherwise;
    return {
      retryInMs: Math.max(pauseMs(attempt), pause.leftMs(), notBeforeMs - clock()),
      reason,
    };
  };
}
