import { type Answer, canAnswer, takeAnswer } from './answer.ts';
import { HOME, type Place, nodeAt, own, placeName, titleOf, toPlace } from './content.ts';
import { cleared, interpose, leave, openTopic, pending, sayWithWayOn } from './moves.ts';
import { onCommand } from './on-command.ts';
import { type Action, decode, encode } from './postback.ts';
import { inTopic, questionOf } from './question.ts';
import { onOutcome, onReminderAction } from './reminders.ts';
import { type State, sessionOf, withoutDeadline } from './state.ts';
import { commandChoice } from './system.ts';
import type { Scene, Turn } from './turn.ts';

type AnswerAction = Extract<Action, { kind: 'answer' }>;

/** Does what a button means, wherever in the history it stands. `picked`: what the date or time picker returned. */
export function act(scene: Scene, state: State, data: string, picked?: string): Turn {
  const action = decode(data);
  switch (action?.kind) {
    case undefined:
      return sayWithWayOn(scene, state, 'gone-button');
    case 'command':
      return onCommand(scene, state, action.command);
    case 'open':
      return own(scene.content.dialogs, action.dialog)
        ? openTopic(scene, state, action.dialog)
        : sayWithWayOn(scene, state, 'gone-button');
    case 'answer':
      return onAnswer(scene, state, action, { given: action.answer, picked });
    case 'resume':
      return resumeAt(scene, state, action, { given: action.answer, picked });
    case 'reminder':
      return onReminderAction(scene, state, action, picked);
    case 'outcome':
      return own(scene.content.dialogs, action.topic)
        ? onOutcome(scene, state, action)
        : sayWithWayOn(scene, state, 'gone-button');
  }
}

/**
 * A button of the running question answers it; one of an earlier question of this conversation goes back there and
 * answers anew; the menu's always count. A button of an older conversation counts while nothing else is being asked;
 * otherwise the user is asked which one to go on with.
 */
function onAnswer(scene: Scene, state: State, action: AnswerAction, answer: Answer): Turn {
  const { content } = scene;
  if (!canAnswer(nodeAt(content, action), answer.given)) {
    return sayWithWayOn(scene, state, 'gone-button');
  }
  const question = questionOf(content, state);
  const name = placeName(action);
  if (action.session === state.session) {
    if (question && placeName(question.place) === name) {
      return takeAnswer(scene, state, action, answer);
    }
    const rewound = rewind(state, name);
    if (rewound) return takeAnswer(scene, rewound, action, answer);
  }
  if (action.dialog === HOME) {
    return takeAnswer(scene, at(leave(content, state), action), action, answer);
  }
  if (!inTopic(question)) return resumeAt(scene, state, action, answer);
  const topic = titleOf(content, action.dialog);
  const choices = [
    { label: topic, data: encode({ ...action, kind: 'resume' }) },
    commandChoice(content, 'continue'),
    commandChoice(content, 'menu'),
  ];
  return interpose(state, pending('old-button', choices, { topic }));
}

/** The state as it was when that question of this conversation was asked last; what was answered since is undone. */
function rewind(state: State, name: string): State | undefined {
  const index = state.trail.findLastIndex(([place]) => place === name);
  const [, ...stack] = state.trail[index] ?? [];
  if (index < 0) return undefined;
  const { dialog } = toPlace(name);
  // What other dialogs asked on the way (an app or a PC?) stays true.
  const places = state.trail.slice(index).map(([place = '']) => toPlace(place));
  const undone = new Set(places.filter((place) => place.dialog === dialog).map(({ node }) => node));
  const answers = Object.entries(state.answers).filter(([node]) => !undone.has(node));
  return {
    ...at(state, toPlace(name)),
    stack,
    answers: Object.fromEntries(answers),
    trail: state.trail.slice(0, index),
  };
}

/** Goes on in an older conversation: its earlier answers are no longer known, so words that vary by one use `else`. */
function resumeAt(scene: Scene, state: State, place: Place, answer: Answer): Turn {
  if (!canAnswer(nodeAt(scene.content, place), answer.given)) {
    return sayWithWayOn(scene, state, 'gone-button');
  }
  const resumed: State = {
    ...at(leave(scene.content, withoutDeadline(cleared(state))), place),
    session: sessionOf(scene.eventId),
    answers: { topic: place.dialog },
  };
  return takeAnswer(scene, resumed, place, answer);
}

function at(state: State, { dialog, node }: Place): State {
  return { ...state, dialog, node };
}
