import { act } from './act.ts';
import { takeAnswer, takeDay, takeMoment } from './answer.ts';
import { HOME, type Content, answerWords, messageAt, own, titleOf, topicOf } from './content.ts';
import type { EventBody } from './event.ts';
import type { Understanding } from './intent.ts';
import { type AnswerOption, matchAnswer } from './match-answer.ts';
import {
  asked,
  interpose,
  openTopic,
  pending,
  sayWithWayOn,
  topicChoice,
  waysOn,
} from './moves.ts';
import { goOn, onCommand, passed } from './on-command.ts';
import { decode } from './postback.ts';
import { type Question, choicesOf, questionOf } from './question.ts';
import type { Choice } from './reply.ts';
import { contactReply, onContact } from './on-contact.ts';
import { readSlot } from './slot.ts';
import type { State } from './state.ts';
import {
  SYSTEM_NODES,
  type SystemNode,
  commandChoice,
  commandWord,
  systemReply,
} from './system.ts';
import type { Scene, Turn } from './turn.ts';
import { readDay, readMoment } from './when.ts';

/** After this long a user is asked whether to go on, instead of having words taken for an answer. */
const PAUSE_MS = 6 * 60 * 60 * 1000;

type Text = Extract<EventBody, { kind: 'text' }>;

/**
 * What somebody typed: first as an answer to what was just asked, then as a command, then as a topic. A text that
 * means nothing here changes nothing: the bot says so and asks again, and offers the menu from the second time on.
 */
export function onText(scene: Scene, state: State, body: Text): Turn {
  const { content } = scene;
  const question = questionOf(content, state);
  const contact = question?.node.kind === 'ask_text' ? undefined : contactReply(content, body.text);
  if (!contact) return onWords(scene, state, body, question);
  const { decision } = content.understand(body.text);
  if (decision !== 'open' && decision !== 'choose') return onContact(scene, state, contact);
  const turn = onWords(scene, state, body, question);
  return { ...turn, replies: [contact, ...turn.replies] };
}

function onWords(scene: Scene, state: State, body: Text, question: Question | undefined): Turn {
  const { content } = scene;
  const command = commandWord(content, body.text);
  if (command) return onCommand(scene, state, command);
  const choice = state.pending && chosen(content, body.text, state.pending.choices);
  if (choice) return act(scene, state, choice.data);

  const meant = content.understand(body.text);
  const onTopicNow = question !== undefined && question.place.dialog !== HOME;
  const paused = onTopicNow && scene.nowMs - state.at > PAUSE_MS;
  if (question && !paused) {
    // In the menu a sentence that clearly means a topic is that topic, not the row it resembles.
    const sure = question.place.dialog === HOME && meant.decision === 'open';
    const turn = sure ? undefined : onAnswerText(scene, state, body, question);
    if (turn) return turn;
  }
  const word = meant.decision === 'command' ? (meant.intents[0]?.id ?? '') : undefined;
  if (word !== undefined && !(paused && word === 'greeting')) return onWord(scene, state, word);
  if (paused) return offerToResume(scene, state, meant);
  if (question?.node.kind === 'ask_text') return onSlot(scene, state, body, question, meant);
  return onTopic(scene, state, meant, question);
}

/** The text as an answer to the running question; undefined when it is none. */
function onAnswerText(
  scene: Scene,
  state: State,
  body: Text,
  question: Question,
): Turn | undefined {
  const { content, nowMs } = scene;
  const { place, node } = question;
  if (node.kind === 'ask') {
    const words = messageAt(content, place)?.answers ?? {};
    const options = Object.keys(node.answers).map((id): AnswerOption => {
      const { label, say } = answerWords(own(words, id) ?? id);
      return { id, label, say: [...say] };
    });
    const match = matchAnswer(body.text, options);
    return match && 'id' in match
      ? takeAnswer(scene, state, place, { given: match.id })
      : undefined;
  }
  const choice = chosen(content, body.text, choicesOf(scene, state, question));
  if (choice) return act(scene, state, choice.data);
  if (node.kind === 'ask_date') {
    const day = readDay(body.text, nowMs, node.past);
    if (day !== undefined) return takeDay(scene, state, place, node, day, body.messageId);
  }
  if (node.kind === 'remind') {
    const dueMs = readMoment(body.text, nowMs);
    if (dueMs !== undefined) return takeMoment(scene, state, place, node, dueMs);
  }
  return undefined;
}

/** One of the choices the bot interposed, by its number, its label, or the command it stands for. */
function chosen(content: Content, text: string, choices: readonly Choice[]): Choice | undefined {
  const options = choices.map(({ label }, index) => ({ id: `n${index}`, label }));
  const match = matchAnswer(text, options);
  if (match && 'id' in match) return choices[Number(match.id.slice(1))];
  const meant = content.understand(text);
  if (meant.decision !== 'command') return undefined;
  return choices.find(({ data }) => data === `c=${meant.intents[0]?.id}`);
}

/** A command, a greeting or thanks in the user's own words. */
function onWord(scene: Scene, state: State, word: string): Turn {
  const action = decode(`c=${word}`);
  if (action?.kind === 'command') return onCommand(scene, state, action.command);
  switch (word) {
    case 'greeting': {
      const on = goOn(scene, state);
      return { ...on, replies: [systemReply('hello'), ...on.replies] };
    }
    case 'thanks':
      return sayWithWayOn(scene, state, 'thanks');
    case 'about':
      return sayWithWayOn(scene, state, 'about');
    case 'stop-notifications':
      return sayWithWayOn(scene, state, 'no-notifications');
    default:
      return miss(scene, state);
  }
}

function onSlot(
  scene: Scene,
  state: State,
  body: Text,
  question: Question,
  meant: Understanding,
): Turn {
  if (question.node.kind !== 'ask_text') return miss(scene, state);
  const { slot } = question.node;
  const reading = readSlot(slot, body.text, scene.content.mayRepeat);
  if ('value' in reading) {
    const given = { value: reading.value, atMs: scene.nowMs, messageId: body.messageId };
    return passed(scene, { ...state, slots: { ...state.slots, [slot]: given } });
  }
  if (meant.decision === 'open') return onTopic(scene, state, meant, question);
  const words: Record<typeof reading.problem, SystemNode> = {
    format: slot === 'order' ? 'slot-order' : 'slot-other',
    'too-long': 'slot-long',
    unsafe: 'slot-unsafe',
  };
  return miss(scene, state, words[reading.problem]);
}

/** A topic in the user's own words. In the middle of another one the user decides, and nothing is lost either way. */
function onTopic(
  scene: Scene,
  state: State,
  meant: Understanding,
  question: Question | undefined,
): Turn {
  const { content } = scene;
  const topics = topicsOf(content, meant).filter((id) => id !== question?.place.dialog);
  const [first] = topics;
  if (first === undefined) {
    const outside = SYSTEM_NODES.find((node) => node === `outside-${meant.outside}`);
    // Somebody in despair is not asked about a parcel again.
    const alone = outside === 'outside-despair' || question === undefined;
    return outside && alone ? sayWithWayOn(scene, state, outside) : miss(scene, state, outside);
  }
  const choices = topics.map((id) => topicChoice(content, id));
  const values = { topic: titleOf(content, first) };
  if (question && question.place.dialog !== HOME) {
    const offer = pending('switch', [...choices, commandChoice(content, 'continue')], values);
    return interpose(state, offer);
  }
  if (meant.decision === 'open') return openTopic(scene, state, first);
  const node = meant.several ? 'choose-first' : 'choose';
  const next = meant.several ? { ...state, later: topics } : state;
  return interpose(next, pending(node, [...choices, commandChoice(content, 'menu')], values));
}

/** Says that the text was not understood and asks again; from the second time in a row, offers ways out. */
function miss(scene: Scene, state: State, words: SystemNode = 'unclear'): Turn {
  const { content } = scene;
  const missed = { ...state, misses: state.misses + 1 };
  const again = asked(scene, state);
  if (again.length === 0) {
    const home = openTopic(scene, missed, HOME);
    return { ...home, replies: [systemReply(words), ...home.replies] };
  }
  if (missed.misses < 2) return { state: missed, replies: [systemReply(words), ...again] };
  const choices = [...waysOn(content, state), topicChoice(content, 'contact-howto')];
  const said = words === 'unclear' ? [] : [systemReply(words)];
  return interpose(missed, pending('unclear-menu', choices), said);
}

function offerToResume(scene: Scene, state: State, meant: Understanding): Turn {
  const { content } = scene;
  const topics = meant.decision === 'open' ? topicsOf(content, meant).slice(0, 1) : [];
  const choices = [
    ...topics.map((id) => topicChoice(content, id)),
    commandChoice(content, 'continue'),
    commandChoice(content, 'restart'),
  ];
  const values = { topic: titleOf(content, topicOf(state)) };
  const node = topics.length > 0 ? 'resume-topic' : 'resume';
  return interpose(state, pending(node, choices, values));
}

function topicsOf(content: Content, meant: Understanding): string[] {
  if (meant.decision !== 'open' && meant.decision !== 'choose') return [];
  return meant.intents.map(({ id }) => id).filter((id) => own(content.dialogs, id) !== undefined);
}
