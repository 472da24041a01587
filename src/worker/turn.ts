import type { Bundle } from '../content/load.ts';
import { UnknownEvent } from '../dialog/event.ts';
import type { QuietHours } from '../japan-time.ts';
import { type State, readState, toStore } from '../dialog/state.ts';
import { promisedBy, putBy } from '../dialog/promise.ts';
import { step } from '../dialog/step.ts';
import { tally } from '../dialog/tally.ts';
import type { Turn } from '../dialog/turn.ts';
import type { Delivery, Letter } from '../line/letter.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { maxFailures } from '../store/limits.ts';
import type { Change, Job, Store } from '../store/store.ts';
import { apologise } from './apology.ts';
import type { Counting } from './counting.ts';
import { insist } from './insist.ts';
import { createSayOnce } from './say-once.ts';
import { createSettle } from './settle-reminder.ts';

export type TurnOptions = {
  store: Pick<Store, 'commit' | 'fail' | 'renew'>;
  /** The content as it is now: reloading in development replaces it between two turns. */
  content: () => Bundle;
  deliver: (letter: Letter) => Promise<Delivery>;
  clock: () => number;
  quiet: QuietHours;
  /** How long a conversation is kept after the user was last here, in ms. */
  ttlMs: number;
  log: Log;
  metrics: Metrics;
  counting: Pick<Counting, 'add'>;
  /** Told what was counted of each event, for the operator's sample. */
  sample: (event: Job['event'], counts: readonly string[]) => void;
};

/** During a deploy: so long until an event of a kind that is unknown here is handed out again, to a newer version. */
const NEWER_RETRY_MS = 30_000;

/** After a reminder is due its user's state is kept this much longer, so that the answer still finds it. */
const AFTER_REMINDER_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * One event of one user, from the mailbox to the answer. Delivers first and commits afterwards: a crash in between
 * repeats the turn, and the spent reply token (or the retry key) says that it was already said.
 */
export function createTurn(options: TurnOptions): (job: Job) => Promise<void> {
  const { store, content, clock, quiet, ttlMs, log, metrics, counting, sample } = options;
  const { say, committed: forget } = createSayOnce(options.deliver);
  const { settle, tooOld } = createSettle({ clock, metrics });

  return async (job) => {
    const stop = metrics.turnSeconds.startTimer();
    const outcome = await run(job);
    metrics.turns.inc({ outcome });
    stop();
  };

  async function run(job: Job): Promise<'committed' | 'lost' | 'failed' | 'dead'> {
    const { event } = job;
    const now = content();
    const before = readState(job.state);
    const promised = promisedBy(before, event);
    const stillOurs = async () => (await insist(() => store.renew([job]))) > 0;
    if (promised && job.attempt === 1) metrics.reminders.inc({ outcome: 'due' });
    let delivery: Delivery;
    let turn: Turn;
    try {
      // An event of LINE is dealt with as of its receipt, so that a repeated turn is the same turn.
      // A reminder is never early: put off to the moment at which it was released, it would be taken for a duplicate.
      const nowMs =
        event.body.kind === 'reminder' ? Math.max(clock(), event.receivedMs) : event.receivedMs;
      turn = step(now.content, before, event, nowMs, quiet);
      const { replies } = turn;
      const plain = () => now.letters.plain(replies, nowMs);
      const { messages, problems } = now.letters.render(replies, nowMs);
      if (problems.length > 0) reportUnfit(problems);
      const letter = { event, attempt: job.attempt, messages, plain, stillOurs };
      delivery = !promised
        ? await say(letter)
        : replies.length > 0 && tooOld(job, promised)
          ? 'held'
          : await say({
              ...letter,
              key: promised.key,
              maybePushed: promised.triedMs !== undefined,
            });
    } catch (err) {
      if (err instanceof UnknownEvent)
        return fail(job, { reason: 'of a newer version', retryInMs: NEWER_RETRY_MS });
      log.error(
        { err, owner: job.owner, attempt: job.attempt },
        '応答を作れませんでした（プログラムの不具合）。',
      );
      // The store gives the event up now; the user hears of it in the same moment.
      if (job.attempt >= maxFailures && event.replyToken !== undefined)
        await apologise({ job, stillOurs, now, deliver: say, clock, log });
      return fail(job, { reason: 'bug', retryInMs: 200 * 2 ** job.attempt });
    }
    if (promised && before) {
      turn = settle(job, promised, { content: now.content, state: before, turn }, delivery);
    } else if (typeof delivery === 'object') return fail(job, delivery);
    const { state } = turn;
    const kept =
      delivery === 'kept' && state && putBy(state, [...turn.replies, ...(state.unsent ?? [])]);
    const change = changeOf(turn, kept || state);
    const committed = await insist(() => store.commit(job, change));
    if (committed) {
      forget(event);
      const counts = tally(before, event, turn);
      counting.add(counts);
      sample(event, counts);
    } else
      log.warn(
        { owner: job.owner },
        '処理中の担当が入れ替わりました。続きは別のワーカーが行います。',
      );
    return committed ? 'committed' : 'lost';
  }

  /** Paths and rules only: what was said stays out of the log. */
  function reportUnfit(problems: readonly string[]): void {
    metrics.plainFallbacks.inc({ reason: 'limits' });
    log.error(
      { problems },
      'カードを送れない形だったため、文字だけで送りました。npm run check:content で確かめてください。',
    );
  }

  async function fail(
    job: Job,
    failure: { reason: string; retryInMs: number },
  ): Promise<'failed' | 'dead' | 'lost'> {
    const outcome = await store.fail(job, failure);
    const about = { owner: job.owner, reason: failure.reason, attempt: job.attempt };
    if (outcome === 'dead') log.error(about, '5回続けて処理できず、デッドレターに移しました。');
    else log.warn(about, '処理できませんでした。少し待って、もう一度試します。');
    return outcome === 'retry' ? 'failed' : outcome;
  }

  function changeOf(turn: Turn, state: State | null): Change {
    const last = Math.max(0, ...(state?.reminders ?? []).map(({ dueMs }) => dueMs));
    const forReminders = last > 0 ? last - clock() + AFTER_REMINDER_MS : 0;
    return {
      state: state && toStore(state),
      ttlMs: Math.max(ttlMs, forReminders),
      ...(turn.schedule ? { schedule: turn.schedule } : {}),
      ...(turn.unschedule ? { unschedule: turn.unschedule } : {}),
      ...(turn.forgetMessage === undefined ? {} : { forgetMessage: turn.forgetMessage }),
      ...(turn.forget ? { forget: true } : {}),
    };
  }
}
