import { type Content, type Place, SCAM, answerWords, messageAt, topicOf } from './content.ts';
import type { Understanding } from './intent.ts';
import { type AnswerOption, matchAnswer } from './match-answer.ts';
import { bareAnswer } from './match/polarity.ts';
import { bare, phraseOf, spelling } from './match/spelling.ts';
import { miss } from './miss.ts';
import { isFaint, topicsOf } from './on-topic.ts';
import type { Question } from './question.ts';
import type { State } from './state.ts';
import { sameSayings, wayLabel, waySayings } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/**
 * 「開けました」, where it is asked who sent it: it was read, and another question of the dialog asks for it, so nobody is
 * asked to write it once more. 「わからない」, where no answer says that, is no riddle either. The second time in a row, and
 * where a text means another topic, undefined.
 */
export function onTold(
  scene: Scene,
  state: State,
  text: string,
  { place, node }: Question,
  meant: Understanding,
): Turn | undefined {
  const { content } = scene;
  if (node.kind !== 'ask' || state.misses > 0 || state.pending) return undefined;
  if (saysUnknown(content, text)) return miss(scene, state, 'unsure');
  // 「お金は払ってない」, said by a victim, is asked about.
  if (topicOf(state) === SCAM) return undefined;
  const [topic = topicOf(state)] = topicsOf(content, meant);
  if (topic !== topicOf(state) && !isFaint(meant)) return undefined;
  if (bareAnswer(spelling(text)) !== undefined) return undefined;
  return answersAnother(content, place, text) ? miss(scene, state, 'noted') : undefined;
}

function saysUnknown(content: Content, text: string): boolean {
  const label = wayLabel(content, 'unknown');
  const said = bare(spelling(text));
  return [label, ...waySayings(content, label)].some((words) => phraseOf(words).bare === said);
}

/** Whether a text is an answer of another question of that dialog, asked before or still to come. */
function answersAnother(content: Content, { dialog, node: here }: Place, text: string): boolean {
  const nodes = Object.entries(content.dialogs[dialog]?.nodes ?? {});
  return nodes.some(([node, { kind }]) => {
    if (kind !== 'ask' || node === here) return false;
    const words = Object.entries(messageAt(content, { dialog, node })?.answers ?? {});
    const options = words.map(([id, answer]): AnswerOption => {
      const { label, say } = answerWords(answer);
      return { id, label, say: [...say, ...sameSayings(content.messages, label)] };
    });
    const match = matchAnswer(text, options);
    return match !== undefined && 'id' in match && match.id !== 'unknown';
  });
}
