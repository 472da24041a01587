import { type Content, type Place, messageAt, own } from './content.ts';
import { dayInWords, dayOf, daysBetween, startOf } from '../japan-time.ts';
import type { Reply } from './reply.ts';
import type { State } from './state.ts';

/** The words of a node, with what they may depend on: an earlier answer and what the user gave. */
export function sayAt(content: Content, state: State, place: Place, nowMs: number): Reply {
  const message = messageAt(content, place);
  const by = message && 'by' in message ? own(state.answers, message.by) : undefined;
  const values = valuesOf(state, nowMs);
  return {
    ...place,
    ...(message && 'by' in message && by !== undefined ? { answers: { [message.by]: by } } : {}),
    ...(values ? { values } : {}),
  };
}

/** What was given, as it reads: days as 「12月3日（木）」, and how long it is until the deadline: 「あと3日」. */
function valuesOf(state: State, nowMs: number): Record<string, string> | undefined {
  const slots = Object.entries(state.slots);
  if (slots.length === 0) return undefined;
  const values = slots.map(([name, { value }]): [string, string] => [
    name,
    startOf(value) === undefined ? value : dayInWords(value, nowMs),
  ]);
  const deadline = own(state.slots, 'deadline')?.value;
  if (deadline !== undefined) values.push(['left', leftUntil(deadline, nowMs)]);
  return Object.fromEntries(values);
}

export function leftUntil(deadline: string, nowMs: number): string {
  const days = daysBetween(dayOf(nowMs), deadline);
  if (days < 0) return 'もう過ぎた日';
  return days > 0 ? `あと${days}日` : '今日まで';
}
