import { act } from './act.ts';
import { takeAnswer, takeDay, takeMoment } from './answer.ts';
import { chosen } from './chosen.ts';
import {
  type AnswerWords,
  CLOSING,
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
import { type Question, askAt, choicesOf, questionOf } from './question.ts';
import { isDoubtfulEnd, settledWords } from './settled.ts';
import type { State } from './state.ts';
import { commandChoice } from './system.ts';
import type { Scene, Turn } from './turn.ts';
import { readDay, readMoment } from './when.ts';

export type Text = Extract<EventBody, { kind: 'text' }>;

/** The answer that leads to more of the same question: who names one of those need not name it again. */
const MORE = 'more';
/** 「その他」 names none. */
const NOTHING_NAMED: ReadonlySet<string> = new Set(['more', 'other', 'top', 'unknown']);

/** Which answer it names word for word, by its label or, with `examples`, by one of these; not by a number. */
export function namedIn(
  content: Content,
  state: State,
  text: string,
  question: Question,
  { examples }: { examples: boolean },
): string | undefined {
  const spelt = spelling(text);
  const named = answersOf(content, state, question).find(
    ({ id, label, say }) =>
      !NOTHING_NAMED.has(id) &&
      [label, ...(examples ? say : [])].some((words) => spelling(words) === spelt),
  );
  return named?.id;
}

/** The answer of a question that a text means. */
function answerIn(
  content: Content,
  state: State,
  text: string,
  question: Question,
): string | undefined {
  const answers = answersOf(content, state, question);
  const match = matchAnswer(text, answers);
  const answer = match && 'id' in match ? answers.find(({ id }) => id === match.id) : undefined;
  if (!answer) return undefined;
  const { id, label, say } = answer;
  const doubtful =
    isEnd(question, id) && isDoubtfulEnd(text, [label, ...say], content.understand(text));
  return doubtful ? undefined : id;
}

/** The answers of a question with their words; none when it is answered otherwise. */
function answersOf(
  content: Content,
  state: State,
  question: Question,
): (AnswerWords & { id: string })[] {
  const { place, node } = question;
  if (node.kind !== 'ask') return [];
  const words = messageAt(content, place)?.answers ?? {};
  return Object.keys(node.answers).map((id) => {
    const answer = answerWords(own(words, id) ?? id);
    const more = isEnd(question, id) ? settledWords(content, topicOf(state)) : [];
    return { id, ...answer, say: [...answer.say, ...more] };
  });
}

/** Whether the answer says that all is well. */
function isEnd({ place }: Question, answer: string): boolean {
  return place.dialog === CLOSING && answer === 'done';
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
    const given = answerIn(content, state, body.text, question);
    if (given === undefined) return undefined;
    const turn = takeAnswer(scene, state, place, { given });
    const further = given === MORE && turn.state ? questionOf(content, turn.state) : undefined;
    const named = further && namedIn(content, state, body.text, further, { examples: true });
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

/**
 * 「違う、返品したい」: another answer to the question before, which is gone back to; 「違います」 alone goes back and asks. A
 * number would name a place in a list that is no longer in sight.
 */
export function corrected(scene: Scene, state: State, body: Text): Turn | undefined {
  const said = CORRECTION.exec(body.text);
  const returned = said ? stepBack(scene, cleared(state)) : undefined;
  const question = returned && questionOf(scene.content, returned);
  if (!said || !question) return undefined;
  const words = said[1] ?? said[2];
  if (words === undefined) return { state: returned, replies: [askAt(scene, returned, question)] };
  const { place, node } = question;
  if (node.kind === 'ask_date') {
    const day = readDay(words, scene.nowMs, node.past);
    return day === undefined
      ? undefined
      : takeDay(scene, returned, place, node, day, body.messageId);
  }
  const given = /\d/.test(words.normalize('NFKC'))
    ? undefined
    : answerIn(scene.content, returned, words, question);
  if (given === undefined || NOTHING_NAMED.has(given)) return undefined;
  return takeAnswer(scene, returned, place, { given });
}

/** 「違う商品が届いた」 corrects nothing, nor does 「いいえ」 alone, which answers. */
const CORRECTION =
  /^(?:あ|え|すみません)?[、。,\s]*(?:(?:(?:違|ちが)(?:う|った|います)|ちゃう(?:ねん|わ)?|(?:間違|まちが)(?:い|え(?:た|ました)))(?:です|よ)?(?:[、。,\s]+(\S.{0,60})|[。！!\s]*)|(?:いいえ|いや|やっぱり?|やはり)[、。,\s]*(\S.{0,60}))$/;

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
  const described = answersOf(content, state, question).map(({ id, label, hint = '', say }) => ({
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
  // An answer that opens that topic bears its name.
  const named = others.filter(({ label }) => answers.every((answer) => answer.label !== label));
  const choices = [...answers, ...named, commandChoice(content, 'continue')];
  const offer = pending('near', choices, { answer: answers[0]?.label ?? '' });
  return interpose({ ...state, misses: state.misses + 1 }, offer);
}
