import type { Content } from './content.ts';
import { encode } from './postback.ts';
import type { Choice } from './reply.ts';
import type { Reminder } from './state.ts';
import { wayLabel } from './system.ts';

/** How it went: done, not yet, or ask again later. They work wherever in the history they stand. */
export function outcomeChoices(
  content: Content,
  { topic, matter }: Pick<Reminder, 'topic' | 'matter'>,
): Choice[] {
  return (['done', 'not-yet', 'snooze'] as const).map((outcome) => ({
    label: wayLabel(content, outcome),
    data: encode({ kind: 'outcome', topic, matter, outcome }),
  }));
}
