import { act } from './act.ts';
import { type Content, HOME, own } from './content.ts';
import type { Understanding } from './intent.ts';
import { tellsToo } from './match/polarity.ts';
import { spelling } from './match/spelling.ts';
import { topicChoice } from './moves.ts';
import { answeredAhead, namedIn } from './on-answer.ts';
import { decode } from './postback.ts';
import type { Choice } from './reply.ts';
import type { Question } from './question.ts';
import type { State } from './state.ts';
import type { SystemNode } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** What the bot puts between a question and its answer when it is not sure what was meant. */
const GUESSES: ReadonlySet<string> = new Set(['near', 'switch', 'again'] satisfies SystemNode[]);

/** Topics to choose from. */
const TOPICS: ReadonlySet<string> = new Set([
  'switch',
  'choose',
  'choose-first',
] satisfies SystemNode[]);

/** Whether a text is no yes or no to a guess, but an answer to the question itself: 「ありました」 to 「「どこにもない」ということでしょうか？」. */
export function answersInstead(
  scene: Scene,
  state: State,
  text: string,
  question: Question,
): boolean {
  if (!GUESSES.has(state.pending?.node ?? '') || !tellsToo(spelling(text))) return false;
  return namedIn(scene, state, text, question) !== undefined;
}

/** 「知らずに入っていた」, to topics to choose from: it answers the first question of one of them, which is meant. */
export function onOffered(scene: Scene, state: State, text: string): Turn | undefined {
  const offered = TOPICS.has(state.pending?.node ?? '') ? (state.pending?.choices ?? []) : [];
  return answeredIn(scene, state, text, offered);
}

/** 「押した」 and 「はい」 tell nothing to whoever has asked nothing. */
const TELLING = 5;

/**
 * 「ウイルスに感染しましたと出た」, to whoever begins: where no topic is heard in a text for sure, it is the one whose first
 * question it answers word for word.
 */
export function onFirstAnswer(
  scene: Scene,
  state: State,
  text: string,
  meant: Understanding,
): Turn | undefined {
  const unsure = meant.decision === 'none' || meant.decision === 'choose';
  if (!unsure || meant.several || meant.outside !== undefined || state.pending) return undefined;
  if (spelling(text).length < TELLING) return undefined;
  const { content } = scene;
  return answeredIn(
    scene,
    state,
    text,
    topicsOfMenu(content).map((id) => topicChoice(content, id)),
  );
}

function topicsOfMenu(content: Content): readonly string[] {
  const nodes = Object.values(own(content.dialogs, HOME)?.nodes ?? {});
  return nodes
    .flatMap((node) => (node.kind === 'ask' ? Object.values(node.answers) : []))
    .flatMap((target) => (typeof target === 'string' ? [] : [target.open]));
}

/** Led on by the one topic whose first question the text answers word for word. */
function answeredIn(
  scene: Scene,
  state: State,
  text: string,
  choices: readonly Choice[],
): Turn | undefined {
  const answered = choices
    .filter(({ data }) => decode(data)?.kind === 'open')
    .flatMap(({ data }) => answeredAhead(scene, act(scene, state, data), text, namedIn) ?? []);
  return answered.length === 1 ? answered[0] : undefined;
}
