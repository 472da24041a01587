import { act } from './act.ts';
import { takeAnswer, takeDay, takeMoment } from './answer.ts';
import {
  type Button,
  buttonIn,
  buttonOf,
  chosen,
  isClosing,
  isDoubtful,
  isEnd,
  sayings,
} from './chosen.ts';
import { CLOSING, type Content, HOME, NOT_DONE, SCAM, own, topicOf } from './content.ts';
import type { EventBody } from './event.ts';
import { type Understanding, isGrave } from './intent.ts';
import { likest } from './match/likeness.ts';
import { bareAnswer, denies } from './match/polarity.ts';
import { phraseOf, spelling } from './match/spelling.ts';
import { cleared, interpose, pending, topicChoice } from './moves.ts';
import { stepBack } from './on-command.ts';
import { type Question, askAt, choicesOf, questionOf } from './question.ts';
import { saysOnly, saysSettled } from './settled.ts';
import type { State } from './state.ts';
import { commandChoice } from './system.ts';
import type { Scene, Turn } from './turn.ts';
import { readDay, readMoment } from './when.ts';

export type Text = Extract<EventBody, { kind: 'text' }>;

/** The answer of a menu that leads to more of the same. */
const MORE = 'more';
/** 「その他」 names none. */
const NOTHING_NAMED: ReadonlySet<string> = new Set(['more', 'other', 'top', 'unknown']);

/** The answer that a text names word for word, by its label or one of its examples; not by a number. */
export function namedIn(
  scene: Scene,
  state: State,
  text: string,
  question: Question,
): string | undefined {
  const spelt = spelling(text);
  const named = answersOf(scene, state, question).find(
    (answer) =>
      !NOTHING_NAMED.has(answer.id) &&
      [answer.choice.label, ...sayings(scene.content, state, answer)].some(
        (words) => phraseOf(words).spelt === spelt,
      ),
  );
  return named?.id;
}

/** The answer of a question that a text means. */
export function answerIn(
  scene: Scene,
  state: State,
  text: string,
  question: Question,
): string | undefined {
  const { content } = scene;
  const answer = buttonIn(content, state, text, answersOf(scene, state, question));
  if (!answer) return undefined;
  const { id, choice, action } = answer;
  const notDone = question.place.dialog === CLOSING && id === NOT_DONE;
  if (!isEnd(content, action) && !NOTHING_NAMED.has(id) && !notDone) return id;
  const meant = content.understand(text);
  if (isDoubtful(content, state, text, answer, meant)) return undefined;
  if (meant.decision !== 'open' || meant.intents[0]?.id === topicOf(state)) return id;
  // 「荷物が届かない」 at the end of another matter is a new one, 「まだ届かない」 may be said of this one.
  if (notDone) return namedIn(scene, state, text, question) === id ? id : undefined;
  // 「知らない請求が来た」 tells of something, and 「知らない」 alone of nothing.
  const words = [choice.label, ...sayings(content, state, answer)];
  return NOTHING_NAMED.has(id) && !saysOnly(text, words) ? undefined : id;
}

/** The answers of a question, by their ids; none when it is answered otherwise. */
function answersOf(scene: Scene, state: State, question: Question): (Button & { id: string })[] {
  const choices = question.node.kind === 'ask' ? choicesOf(scene, state, question) : [];
  return choices.map(buttonOf).flatMap((button) => {
    const { action } = button;
    return action?.kind === 'answer' ? [{ ...button, id: action.answer }] : [];
  });
}

/** The text as an answer to the running question; undefined when it is none. */
export function onAnswerText(
  scene: Scene,
  state: State,
  body: Text,
  question: Question,
  meant: Understanding,
): Turn | undefined {
  const { nowMs } = scene;
  const { place, node } = question;
  if (node.kind === 'ask') {
    const given = answerIn(scene, state, body.text, question);
    const turn = given === undefined ? undefined : takeAnswer(scene, state, place, { given });
    if (given === MORE && turn) return answeredAhead(scene, turn, body.text, namedIn) ?? turn;
    const closing = place.dialog === CLOSING && own(node.answers, NOT_DONE) !== undefined;
    if (!closing || (turn && given !== NOT_DONE)) return turn;
    // 「断られた」, where it is asked whether all is well: what would be asked next is answered with it.
    const on = turn ?? takeAnswer(scene, state, place, { given: NOT_DONE });
    return answeredAhead(scene, on, body.text) ?? turn;
  }
  if (node.kind === 'remind' && agrees(body.text)) {
    return takeAnswer(scene, state, place, { given: 'pick' });
  }
  if (node.kind === 'ask_date') {
    if (node.awaited && saysSettled(scene.content, topicOf(state), body.text)) return undefined;
    // Before the buttons: 「一昨日」 holds 「昨日」.
    const day = readDay(body.text, nowMs, node.past);
    if (day !== undefined) return takeDay(scene, state, place, node, day, body.messageId);
  }
  const button = chosen(scene, state, body.text, choicesOf(scene, state, question), meant);
  if (button) return act(scene, state, button.choice.data);
  if (node.kind === 'remind') {
    const dueMs = readMoment(body.text, nowMs);
    if (dueMs !== undefined) return takeMoment(scene, state, place, node, dueMs);
  }
  return undefined;
}

/** The question that a turn ends with, answered with the same text; undefined when it does not answer it. */
export function answeredAhead(
  scene: Scene,
  { state }: Turn,
  text: string,
  find = answerIn,
): Turn | undefined {
  const question = state ? questionOf(scene.content, state) : undefined;
  if (!state || !question) return undefined;
  const given = find(scene, state, text, question);
  if (given === undefined || NOTHING_NAMED.has(given)) return undefined;
  return takeAnswer(scene, state, question.place, { given });
}

/** 「はい、お願いします」 to the offer of a reminder, which asks when; 「大丈夫です」 declines it. */
function agrees(text: string): boolean {
  return bareAnswer(spelling(text)) === 'yes' && !/大丈夫|だいじょうぶ|いいです/.test(text);
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
    : answerIn(scene, returned, words, question);
  if (given === undefined || NOTHING_NAMED.has(given)) return undefined;
  return takeAnswer(scene, returned, place, { given });
}

/** 「違う商品が届いた」 corrects nothing, nor does 「いいえ」 alone, which answers. */
const CORRECTION =
  /^(?:あ|え|すみません)?[、。,\s]*(?:さっきのは?)?(?:(?:(?:違|ちが)(?:う|った|います)|ちゃう(?:ねん|わ)?|(?:間違|まちが)(?:い|え(?:た|ました)))(?:です|よ)?(?:[、。,\s]+(\S.{0,60})|[。！!\s]*)|(?:いいえ|いや|やっぱり?|やはり)[、。,\s]*(\S.{0,60}))$/;

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
  const answers = answersOf(scene, state, question);
  const likely = likest(
    text,
    answers.map((answer) => {
      const { label, hint = '' } = answer.choice;
      const more = sayings(content, state, answer);
      return {
        id: answer.id,
        phrases: [label, ...label.split('・'), ...hint.split(/[・、。]/), ...more],
      };
    }),
  );
  const topic = meant.decision === 'open' ? meant.intents[0]?.id : undefined;
  const known = topic !== undefined && own(content.dialogs, topic) !== undefined;
  const other = known && topic !== topicOf(state) ? topic : undefined;
  const [first] = likely;
  const surely = other !== undefined || meant.outside !== undefined;
  if (!first || (surely && first.likeness < BEFORE_ANOTHER_MATTER)) return undefined;
  const near = likely.flatMap(({ id }) => answers.find((answer) => answer.id === id) ?? []);
  const offered = near
    .filter((answer) => mayBeOffered(content, answer, topic))
    .map(({ choice }) => choice);
  const [likeliest] = offered;
  if (!likeliest) return undefined;
  const others = other === undefined ? [] : [topicChoice(content, other)];
  // An answer that opens that topic bears its name.
  const named = others.filter(({ label }) => offered.every((answer) => answer.label !== label));
  const choices = [...offered, ...named, commandChoice(content, 'continue')];
  const offer = pending('near', choices, { answer: likeliest.label });
  return interpose({ ...state, misses: state.misses + 1 }, offer);
}

/**
 * Whether somebody may be asked if that is what he meant. 「あった」 in 「詐欺にあった」 is the end of a question, and
 * nothing like it; that nothing was told or paid may be asked.
 */
function mayBeOffered(
  content: Content,
  { choice, action }: Button,
  topic: string | undefined,
): boolean {
  if (isClosing(action)) return topic !== SCAM;
  return !isEnd(content, action) || denies(phraseOf(choice.label).spelt);
}
