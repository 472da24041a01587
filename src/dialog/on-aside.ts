import {
  ASIDES,
  type Content,
  type Place,
  SCAM,
  answerWords,
  messageAt,
  topicOf,
} from './content.ts';
import type { Understanding } from './intent.ts';
import { type AnswerOption, sayingsIn, sayingsThatAre } from './match-answer.ts';
import { askedAlone, cleared } from './moves.ts';
import { goOn } from './on-command.ts';
import { sayAt } from './say.ts';
import type { State } from './state.ts';
import type { Scene, Turn } from './turn.ts';

/** Before the question that comes again, as much as somebody reads. */
const MOST_AT_ONCE = 2;

/**
 * 「無料ですか」「なるほど」: what is asked back or remarked in the middle of a topic, and belongs to any. It is answered, in the
 * words that fit the topic, and the question asked again; undefined when a text is nothing of the kind.
 */
export function onAside(
  scene: Scene,
  state: State,
  text: string,
  meant: Understanding,
): Turn | undefined {
  const { content, nowMs } = scene;
  const surely = meant.decision === 'open' || meant.several === true;
  const topic = topicOf(state);
  // 「また電話が来たら出ないほうがいいですか」, asked by whoever is in the hands of a fraudster, begins no other matter.
  const elsewhere = surely && topic !== SCAM && meant.intents[0]?.id !== topic;
  const whole = inEachPart(content, text);
  const held = () =>
    elsewhere
      ? []
      : sayingsIn(text, sayingsAt(content, { dialog: ASIDES.dialog, node: ASIDES.asked }));
  const nodes = (whole ?? held()).slice(0, MOST_AT_ONCE);
  if (nodes.length === 0) return undefined;
  const on = goOn(scene, cleared(state), askedAlone);
  const answers = nodes.map((node) =>
    sayAt(content, state, { dialog: ASIDES.dialog, node }, nowMs),
  );
  return { ...on, replies: [...answers, ...on.replies] };
}

/** Whether a text is nothing but that. */
export function asksBack(content: Content, text: string): boolean {
  return inEachPart(content, text) !== undefined;
}

/** Of 「えっ、無料ですか？何時まで？」 both questions, as nothing else is in it; a remark only when nothing is asked. */
function inEachPart(content: Content, text: string): readonly string[] | undefined {
  const asked = sayingsAt(content, { dialog: ASIDES.dialog, node: ASIDES.asked });
  const remarked = sayingsAt(content, { dialog: ASIDES.dialog, node: ASIDES.remarked });
  const parts = text.split(PARTS).filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (parts.length > MOST_PARTS) return undefined;
  const questions = parts.map((part) => sayingsThatAre(part, asked));
  const remarks = parts.map((part) => sayingsThatAre(part, remarked));
  if (!parts.every((_, at) => [questions, remarks].some((found) => found[at]?.length)))
    return undefined;
  const found = new Set(questions.flat());
  return [...(found.size > 0 ? found : new Set(remarks.flat()))];
}

/** A story has more. */
const MOST_PARTS = 4;
/** A question mark stays with what it ends. */
const PARTS = /(?<=[?？])|[。、,，!！\n]+/;

/** What may be said there, by the names of the answers. */
export function sayingsAt(content: Content, place: Place): AnswerOption[] {
  const answers = messageAt(content, place)?.answers ?? {};
  return Object.entries(answers).map(([id, answer]) => ({ id, ...answerWords(answer) }));
}
