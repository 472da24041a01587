import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { StoreStats } from './store/store.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * What an operator can watch, each instance with its own registry. Label values are closed sets, never anything that
 * came from outside. `process`: adds memory, CPU and event loop of this process (once per process).
 */
export function createMetrics({ process = false } = {}) {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });

  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name: `madoguchi_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `madoguchi_${name}`, help, registers });
  /** Not shown before it is set: 0 would ring the bell of whoever watches what is left. */
  const unknownYet = (name: string, help: string) => {
    const made = gauge(name, help);
    made.remove();
    return made;
  };
  const histogram = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: number[],
  ) => new Histogram<L>({ name: `madoguchi_${name}`, help, labelNames, buckets, registers });

  const fast = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
  const slow = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

  const waiting = gauge('store_waiting', 'Events accepted and not yet committed');
  const oldest = gauge('store_oldest_waiting_seconds', 'Age of the oldest waiting event');
  const leased = gauge('store_leased', 'Owners whose event is in hand now');
  const dead = gauge(
    'store_dead_letters',
    'Events given up: five failures, or handed out twelve times without an end',
  );
  const timers = gauge('store_timers', 'Timers not yet due');
  const timersDue = gauge('store_timers_due', 'Timers due and not yet released');

  return {
    registry,

    webhookRequests: counter('webhook_requests_total', 'Webhook requests by our status', [
      'status',
    ]),
    webhookSeconds: histogram('webhook_seconds', 'Webhook request to our answer', [], fast),
    /** `outcome`: accepted, duplicate, ignored, broken. `type`: LINE's types, `unknown`, or `mixed`. */
    events: counter('events_total', 'Events of LINE by type and outcome', ['type', 'outcome']),

    /** `outcome`: committed, failed, dead, lost. */
    turns: counter('turns_total', 'Turns of a conversation', ['outcome']),
    turnSeconds: histogram('turn_seconds', 'Start of a job to its turn committed', [], slow),

    /** `call`: reply, push. `outcome`: the kinds of `SendOutcome`. */
    sends: counter('line_sends_total', 'Calls to send by outcome', ['call', 'outcome']),
    sendSeconds: histogram('line_send_seconds', 'How long calls to send took', ['call'], slow),
    /** `delivery`: sent, nothing, kept, gone, held, retry. */
    deliveries: counter('deliveries_total', 'How answers and reminders ended', [
      'kind',
      'delivery',
    ]),
    /** `outcome`: due, sent, late (sent over a minute after its time), held, postponed, gone. */
    reminders: counter('reminders_total', 'Reminders by what became of them', ['outcome']),
    reminderLateness: histogram(
      'reminder_lateness_seconds',
      'From when a reminder was promised to when it was sent',
      [],
      [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 43_200],
    ),
    /** `reason`: limits (our own check said no), refused (LINE did), dropped (LINE refused the plain text too). */
    plainFallbacks: counter('plain_fallbacks_total', 'Answers sent as plain text', ['reason']),

    storeSeconds: histogram('store_seconds', 'How long calls to the store took', ['call'], fast),
    storeUp: gauge('store_up', '1 when the store answered the last time it was asked'),

    quotaLimit: unknownYet('line_quota_limit', 'Messages of this month that the plan allows'),
    quotaUsed: unknownYet('line_quota_used', 'Messages of this month sent so far'),
    quotaLeft: unknownYet('line_quota_left', 'Messages of this month still to send'),

    /** Takes over what the store says of itself. */
    showStore(stats: StoreStats): void {
      waiting.set(stats.waiting);
      oldest.set(stats.oldestMs / 1000);
      leased.set(stats.leased);
      dead.set(stats.dead);
      timers.set(stats.timers);
      timersDue.set(stats.timersDue);
    },
  };
}
