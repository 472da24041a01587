import { type Content, HOME, own, placeName, titleOf } from './content.ts';
import { encode } from './postback.ts';
import { askAgain, inTopic, questionOf, withoutQuestion } from './question.ts';
import type { Choice, Reply } from './reply.ts';
import type { Target } from './schema.ts';
import { type Pending, type State, sessionOf, withoutDeadline } from './state.ts';
import { type SystemNode, commandChoice, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';
import { walk } from './walk.ts';

/** Answered questions that 戻る can return to. */
const LONGEST_TRAIL = 20;

/** Begins a topic as a conversation of its own; what the user gave in words (an order number …) stays known. */
export function openTopic(scene: Scene, state: State, dialog: string): Turn {
  const { later, ...rest } = leave(scene.content, cleared(state));
  const others = later?.filter((id) => id !== dialog) ?? [];
  const begun: State = {
    ...withoutDeadline(rest),
    ...(others.length > 0 ? { later: others } : {}),
    session: sessionOf(scene.eventId),
    answers: dialog === HOME ? {} : { topic: dialog },
  };
  return goTo(scene, begun, dialog, { open: dialog });
}

/** Walks on; at the end of a conversation, a topic that was put off comes up by itself. */
export function goTo(scene: Scene, state: State, from: string, target: Target): Turn {
  const walked = walk(scene, state, from, target);
  if (questionOf(scene.content, walked.state) || !walked.state.later) return walked;
  const [topic, ...others] = walked.state.later.filter((id) => own(scene.content.dialogs, id));
  const { later: _later, ...rest } = walked.state;
  if (topic === undefined) return { ...walked, state: rest };
  const next = others.length > 0 ? { ...rest, later: others } : rest;
  const choices = [topicChoice(scene.content, topic), commandChoice(scene.content, 'menu')];
  const offer = pending('later', choices, { topic: titleOf(scene.content, topic) });
  return interpose(next, offer, walked.replies);
}

/** Asks something in between; the running question stays as it is. */
export function interpose(state: State, offer: Pending, first: readonly Reply[] = []): Turn {
  return { state: { ...state, pending: offer }, replies: [...first, offer] };
}

export function pending(
  node: SystemNode,
  choices: readonly Choice[],
  values?: Record<string, string>,
): Pending {
  return { ...systemReply(node, values ? { values } : {}), choices };
}

/** Says something and offers to go on where the user was. */
export function sayWithWayOn(scene: Scene, state: State, node: SystemNode): Turn {
  return interpose(state, pending(node, waysOn(scene.content, state)));
}

/** To the running question, if there is one, and to the menu. */
export function waysOn(content: Content, state: State): Choice[] {
  const question = questionOf(content, state);
  const on = inTopic(question) ? [commandChoice(content, 'continue')] : [];
  return [...on, commandChoice(content, 'menu')];
}

export function topicChoice(content: Content, dialog: string): Choice {
  return { label: titleOf(content, dialog), data: encode({ kind: 'open', dialog }) };
}

/** What is being asked now, once more. Empty when nothing is. */
export function asked(scene: Scene, state: State): Reply[] {
  const again = state.pending ?? askAgain(scene, state);
  return again ? [again] : [];
}

/** The same where it was asked just now: who has a small phone need not pass the whole card once more. */
export function askedAlone(scene: Scene, state: State): Reply[] {
  return asked(scene, state).map((reply) => ({ ...reply, alone: true }));
}

/** Anything the user did that was understood ends an interposed question and the count of misses. */
export function cleared(state: State): State {
  const { pending: _pending, ...rest } = state;
  return { ...rest, misses: 0 };
}

/** The state with no question; the one that waited can be gone back to. */
export function leave(content: Content, state: State): State {
  const question = questionOf(content, state);
  const left = question ? remember(state, placeName(question.place)) : state;
  return { ...withoutQuestion(left), stack: [] };
}

/** Puts a question on the trail, with the stack as it is there. */
export function remember(state: State, place: string): State {
  return { ...state, trail: [...state.trail, [place, ...state.stack]].slice(-LONGEST_TRAIL) };
}
