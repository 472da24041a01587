import { HOME, SOLVED, UNSOLVED, toPlace } from './content.ts';
import type { Event } from './event.ts';
import type { State } from './state.ts';
import { SYSTEM } from './system.ts';
import type { Turn } from './turn.ts';

/**
 * What one turn adds to the anonymous counts: names such as `opened:not-delivered` or `asked:solved.ask`, never a
 * user's words. Whether a phrase was copied cannot be known: LINE tells the bot nothing of it.
 */
export function tally(before: State | undefined, event: Event, turn: Turn): string[] {
  const after = turn.state ?? undefined;
  const topic = after?.answers['topic'];
  const said = (dialog: string, node: string): boolean =>
    turn.replies.some((reply) => reply.dialog === dialog && reply.node === node);
  const counts: string[] = [];
  const begun = after && after.session !== before?.session;
  if (topic !== undefined && begun) counts.push(`opened:${topic}`);
  if (
    topic !== undefined &&
    (inTopic(before) || begun) &&
    !inTopic(after) &&
    !said(SYSTEM, 'cancelled')
  ) {
    counts.push(`finished:${topic}`);
  }
  if (topic !== undefined && said(SOLVED.dialog, SOLVED.node)) counts.push(`solved:${topic}`);
  if (topic !== undefined && said(UNSOLVED.dialog, UNSOLVED.node)) counts.push(`unsolved:${topic}`);
  const asked = after && inTopic(after) && `${after.dialog}.${after.node}`;
  if (asked && said(toPlace(asked).dialog, toPlace(asked).node)) counts.push(`asked:${asked}`);
  const unmatched = ['unclear', 'unclear-menu', 'near', 'near-end', 'near-topic'].some((node) =>
    said(SYSTEM, node),
  );
  if (event.body.kind === 'text' && unmatched) {
    counts.push(`unmatched:${scriptOf(event.body.text)}:${lengthOf(event.body.text)}`);
  }
  if (promised(after) > promised(before)) counts.push('reminder:set');
  if (event.body.kind === 'reminder' && turn.replies.length > 0) counts.push('reminder:asked');
  return counts;
}

function promised(state: State | undefined): number {
  return state?.reminders?.length ?? 0;
}

function inTopic(state: State | undefined): boolean {
  return state?.dialog !== undefined && state.dialog !== HOME;
}

/** Which script most of a text is in; all that is ever kept of a text that was not understood, with its length. */
function scriptOf(text: string): string {
  const scripts = {
    kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
    kanji: /\p{Script=Han}/gu,
    latin: /\p{Script=Latin}/gu,
    digits: /\p{Nd}/gu,
  };
  const counted = Object.entries(scripts).map(([name, pattern]) => ({
    name,
    count: text.match(pattern)?.length ?? 0,
  }));
  const most = counted.toSorted((a, b) => b.count - a.count)[0];
  return most && most.count > 0 ? most.name : 'other';
}

function lengthOf(text: string): string {
  if (text.length <= 10) return '10';
  if (text.length <= 30) return '30';
  return text.length <= 100 ? '100' : 'more';
}
