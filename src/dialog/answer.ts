import { HOME, type Place, nodeAt, own, placeName } from './content.ts';
import { type Day, addDays, dayOf, daysBetween, startOf } from '../japan-time.ts';
import {
  askedAlone,
  cleared,
  goTo,
  interpose,
  openTopic,
  remember,
  sayWithWayOn,
} from './moves.ts';
import { withoutQuestion } from './question.ts';
import { offeredMoment, pickedMoment } from './reminder-offers.ts';
import { setReminder, wishFor } from './reminders.ts';
import type { Reply } from './reply.ts';
import type { Node, Target } from './schema.ts';
import type { State } from './state.ts';
import { type SystemNode, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** The id of the chosen answer; `picked` with it when a picker was used. */
export type Answer = { given: string; picked?: string | undefined };

/** Days further away than this are slips of the finger. */
const FARTHEST_DAYS = 400;

/** Whether a button with this answer still means something at this node. */
export function canAnswer(node: Node | undefined, given: string): boolean {
  switch (node?.kind) {
    case 'ask':
      return own(node.answers, given) !== undefined;
    case 'ask_date':
      return ['today', 'yesterday', 'pick'].includes(given);
    case 'remind':
      return ['pick', 'none', ...node.offer].includes(given);
    default:
      return false;
  }
}

/** Records the answer to the question that waits at `place`, and walks on. */
export function takeAnswer(scene: Scene, state: State, place: Place, answer: Answer): Turn {
  const node = nodeAt(scene.content, place);
  switch (node?.kind) {
    case 'ask': {
      const target = own(node.answers, answer.given);
      if (target === undefined) break;
      if (place.dialog === HOME && typeof target !== 'string') {
        return openTopic(scene, state, target.open);
      }
      const answers = { ...state.answers, [place.node]: answer.given };
      return goOnFrom(scene, { ...state, answers }, place, target);
    }
    case 'ask_date':
      if (answer.given === 'pick' && answer.picked === undefined) {
        return again(scene, state, 'slot-date-how');
      }
      return takeDay(scene, state, place, node, dayFor(scene, answer), '');
    case 'remind': {
      if (answer.given === 'none') return goOnFrom(scene, state, place, node.none);
      if (answer.given === 'pick' && answer.picked === undefined) {
        return again(scene, state, 'reminder-when');
      }
      const offered = offeredMoment(scene, state, node, answer.given);
      const picked = answer.picked === undefined ? undefined : pickedMoment(answer.picked);
      return takeMoment(scene, state, place, node, offered ?? picked);
    }
    default:
      break;
  }
  return sayWithWayOn(scene, state, 'gone-button');
}

/** Keeps a day the user gave; asks again, saying why, for one that cannot be meant. */
export function takeDay(
  scene: Scene,
  state: State,
  place: Place,
  node: Extract<Node, { kind: 'ask_date' }>,
  day: Day | undefined,
  messageId: string,
): Turn {
  const distance = day === undefined ? undefined : daysBetween(dayOf(scene.nowMs), day);
  if (day === undefined || distance === undefined || Math.abs(distance) > FARTHEST_DAYS) {
    return again(scene, state, 'slot-date');
  }
  if (node.past && distance > 0) return again(scene, state, 'slot-date-future');
  const given = { value: day, atMs: scene.nowMs, messageId };
  const slots = { ...state.slots, [node.slot]: given };
  return goOnFrom(scene, { ...state, slots }, place, node.next);
}

/** Sets a reminder for that moment and walks on; asks again, saying why, when the moment cannot be kept. */
export function takeMoment(
  scene: Scene,
  state: State,
  place: Place,
  node: Extract<Node, { kind: 'remind' }>,
  dueMs: number | undefined,
): Turn {
  const wish = wishFor(scene, state, dueMs);
  if ('problem' in wish) return again(scene, state, wish.problem);
  const walked = goOnFrom(scene, state, place, node.next);
  if (!walked.state) return walked;
  const set = setReminder(scene, walked.state, wish.dueMs);
  const offer = walked.state.pending;
  if (!offer || !set.state?.pending) {
    return { ...set, replies: [...walked.replies, ...set.replies] };
  }
  // Another topic waits for its turn: one list of numbers for both.
  const { choices, ...confirmed } = set.state.pending;
  const both = { ...offer, choices: [...offer.choices.slice(0, 1), ...choices] };
  const first = walked.replies.filter((reply) => reply !== offer);
  return { ...set, ...interpose(set.state, both, [...first, confirmed]) };
}

function goOnFrom(scene: Scene, state: State, place: Place, target: Target): Turn {
  const next = withoutQuestion(remember(cleared(state), placeName(place)));
  return goTo(scene, next, place.dialog, target);
}

function again(scene: Scene, state: State, words: SystemNode): Turn {
  const said: Reply = systemReply(words);
  return { state, replies: [said, ...askedAlone(scene, state)] };
}

function dayFor(scene: Scene, { given, picked }: Answer): Day | undefined {
  const today = dayOf(scene.nowMs);
  if (given === 'today') return today;
  if (given === 'yesterday') return addDays(today, -1);
  return picked !== undefined && startOf(picked) !== undefined ? picked : undefined;
}
