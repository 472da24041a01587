import type { Event } from '../dialog/event.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { maxFailures } from '../store/limits.ts';
import { digestOf } from '../store/owner-key.ts';
import { createBackoff } from './backoff.ts';
import type { LineClient } from './client.ts';
import { type Delivery, type Letter, isAboutContent, plainInstead, reasonOf } from './letter.ts';
import type { Refusal } from './outcome.ts';
import { createPush } from './push.ts';
import { type PushPause, createPushPause } from './push-pause.ts';
import type { Quota } from './quota.ts';
import { createRecent } from './recent.ts';
import { createTry } from './try.ts';

/*
 * How an answer or a reminder (push.ts) reaches the user, once. The worker delivers first and commits afterwards; a
 * crash in between hands the same event out again (attempt > 1), and the same letter must not be said twice.
 *
 * Answer (the event has a reply token, free, single use, alive until receivedMs + tokenLifeMs, or shorter if LINE brought
 * the event very late):
 *
 *   LINE says                        first try of attempt 1    later, token alive     token's life over
 *   200                              sent                      sent                   sent
 *   invalid token                    unsent                    sent before → sent     unsent
 *   400 bad message, 413             the same once more as plain text; refused again → nothing, logged as an error
 *   recipient unknown                gone
 *   429 rate, 5xx, timeout, reset,   again with the token, backing off for some seconds, then by the store;
 *   no connection                    life over or last attempt → unsent
 *   401, 403, other 4xx, 429 quota   again by the store; life over or last attempt → unsent
 *
 *   "later" is after a try that may have gone through: in this call (timeout, reset, 5xx), or in an earlier attempt.
 *   "alive" is a token that was when the call was begun, and whose minute was not over when its answer came.
 *   After a bad message the token may be spent although nothing was sent: from then on in this call, "invalid token" and
 *   all that would go back to the store (where another process would not know of the refusal) means unsent. If the plain
 *   text was said all the same, it is said again: better twice than not at all.
 *   unsent: kept for the user's next reply; with `pushFallback` pushed, and kept when the push cannot be made. Once the
 *   token's life is over, a later attempt only pushes: an earlier one may have pushed, and LINE may still take the token.
 *   Whoever has lost its lease meanwhile pushes nothing: another worker has the event, and has answered it, maybe.
 */

export type DeliverOptions = {
  client: Pick<LineClient, 'reply' | 'push'>;
  /** ms since 1970. */
  clock: () => number;
  sleep: (ms: number) => Promise<unknown>;
  /** Whether unsent answers may cost quota. */
  pushFallback: boolean;
  log: Log;
  metrics: Metrics;
  /** What is known of this month's messages. */
  quota?: Pick<Quota, 'open' | 'count' | 'refuse'>;
  /** Shared with whoever releases reminders. */
  pause?: PushPause;
  /** LINE promises "within a minute"; a little less leaves time for the call. */
  tokenLifeMs?: number;
  /** After so many failures the store gives an event up (dead letters): the last one must not be a retry. */
  maxAttempts?: number;
  /** 0 to 1, for jitter. */
  random?: () => number;
};

/** With less of its life left, a token is not worth another attempt. */
const worthWaitingMs = 2000;
/** The last attempt is made this long before the token dies: while it lives, "invalid token" tells that it was said. */
const lastTryMs = 12_000;
/** So long after our reckoning of its life, LINE's minute is over too: "invalid token" tells nothing any more. */
const surelyDeadMs = 5000;
/** However late LINE delivers an event, its token is dead so long after it happened. */
const longestTokenMs = 20 * 60_000;
const noLimit = { open: () => true, count: () => {}, refuse: () => {} };
const rememberedOwners = 10_000;

export function createDeliver({
  client,
  clock,
  sleep,
  pushFallback,
  log,
  metrics,
  tokenLifeMs = 55_000,
  maxAttempts = maxFailures,
  random = Math.random,
  quota = noLimit,
  pause = createPushPause({ clock, random }),
}: DeliverOptions) {
  /**
   * Owners who are owed a card that LINE refused, maybe at the price of its token: it would take every later reply with
   * it. By their digests: they may be forgotten sooner than this.
   */
  const refusedTo = createRecent(rememberedOwners);
  const { createRetry, pauseMs } = createBackoff({ clock, sleep, random });
  const tried = createTry({ log, metrics });
  const push = createPush({ client, clock, sleep, pauseMs, quota, pause, metrics, tried });

  async function deliver(letter: Letter): Promise<Delivery> {
    const { event } = letter;
    const reminder = event.body.kind === 'reminder';
    const delivery =
      letter.messages.length === 0
        ? 'nothing'
        : reminder
          ? await push(letter, letter.messages, { otherwise: 'held' })
          : await answer(letter);
    metrics.deliveries.inc({
      kind: reminder ? 'reminder' : 'answer',
      delivery: typeof delivery === 'string' ? delivery : 'retry',
    });
    return delivery;
  }

  async function answer(letter: Letter): Promise<Delivery> {
    const { event, attempt } = letter;
    const owner = digestOf(event.owner);
    const messages = refusedTo.has(owner) ? letter.plain() : letter.messages;
    const onlyPushed = pushFallback && attempt > 1 && clock() >= tokenEndMs(event);
    const delivery =
      event.replyToken === undefined || onlyPushed
        ? await unsent(letter, messages)
        : await reply(letter, messages, event.replyToken);
    if (delivery === 'sent' || delivery === 'nothing' || delivery === 'gone')
      refusedTo.remove(owner);
    return delivery;
  }

  async function reply(
    letter: Letter,
    firstMessages: Letter['messages'],
    replyToken: string,
  ): Promise<Delivery> {
    const deadMs = tokenEndMs(letter.event);
    const retry = createRetry(deadMs);
    let messages = firstMessages;
    let maybeSent = letter.attempt > 1;
    let refused = false;

    for (;;) {
      const aliveBefore = clock() < deadMs;
      const outcome = await tried('reply', letter, () => client.reply(replyToken, messages));
      // The call may have taken until LINE's minute was over.
      const alive = aliveBefore && clock() < deadMs + surelyDeadMs;
      switch (outcome.kind) {
        case 'sent':
        case 'alreadySent':
          return 'sent';
        case 'invalidToken':
          return maybeSent && !refused && alive ? 'sent' : unsent(letter, messages);
        case 'unknownRecipient':
          return 'gone';
        case 'rejected':
          if (isAboutContent(outcome)) {
            const plain = plainInstead(letter, messages, metrics);
            if (plain === undefined) return 'nothing';
            messages = plain;
            refused = true;
            refusedTo.add(digestOf(letter.event.owner));
            continue;
          }
          break;
        case 'unavailable':
        case 'rateLimited':
          if (outcome.kind === 'unavailable' && outcome.ambiguous) maybeSent = true;
          if (await retry()) continue;
          break;
        case 'unauthorized':
        case 'forbidden':
        case 'quotaExhausted':
          break;
      }
      return refused ? unsent(letter, messages) : later(letter, messages, outcome);
    }
  }

  function tokenEndMs({ receivedMs, timestampMs }: Event): number {
    return Math.min(receivedMs + tokenLifeMs, timestampMs + longestTokenMs);
  }

  /** Back to the store while the token lives; afterwards it counts as unsent. */
  function later(letter: Letter, messages: Letter['messages'], refusal: Refusal) {
    const leftMs = Math.min(tokenLifeMs, tokenEndMs(letter.event) - clock());
    if (letter.attempt >= maxAttempts || leftMs < worthWaitingMs) return unsent(letter, messages);
    const toLastMs = letter.attempt + 1 < maxAttempts ? 0 : leftMs - lastTryMs;
    const waitMs = Math.min(
      Math.max(pauseMs(letter.attempt), toLastMs),
      leftMs - worthWaitingMs / 2,
    );
    return { retryInMs: waitMs, reason: reasonOf(refusal) };
  }

  async function unsent(letter: Letter, messages: Letter['messages']): Promise<Delivery> {
    if (!pushFallback) return 'kept';
    if (letter.stillOurs && !(await letter.stillOurs())) return 'nothing';
    return push(letter, messages, {
      otherwise: 'kept',
      last: letter.attempt >= maxAttempts,
      // Not while the token could live: "invalid token" would then be read as "sent before".
      notBeforeMs: tokenEndMs(letter.event) + 1000,
    });
  }

  return deliver;
}
