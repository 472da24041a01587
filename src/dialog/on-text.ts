import { act } from './act.ts';
import { takeAnswer, takeDay, takeMoment } from './answer.ts';
import { HOME, type Content, answerWords, messageAt, own, topicOf } from './content.ts';
import type { EventBody } from './event.ts';
import type { Understanding } from './intent.ts';
import { likest } from './match/likeness.ts';
import { bareAnswer } from './match/polarity.ts';
import { spelling } from './match/spelling.ts';
import { type AnswerOption, matchAnswer } from './match-answer.ts';
import { cleared, goTo, interpose, pending, sayWithWayOn, topicChoice } from './moves.ts';
import { goOn, onCommand, passed } from './on-command.ts';
import { contactReply, onContact } from './on-contact.ts';
import { miss, offerToResume, onTopic } from './on-topic.ts';
import { outcomeChoices } from './outcome-choices.ts';
import { decode, encode } from './postback.ts';
import { type Question, choicesOf, questionOf } from './question.ts';
import { changeReminder } from './reminders.ts';
import type { Choice } from './reply.ts';
import { readSlot } from './slot.ts';
import type { Pending, State } from './state.ts';
import {
  SYSTEM,
  type SystemNode,
  commandChoice,
  commandWord,
  systemReply,
  waySayings,
} from './system.ts';
import { topicWord } from './topic-word.ts';
import type { Scene, Turn } from './turn.ts';
import { namesOtherMoment, readDay, readMoment } from './when.ts';

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
  const contact = answersSlot(content, question, body.text)
    ? undefined
    : contactReply(content, body.text);
  if (!contact) return onWords(scene, state, body, question);
  // The words of an address say where it pretends to lead, not what its reader wants.
  const text = body.text.replace(ADDRESSES, ' ');
  const { decision } = content.understand(text);
  if (decision !== 'open' && decision !== 'choose') return onContact(scene, state, contact);
  const turn = onWords(scene, state, { ...body, text }, question);
  return { ...turn, replies: [contact, ...turn.replies] };
}

const ADDRESSES = /https?:\/\/[^\s「」（）]+/gi;

/** An order number is no telephone number, when it is what was asked for. */
function answersSlot(content: Content, question: Question | undefined, text: string): boolean {
  if (question?.node.kind !== 'ask_text') return false;
  return 'value' in readSlot(question.node.slot, text, content.mayRepeat);
}

function onWords(scene: Scene, state: State, body: Text, question: Question | undefined): Turn {
  const { content } = scene;
  const command = commandWord(content, body.text);
  if (command) return onCommand(scene, state, command);
  const named = topicWord(content, body.text);
  const meant: Understanding =
    named === undefined
      ? content.understand(body.text)
      : { decision: 'open', intents: [{ id: named, score: 1 }] };
  const choice =
    state.pending &&
    (yesOrNo(state.pending, body.text) ?? chosen(scene, body.text, state.pending.choices, meant));
  if (choice) return act(scene, state, choice.data);
  const snoozed = snoozeUntil(scene, state, body.text);
  if (snoozed) return snoozed;

  // 「やっぱり」 alone says nothing about an order that is no longer wanted.
  const plain = body.text.replace(/^(?:やっぱり|やっぱ|やはり)[、,\s]*/, '');
  const about = plain === body.text ? meant : content.understand(plain);
  const moved = about.decision === 'open' ? undefined : moveReminder(scene, state, body.text);
  if (moved) return moved;
  const onTopicNow = question !== undefined && question.place.dialog !== HOME;
  const paused = onTopicNow && scene.nowMs - state.at > PAUSE_MS;
  if (question && !paused) {
    // In the menu a sentence that clearly means a topic is that topic, not the row it resembles.
    const sure = question.place.dialog === HOME && meant.decision === 'open';
    const turn = sure ? undefined : onAnswerText(scene, state, body, question, meant);
    if (turn) return turn;
  }
  const greeted = meant.decision === 'command' && meant.intents[0]?.id === 'greeting';
  if (meant.decision === 'command' && !(paused && greeted)) {
    const news = meant.intents[0]?.id === 'thanks' && awaited(scene, state, body.text, meant);
    return news ? act(scene, state, news.data) : onWord(scene, state, meant);
  }
  if (paused) return offerToResume(scene, state, meant);
  if (question?.node.kind === 'ask_text') return onSlot(scene, state, body, question, meant);
  return (
    (question && offerLikest(scene, state, body.text, question, meant)) ??
    onTopic(scene, state, meant, question)
  );
}

/** The answer that leads to more of the same question: who names one of those need not name it again. */
const MORE = 'more';
/** 「その他」 names none. */
const NOTHING_NAMED: ReadonlySet<string> = new Set(['more', 'other', 'top', 'unknown']);

/** Which of those it names by an example of its own: not by a number, nor by the label of the button before it. */
function namedIn(content: Content, text: string, { place, node }: Question): string | undefined {
  if (node.kind !== 'ask') return undefined;
  const words = messageAt(content, place)?.answers ?? {};
  return Object.keys(node.answers).find((id) => {
    const { label, say } = answerWords(own(words, id) ?? id);
    const named = [label, ...say].some((phrase) => spelling(phrase) === spelling(text));
    return named && !NOTHING_NAMED.has(id);
  });
}

/** The answer of a question that a text means. */
function answerIn(content: Content, text: string, { place, node }: Question): string | undefined {
  if (node.kind !== 'ask') return undefined;
  const words = messageAt(content, place)?.answers ?? {};
  const options = Object.keys(node.answers).map((id): AnswerOption => {
    const { label, say } = answerWords(own(words, id) ?? id);
    return { id, label, say };
  });
  const match = matchAnswer(text, options);
  return match && 'id' in match ? match.id : undefined;
}

/** The text as an answer to the running question; undefined when it is none. */
function onAnswerText(
  scene: Scene,
  state: State,
  body: Text,
  question: Question,
  meant: Understanding,
): Turn | undefined {
  const { content, nowMs } = scene;
  const { place, node } = question;
  if (node.kind === 'ask') {
    const given = answerIn(content, body.text, question);
    if (given === undefined) return undefined;
    const turn = takeAnswer(scene, state, place, { given });
    const further = given === MORE && turn.state ? questionOf(content, turn.state) : undefined;
    const named = further && namedIn(content, body.text, further);
    return turn.state && further && named !== undefined
      ? takeAnswer(scene, turn.state, further.place, { given: named })
      : turn;
  }
  if (node.kind === 'ask_date') {
    // Before the buttons: 「一昨日」 holds 「昨日」.
    const day = readDay(body.text, nowMs, node.past);
    if (day !== undefined) return takeDay(scene, state, place, node, day, body.messageId);
  }
  const choice = chosen(scene, body.text, choicesOf(scene, state, question), meant);
  if (choice) return act(scene, state, choice.data);
  if (node.kind === 'remind') {
    const dueMs = readMoment(body.text, nowMs);
    if (dueMs !== undefined) return takeMoment(scene, state, place, node, dueMs);
  }
  return undefined;
}

/** Who surely speaks of another topic, or of the weather, is taken at his word, unless so much of an answer is in it. */
const BEFORE_ANOTHER_MATTER = 0.5;
/** So often in a row; then come the ways out. */
const MOST_GUESSES = 2;

/** Asks whether the text means the answer of the running question that it resembles; undefined when it resembles none. */
function offerLikest(
  scene: Scene,
  state: State,
  text: string,
  question: Question,
  meant: Understanding,
): Turn | undefined {
  const { content } = scene;
  const { place, node } = question;
  const elsewhere = meant.several === true || meant.outside === 'despair';
  if (node.kind !== 'ask' || place.dialog === HOME || elsewhere) return undefined;
  if (state.misses >= MOST_GUESSES) return undefined;
  const words = messageAt(content, place)?.answers ?? {};
  const described = Object.keys(node.answers).map((id) => {
    const { label, hint = '', say } = answerWords(own(words, id) ?? id);
    return { id, phrases: [label, ...label.split('・'), ...hint.split(/[・、。]/), ...say] };
  });
  const likely = likest(text, described);
  const topic = meant.decision === 'open' ? meant.intents[0]?.id : undefined;
  const other = topic !== undefined && topic !== topicOf(state) ? topic : undefined;
  const [first] = likely;
  const surely = other !== undefined || meant.outside !== undefined;
  if (!first || (surely && first.likeness < BEFORE_ANOTHER_MATTER)) return undefined;
  const buttons = choicesOf(scene, state, question);
  const answers = likely.flatMap(({ id }) =>
    buttons.filter(({ data }) => {
      const action = decode(data);
      return action?.kind === 'answer' && action.answer === id;
    }),
  );
  const others = other === undefined ? [] : [topicChoice(content, other)];
  const choices = [...answers, ...others, commandChoice(content, 'continue')];
  const offer = pending('near', choices, { answer: answers[0]?.label ?? '' });
  return interpose({ ...state, misses: state.misses + 1 }, offer);
}

/** 「やっぱり明日10時」, typed when a reminder has just been shown or set. */
function moveReminder(scene: Scene, state: State, text: string): Turn | undefined {
  const actions = state.pending?.choices.map(({ data }) => decode(data)) ?? [];
  const change = actions.find((action) => action?.kind === 'reminder' && action.act === 'change');
  const dueMs = readMoment(text, scene.nowMs);
  if (change?.kind !== 'reminder' || dueMs === undefined) return undefined;
  const reminder = state.reminders?.find(({ id }) => id === change.id);
  return reminder && changeReminder(scene, state, reminder, dueMs);
}

/** Questions of the bot's own whose first choice is yes, and whose last is no. */
const YES_OR_NO: ReadonlySet<string> = new Set([
  'near',
  'choose',
  'later',
  'switch',
  'resume',
  'old-button',
] satisfies SystemNode[]);

/** Before their labels are looked at: 「いいえ」 would be taken for the one that holds ない, 「荷物が届かない」. */
function yesOrNo({ dialog, node, choices }: Pending, text: string): Choice | undefined {
  if (dialog !== SYSTEM || !YES_OR_NO.has(node)) return undefined;
  const said = bareAnswer(spelling(text));
  return said && (said === 'yes' ? choices[0] : choices.at(-1));
}

/** 「夕方また聞いて」, to a reminder that asks how it went. */
function snoozeUntil(scene: Scene, state: State, text: string): Turn | undefined {
  const actions = state.pending?.choices.map(({ data }) => decode(data)) ?? [];
  const snooze = actions.find(
    (action) => action?.kind === 'outcome' && action.outcome === 'snooze',
  );
  const dueMs = readMoment(text, scene.nowMs);
  if (snooze === undefined || dueMs === undefined) return undefined;
  const asked = act(scene, state, encode(snooze));
  const question = asked.state ? questionOf(scene.content, asked.state) : undefined;
  if (!asked.state || question?.node.kind !== 'remind') return asked;
  return takeMoment(scene, asked.state, question.place, question.node, dueMs);
}

/** 「届きました」, of the one matter that a reminder is still to ask about: what it would be answered with. */
function awaited(
  scene: Scene,
  state: State,
  text: string,
  meant: Understanding,
): Choice | undefined {
  const [reminder, ...more] = state.reminders ?? [];
  if (!reminder || more.length > 0) return undefined;
  const choices = outcomeChoices(scene.content, reminder);
  const choice = chosen(scene, text, choices, meant);
  return choice === choices[0] ? choice : undefined;
}

/** One of the choices the bot interposed, by its number, its label, or the command it stands for. */
function chosen(
  { content, nowMs }: Scene,
  text: string,
  all: readonly Choice[],
  meant: Understanding,
): Choice | undefined {
  const choices = isGuessedForget(meant) ? all.filter(({ data }) => data !== 'c=forget') : all;
  const options = choices.map(({ label }, index) => ({
    id: `n${index}`,
    label,
    say: waySayings(content, label),
  }));
  const match = matchAnswer(text, options);
  const choice = match && 'id' in match ? choices[Number(match.id.slice(1))] : undefined;
  if (choice) return namesOtherMoment(text, choice.label, nowMs) ? undefined : choice;
  if (meant.decision !== 'command') return undefined;
  return choices.find(({ data }) => data === `c=${meant.intents[0]?.id}`);
}

/** What cannot be undone needs its very words. */
function isGuessedForget({ intents: [meant] }: Understanding): boolean {
  return meant?.id === 'forget' && meant.score < 1;
}

/** A command, a greeting or thanks in the user's own words. */
function onWord(scene: Scene, state: State, understood: Understanding): Turn {
  const [meant] = understood.intents;
  const action = decode(`c=${meant?.id}`);
  // 「SMSを消していい？」 shows what is kept, with the button that deletes it.
  if (isGuessedForget(understood)) return onCommand(scene, state, 'recall');
  if (action?.kind === 'command') return onCommand(scene, state, action.command);
  const beginWith = (node: SystemNode): Turn => {
    const on = goOn(scene, state);
    return { ...on, replies: [systemReply(node), ...on.replies] };
  };
  switch (meant?.id) {
    case 'greeting':
      return beginWith('hello');
    case 'plea':
      return beginWith('plea');
    case 'unsolved':
      // Where all topics close it is asked what did not work.
      return topicOf(state) === HOME
        ? beginWith('plea')
        : goTo(scene, cleared(state), 'solved', 'next');
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
