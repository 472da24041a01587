import { HOME, type Content, labelOf, placeName, titleOf, toPlace, topicOf } from './content.ts';
import { dayInWords, momentInWords, startOf } from '../japan-time.ts';
import {
  asked,
  cleared,
  goTo,
  interpose,
  leave,
  openTopic,
  pending,
  remember,
  sayWithWayOn,
  waysOn,
} from './moves.ts';
import type { Command } from './postback.ts';
import { askAgain, isGone, questionOf, withoutQuestion } from './question.ts';
import { listReminders, startOver } from './reminders.ts';
import type { State } from './state.ts';
import { CHANGED, SYSTEM, commandChoice, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** Words and buttons that work in every state. */
export function onCommand(scene: Scene, state: State, command: Command): Turn {
  switch (command) {
    case 'menu':
      return openTopic(scene, state, HOME);
    case 'back':
      return back(scene, cleared(state));
    case 'restart':
      return startOver(scene, state);
    case 'help':
      return sayWithWayOn(scene, state, 'help');
    case 'cancel':
      return cancel(scene, state);
    case 'continue':
      return goOn(scene, cleared(state));
    case 'more':
      // What is owed stands in front of every reply anyway (step.ts).
      return state.unsent ? { state, replies: [] } : goOn(scene, state);
    case 'skip':
    case 'keep':
      return passOver(scene, state, command);
    case 'recall':
      return recall(scene, state);
    case 'forget':
      return {
        state: null,
        replies: [pending('forgotten', [commandChoice(scene.content, 'menu')])],
        forget: true,
      };
    case 'reminders':
      return listReminders(scene, state);
  }
}

/** Walks on from a question for a text that has been dealt with. */
export function passed(scene: Scene, state: State): Turn {
  const question = questionOf(scene.content, state);
  if (question?.node.kind !== 'ask_text' && question?.node.kind !== 'ask_date') {
    return goOn(scene, state);
  }
  const { place, node } = question;
  const next = withoutQuestion(remember(cleared(state), placeName(place)));
  return goTo(scene, next, place.dialog, node.next);
}

/** Asks again what is being asked, with `ask` (moves.ts); the menu when nothing is. */
export function goOn(scene: Scene, state: State, ask = asked): Turn {
  const replies = ask(scene, state);
  if (replies.length > 0) return { state, replies };
  const home = openTopic(scene, state, HOME);
  const changed = isGone(scene.content, state) ? [systemReply(CHANGED)] : [];
  return { ...home, replies: [...changed, ...home.replies] };
}

function back(scene: Scene, state: State): Turn {
  const returned = stepBack(scene, state);
  const again = returned && askAgain(scene, returned);
  return again
    ? { state: returned, replies: [again] }
    : sayWithWayOn(scene, state, 'nothing-before');
}

/** The state in which the question before is asked; undefined when there is none. */
export function stepBack(scene: Scene, state: State): State | undefined {
  const entry = state.trail.at(-1);
  if (!entry) return undefined;
  const [name = '', ...stack] = entry;
  const place = toPlace(name);
  const answers = Object.entries(state.answers).filter(([node]) => node !== place.node);
  const returned: State = {
    ...state,
    ...place,
    stack,
    answers: Object.fromEntries(answers),
    trail: state.trail.slice(0, -1),
  };
  return questionOf(scene.content, returned) ? returned : stepBack(scene, returned);
}

function cancel(scene: Scene, state: State): Turn {
  // The question stays on the trail: 戻る undoes a cancellation that was not meant.
  const { later: _later, ...rest } = leave(scene.content, cleared(state));
  return interpose(rest, pending('cancelled', [commandChoice(scene.content, 'menu')]));
}

/** Leaves a text unsaid (the scripts keep 〇〇), or takes what was given earlier in this conversation. */
function passOver(scene: Scene, state: State, command: 'skip' | 'keep'): Turn {
  const question = questionOf(scene.content, state);
  if (question?.node.kind !== 'ask_text' && question?.node.kind !== 'ask_date') {
    return goOn(scene, state);
  }
  const { slot } = question.node;
  const slots = Object.entries(state.slots).filter(([name]) => command === 'keep' || name !== slot);
  return passed(scene, { ...state, slots: Object.fromEntries(slots) });
}

/** All that is stored of the user, in words. */
function recall(scene: Scene, state: State): Turn {
  const { content } = scene;
  const onTopic = state.dialog !== undefined && state.dialog !== HOME;
  const lines = [
    ...(onTopic ? [line(content, 'topic', titleOf(content, topicOf(state)))] : []),
    ...Object.entries(state.slots).map(([name, { value }]) =>
      line(content, name, startOf(value) === undefined ? value : dayInWords(value, scene.nowMs)),
    ),
    ...(state.reminders ?? []).map(({ dueMs }) =>
      line(content, 'reminder', momentInWords(dueMs, scene.nowMs)),
    ),
  ];
  if (lines.length === 0) return sayWithWayOn(scene, state, 'recall-nothing');
  const choices = [commandChoice(content, 'forget'), ...waysOn(content, state)];
  return interpose(state, pending('recall', choices, { memory: lines.join('\n') }));
}

/** 「・注文番号: 503-…」; what each thing is called stands with the other words. */
function line(content: Content, name: string, value: string): string {
  return `・${labelOf(content, { dialog: SYSTEM, node: 'recall' }, name)}: ${value}`;
}
