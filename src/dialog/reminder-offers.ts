import { own } from './content.ts';
import {
  DAY_MS,
  HOUR_MS,
  addDays,
  afterQuiet,
  dayOf,
  inJapan,
  isQuiet,
  startOf,
} from '../japan-time.ts';
import type { Picker } from './reply.ts';
import type { Node } from './schema.ts';
import type { State } from './state.ts';
import { type OwnLabel, wayLabel } from './system.ts';
import type { Scene } from './turn.ts';
import { OFFERS } from './when.ts';

type Remind = Extract<Node, { kind: 'remind' }>;

/** How far ahead a reminder can be set. */
export const LONGEST_AHEAD_MS = 365 * DAY_MS;

/** Ten in the morning: what has to be done can still be done that day. */
const AT_MS = 10 * HOUR_MS;

/** The moments a reminder can be set to with one tap, without those that lie at night or are over. */
export function offers(
  scene: Scene,
  state: State,
  node: Remind,
): { id: string; label: string; dueMs: number }[] {
  return node.offer.flatMap((id) => {
    const offer = offerOf(scene, state, id);
    if (!offer || offer.dueMs <= scene.nowMs || isQuiet(offer.dueMs, scene.quiet)) return [];
    return [{ id, label: wayLabel(scene.content, offer.label), dueMs: offer.dueMs }];
  });
}

/** The moment of an offer that was shown; by the time it is tapped it may lie at night or be over. */
export function offeredMoment(
  scene: Scene,
  state: State,
  node: Remind,
  given: string,
): number | undefined {
  const id = node.offer.find((each) => each === given);
  return id && offerOf(scene, state, id)?.dueMs;
}

type Offer = { dueMs: number; label: OwnLabel };

function offerOf(scene: Scene, state: State, id: Remind['offer'][number]): Offer | undefined {
  return id === 'deadline' ? forDeadline(scene, state) : simple(scene, id);
}

function simple({ nowMs }: Scene, id: Exclude<Remind['offer'][number], 'deadline'>): Offer {
  return { dueMs: OFFERS[id](nowMs), label: `offer-${id}` };
}

/**
 * Ten o'clock on the day that the deadline's node names. When that is over and the deadline is still to come, the next
 * ten o'clock before it, or on the day itself.
 */
function forDeadline({ nowMs }: Scene, state: State): Offer | undefined {
  const { value, remindOn } = own(state.slots, 'deadline') ?? {};
  if (value === undefined) return undefined;
  const last = startOf(value);
  const wanted = startOf(remindOn ?? addDays(value, -1));
  if (last === undefined || wanted === undefined) return undefined;
  const nextMorning = startOf(addDays(dayOf(nowMs), 1)) ?? wanted;
  const day = wanted + AT_MS > nowMs ? wanted : Math.min(nextMorning, last);
  const label = day < last ? 'before' : day === last ? 'day' : 'after';
  return { dueMs: day + AT_MS, label: `offer-deadline-${label}` };
}

/** Bounds for LINE's picker: from now on, for a year. LINE refuses one that begins outside of them. */
export function timePicker(nowMs: number, initialMs: number): Picker {
  const lastMs = nowMs + LONGEST_AHEAD_MS;
  return {
    mode: 'datetime',
    initial: pickerTime(Math.min(Math.max(initialMs, nowMs), lastMs)),
    min: pickerTime(nowMs),
    max: pickerTime(lastMs),
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
