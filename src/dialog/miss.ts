import { HOME } from './content.ts';
import { askedAlone, cleared, interpose, openTopic, pending, topicChoice } from './moves.ts';
import { type Question, isGone, questionOf } from './question.ts';
import type { State } from './state.ts';
import { CHANGED, type SystemNode, UNCLEAR, commandChoice, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** What the bot asked because it was not sure; a second time the question itself is worth more. */
const GUESSES: ReadonlySet<string> = new Set([
  'near',
  'switch',
  'again',
  'choose',
] satisfies SystemNode[]);

/** Says that the text was not understood and asks again; from the second time in a row, offers ways out. */
export function miss(scene: Scene, state: State, words: SystemNode = UNCLEAR): Turn {
  const { content } = scene;
  const missed = { ...state, misses: state.misses + 1 };
  const question = questionOf(content, state);
  const guess = missed.misses > 1 && question && GUESSES.has(state.pending?.node ?? '');
  const again = askedAlone(scene, guess ? cleared(state) : state);
  if (again.length === 0) {
    const home = openTopic(scene, missed, HOME);
    const why = isGone(content, state) ? CHANGED : words;
    return { ...home, replies: [systemReply(why), ...home.replies] };
  }
  if (missed.misses < 2) {
    const said = words === UNCLEAR ? unclear(state.pending ? undefined : question) : words;
    return { state: missed, replies: [systemReply(said), ...again] };
  }
  const atHome = question?.place.dialog === HOME;
  const ways = [
    ...(atHome ? [] : [commandChoice(content, 'menu')]),
    topicChoice(content, 'contact-howto'),
  ];
  // First what was asked, under the same numbers as before.
  const asks = again.flatMap((reply) => reply.choices ?? []);
  const others = ways.filter(({ data }) => asks.every((choice) => choice.data !== data));
  const choices = [...asks, ...others];
  const said = words === UNCLEAR ? [] : [systemReply(words)];
  return interpose(missed, pending('unclear-menu', choices), said);
}

/** Where a day or a moment is asked for, an example of one helps more. */
function unclear(question: Question | undefined): SystemNode {
  switch (question?.node.kind) {
    case 'ask_date':
      return 'slot-date';
    case 'remind':
      return 'reminder-unclear';
    default:
      return UNCLEAR;
  }
}
