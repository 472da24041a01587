import { z } from 'zod';
import type { Happening } from '../../src/simulator/line/happening.ts';

/** What a user could tap below the last message. */
const tappable = z.object({
  quickReply: z.object({
    items: z.array(
      z.object({ action: z.object({ type: z.string(), data: z.string().optional() }) }),
    ),
  }),
});

const OPENINGS = [
  '配達済みなのに届いていません',
  '電話がつながらない',
  '日本語で話したい',
  '電話番号を教えて',
];

/** A user who begins with a sentence and then taps through the topic, different ones in different ways. */
export function createWalker(index: number): {
  next(): Happening;
  hear(messages: readonly unknown[]): void;
} {
  const opening = { kind: 'text', text: OPENINGS[index % OPENINGS.length] ?? '' } as const;
  let seed = index + 1;
  let tap: string | undefined;

  /** A small generator of numbers (Park and Miller), so that every run walks the same ways. */
  function pick<T>(from: readonly T[]): T | undefined {
    seed = (seed * 48_271) % 2_147_483_647;
    return from[seed % from.length];
  }

  return {
    next: () => (tap === undefined ? opening : { kind: 'postback', data: tap }),
    hear(messages) {
      const parsed = tappable.safeParse(messages.at(-1));
      const actions = parsed.success ? parsed.data.quickReply.items.map((item) => item.action) : [];
      const data = actions.flatMap((each) => (each.type === 'postback' ? (each.data ?? []) : []));
      // Answers first; of the ways out that every screen has only the one that goes on.
      tap =
        pick(data.filter((one) => !one.startsWith('c='))) ?? data.find((one) => one === 'c=skip');
    },
  };
}
