import { z } from 'zod';

/** A stretch of load. Every user says the next thing only after the answer to the last one, as people do. */
export const phase = z.strictObject({
  /** Users take turns, so that many are in the middle of a conversation. */
  users: z.int().min(1),
  events: z.int().min(1),
  /** Ends earlier than `events` when this is over. */
  maxSeconds: z.number().positive(),
  /** Events a second; absent: as fast as they are answered, `inFlight` at a time. */
  perSecond: z.number().positive().optional(),
  inFlight: z.int().min(1),
});

export type Phase = z.infer<typeof phase>;

export type PhaseResult = {
  events: number;
  seconds: number;
  /** Answers that did not come within five seconds, and webhooks that did not get 200. */
  unanswered: number;
  refused: number;
  /** Replies that nobody was waiting for: the bot said something twice. */
  doubled: number;
  /** Size of a reply's messages as JSON, on average. */
  replyBytes: number;
  ackMs: Spread;
  replyMs: Spread;
};

export type Spread = { p50: number; p99: number };

export function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).toSorted();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
