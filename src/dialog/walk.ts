import {
  HOME,
  type Content,
  type Place,
  messageAt,
  nodeAt,
  own,
  placeName,
  toPlace,
} from './content.ts';
import { addDays, dayOf, inJapan } from '../japan-time.ts';
import { askAt, withoutQuestion } from './question.ts';
import type { Reply } from './reply.ts';
import { sayAt } from './say.ts';
import type { Node, Target } from './schema.ts';
import { type State, withoutDeadline } from './state.ts';
import { CHANGED, systemReply } from './system.ts';
import type { Scene } from './turn.ts';

/** More nodes than any dialog passes in one turn; `check` refuses dialogs that never stop to ask. */
const MOST_HOPS = 50;

export type Walked = { state: State; replies: Reply[] };

/**
 * Goes from `from` (the dialog in which `target` is named) to the next question or to the end, collecting what is
 * said on the way. A place that is gone, because the content was edited meanwhile, leads home with a kind word.
 */
export function walk(scene: Scene, start: State, from: string, target: Target): Walked {
  const { content, nowMs } = scene;
  const replies: Reply[] = [];
  let state: State = start;
  let dialog = from;
  let next: Target = target;
  for (let hops = 0; hops < MOST_HOPS; hops += 1) {
    const arrived = arrive(content, state, dialog, next);
    state = { ...state, stack: arrived.stack };
    const { place } = arrived;
    dialog = place.dialog;
    const node = nodeAt(content, place);
    if (!node) {
      replies.push(systemReply(CHANGED));
      next = { open: HOME };
      continue;
    }
    switch (node.kind) {
      case 'say':
        replies.push(sayAt(content, state, place, nowMs));
        next = node.next;
        break;
      case 'ask':
      case 'ask_text':
      case 'ask_date':
      case 'remind':
        state = { ...state, ...place };
        replies.push(askAt(scene, state, { place, node }));
        return { state, replies };
      case 'deadline': {
        const until = deadline(state, node);
        const today = dayOf(nowMs);
        const over = until !== undefined && (node.begins ? until <= today : until < today);
        const outcome = until === undefined ? 'unknown' : over ? 'over' : 'next';
        // What the calendar says is an answer that a branch can go by, too.
        state = { ...state, answers: { ...state.answers, [place.node]: outcome } };
        next = node[outcome];
        if (until === undefined) {
          // The day it was counted from was taken back.
          state = withoutDeadline(state);
          break;
        }
        const remindOn = addDays(until, -node.remind_days_before);
        // It lives and dies with the day it was counted from.
        const counted = {
          atMs: nowMs,
          messageId: '',
          ...state.slots[node.from],
          value: until,
          remindOn,
        };
        state = { ...state, slots: { ...state.slots, deadline: counted } };
        if (outcome === 'next') replies.push(sayAt(content, state, place, nowMs));
        break;
      }
      case 'hours':
        next = isOpen(node, nowMs) ? node.inside : node.outside;
        break;
      case 'branch':
        next = own(node.cases, own(state.answers, node.on) ?? '') ?? node.else;
        break;
      case 'open':
        if (messageAt(content, place)) replies.push(sayAt(content, state, place, nowMs));
        next =
          node.return === undefined
            ? { open: node.open }
            : { open: node.open, return: node.return };
        break;
      case 'end': {
        if (messageAt(content, place)) replies.push(sayAt(content, state, place, nowMs));
        const back = state.stack.at(-1);
        if (back === undefined) return { state: withoutQuestion(state), replies };
        state = { ...state, stack: state.stack.slice(0, -1) };
        const resumed = toPlace(back);
        dialog = resumed.dialog;
        next = resumed.node;
        break;
      }
    }
  }
  throw new Error(
    `Dialog "${dialog}" passes ${MOST_HOPS} nodes without a question; run npm run check.`,
  );
}

function arrive(
  content: Content,
  state: State,
  dialog: string,
  target: Target,
): { place: Place; stack: string[] } {
  if (typeof target === 'string') return { place: { dialog, node: target }, stack: state.stack };
  const opened = own(content.dialogs, target.open);
  const place = { dialog: target.open, node: opened?.start ?? '' };
  if (target.return === undefined) return { place, stack: state.stack };
  return { place, stack: [...state.stack, placeName({ dialog, node: target.return })] };
}

function deadline(state: State, node: Extract<Node, { kind: 'deadline' }>): string | undefined {
  const from = own(state.slots, node.from)?.value;
  return from === undefined ? undefined : addDays(from, node.days);
}

function isOpen(node: Extract<Node, { kind: 'hours' }>, nowMs: number): boolean {
  const { hour, weekday } = inJapan(nowMs);
  const rightDay = node.days === 'all' || (weekday !== 0 && weekday !== 6);
  return rightDay && node.from <= hour && hour < node.to;
}
