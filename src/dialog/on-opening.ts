import { labelOf } from './content.ts';
import type { Understanding } from './intent.ts';
import { answeredAhead, namedIn } from './on-answer.ts';
import { questionOf } from './question.ts';
import { systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/**
 * What a text led to; where it opened a topic by an answer to its first question, that is not asked: by its very words
 * (「返金がまだ」, which four cards ask to send), or, where the dialog allows it, in other words, which are told back.
 */
export function withOpeningAnswer(
  scene: Scene,
  turn: Turn,
  text: string,
  meant: Understanding,
): Turn {
  const { state } = turn;
  const question = state && questionOf(scene.content, state);
  if (!question || state.pending || meant.intents[0]?.id !== state.dialog) return turn;
  const exactly = answeredAhead(scene, turn, text, namedIn);
  if (exactly) return exactly;
  const { node, place } = question;
  if (node.kind !== 'ask' || !node.from_opening || saysNameOnly(meant)) return turn;
  const ahead = answeredAhead(scene, turn, text);
  const given = ahead?.state?.answers[place.node];
  if (!ahead || given === undefined) return turn;
  const answer = labelOf(scene.content, place, given);
  return { ...ahead, replies: [systemReply('heard', { values: { answer } }), ...ahead.replies] };
}

/** A topic that is called by its name, 「返品・返金」, answers none of its questions. */
function saysNameOnly({ intents: [first] }: Understanding): boolean {
  return first?.score === 1;
}
