import { own } from './content.ts';
import { DAY_MS, HOUR_MS, afterQuiet, dayOf, inJapan, isQuiet, startOf } from './japan-time.ts';
import type { Picker } from './reply.ts';
import type { Node } from './schema.ts';
import type { State } from './state.ts';
import { wayLabel } from './system.ts';
import type { Scene } from './turn.ts';
import { OFFERS } from './when.ts';

type Remind = Extract<Node, { kind: 'remind' }>;

/** How far ahead a reminder can be set. */
export const LONGEST_AHEAD_MS = 365 * DAY_MS;

/** The moments a reminder can be set to with one tap, without those that lie at night or are over. */
export function offers(
  scene: Scene,
  state: State,
  node: Remind,
): { id: string; label: string; dueMs: number }[] {
  return node.offer.flatMap((id) => {
    const dueMs = offered(scene, state, id);
    if (dueMs === undefined || dueMs <= scene.nowMs || isQuiet(dueMs, scene.quiet)) return [];
    return [{ id, label: wayLabel(scene.content, `offer-${id}`), dueMs }];
  });
}

/** The moment an offer stands for: for `deadline`, ten o'clock on the day before, or on the day itself. */
function offered(scene: Scene, state: State, id: string): number | undefined {
  if (id !== 'deadline') return own(OFFERS, id)?.(scene.nowMs);
  const day = startOf(own(state.slots, 'deadline')?.value ?? '');
  if (day === undefined) return undefined;
  const before = day - DAY_MS + 10 * HOUR_MS;
  return before > scene.nowMs ? before : day + 10 * HOUR_MS;
}

/** Bounds for LINE's picker: from now on, for a year. */
export function timePicker(nowMs: number, initialMs: number): Picker {
  return {
    mode: 'datetime',
    initial: pickerTime(initialMs),
    min: pickerTime(nowMs),
    max: pickerTime(nowMs + LONGEST_AHEAD_MS),
  };
}

/** `YYYY-MM-DDTHH:mm` in Japan's time, which is what LINE's picker takes and returns. */
function pickerTime(ms: number): string {
  const { hour, minute } = inJapan(ms);
  return `${dayOf(ms)}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The moment a picker returned; undefined for what no picker returns. */
export function pickedMoment(picked: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})$/.exec(picked);
  const day = match && startOf(match[1] ?? '');
  const [hour, minute] = [Number(match?.[2]), Number(match?.[3])];
  if (typeof day !== 'number' || hour > 23 || minute > 59) return undefined;
  return day + hour * HOUR_MS + minute * 60_000;
}

/** The moment to be used for a wish: in quiet hours the next morning, unless the user insists. */
export function outsideQuiet(scene: Scene, wantedMs: number): number {
  return afterQuiet(wantedMs, scene.quiet);
}
