import { act } from './act.ts';
import { takeAnswer, takeDay, takeMoment } from './answer.ts';
import { chosen } from './chosen.ts';
import {
  type AnswerWords,
  type Content,
  HOME,
  answerWords,
  messageAt,
  own,
  topicOf,
} from './content.ts';
import type { EventBody } from './event.ts';
import { type Understanding, isGrave } from './intent.ts';
import { likest } from './match/likeness.ts';
import { spelling } from './match/spelling.ts';
import { matchAnswer } from './match-answer.ts';
import { cleared, interpose, pending, topicChoice } from './moves.ts';
import { stepBack } from './on-command.ts';
import { decode } from './postback.ts';
import { type Question, choicesOf, questionOf } from './question.ts';
import type { State } from './state.ts';
import { commandChoice } from './system.ts';
import type { Scene, Turn } from './turn.ts';
import { readDay, readMoment } from './when.ts';

export type Text = Extract<EventBody, { kind: 'text' }>;

/** The answer that leads to more of the same question: who names one of those need not name it again. */
const MORE = 'more';
/** 「その他」 names none. */
const NOTHING_NAMED: ReadonlySet<string> = new Set(['more', 'other', 'top', 'unknown']);

/** Which of those it names by an example of its own: not by a number, nor by the label of the button before it. */
function namedIn(content: Content, text: string, question: Question): string | undefined {
  const named = answersOf(content, question).find(
    ({ id, label, say }) =>
      !NOTHING_NAMED.has(id) && [label, ...say].some((words) => spelling(words) === spelling(text)),
  );
  return named?.id;
}

/** The answer of a question that a text means. */
function answerIn(content: Content, text: string, question: Question): string | undefined {
  const match = matchAnswer(text, answersOf(content, question));
  return match && 'id' in match ? match.id : undefined;
}

/** The answers of a question with their words; none when it is answered otherwise. */
function answersOf(content: Content, { place, node }: Question): (AnswerWords & { id: string })[] {
  if (node.kind !== 'ask') return [];
  const words = messageAt(content, place)?.answers ?? {};
  return Object.keys(node.answers).map((id) => ({ id, ...answerWords(own(words, id) ?? id) }));
}

/** The text as an answer to the running question; undefined when it is none. */
export function onAnswerText(
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

/** 「違う、返品したい」: another answer to the question before, which is gone back to. */
export function corrected(scene: Scene, state: State, text: string): Turn | undefined {
  const meant = CORRECTION.exec(text)?.[1];
  const returned = meant === undefined ? undefined : stepBack(scene, cleared(state));
  const question = returned && questionOf(scene.content, returned);
  const given = question && meant && answerIn(scene.content, meant, question);
  return given ? takeAnswer(scene, returned, question.place, { given }) : undefined;
}

/** 「違う商品が届いた」 corrects nothing. */
const CORRECTION =
  /^(?:(?:(?:違|ちが)(?:う|った|います)|(?:間違|まちが)(?:い|え(?:た|ました))|いいえ|いや)(?:です|よ)?[、。,\s]+|(?:やっぱり?|やはり)[、。,\s]*)(\S.{0,60})$/;

/** Who surely speaks of another topic, or of the weather, is taken at his word, unless so much of an answer is in it. */
const BEFORE_ANOTHER_MATTER = 0.5;
/** So often in a row; then come the ways out. */
const MOST_GUESSES = 2;

/** Asks whether the text means the answer of the running question that it resembles; undefined when it resembles none. */
export function offerLikest(
  scene: Scene,
  state: State,
  text: string,
  question: Question,
  meant: Understanding,
): Turn | undefined {
  const { content } = scene;
  const { place, node } = question;
  const elsewhere = meant.several === true || isGrave(meant);
  if (node.kind !== 'ask' || place.dialog === HOME || elsewhere) return undefined;
  if (state.misses >= MOST_GUESSES) return undefined;
  const described = answersOf(content, question).map(({ id, label, hint = '', say }) => ({
    id,
    phrases: [label, ...label.split('・'), ...hint.split(/[・、。]/), ...say],
  }));
  const likely = likest(text, described);
  const topic = meant.decision === 'open' ? meant.intents[0]?.id : undefined;
  const known = topic !== undefined && own(content.dialogs, topic) !== undefined;
  const other = known && topic !== topicOf(state) ? topic : undefined;
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
