import { isGuessedForget } from './chosen.ts';
import { HOME, UNSOLVED, topicOf } from './content.ts';
import type { Understanding } from './intent.ts';
import { denies } from './match/polarity.ts';
import { spelling } from './match/spelling.ts';
import { miss } from './miss.ts';
import { cleared, goTo, sayWithWayOn } from './moves.ts';
import { goOn, onCommand } from './on-command.ts';
import { wishedReminder } from './on-moment.ts';
import { decode } from './postback.ts';
import { type Question, inTopic } from './question.ts';
import type { State } from './state.ts';
import { type SystemNode, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** Commands that leave the running question behind. */
const LEAVING: ReadonlySet<string> = new Set(['menu', 'back', 'restart', 'cancel']);
/** A guess less sure than this moves nobody away from a question. */
const WORTH_LEAVING = 0.6;

/** 「終わってない」 is like 「終わり」, and wants the opposite; 「別に」 is like a command, and answers. */
export function withoutGuess(
  meant: Understanding,
  text: string,
  question: Question | undefined,
): Understanding {
  const [word] = meant.intents;
  if (meant.decision !== 'command' || !word || word.score === 1 || !LEAVING.has(word.id))
    return meant;
  const unsure = inTopic(question) && word.score < WORTH_LEAVING;
  return unsure || denies(spelling(text)) ? { decision: 'none', intents: [] } : meant;
}

/** A command, a greeting or thanks in the user's own words; undefined when a text is no such word. */
export function onWord(
  scene: Scene,
  state: State,
  text: string,
  understood: Understanding,
): Turn | undefined {
  if (understood.decision !== 'command') return undefined;
  const [meant] = understood.intents;
  const wished = meant?.id === 'reminders' ? wishedReminder(scene, state, text) : undefined;
  if (wished) return wished;
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
        : goTo(scene, cleared(state), UNSOLVED.dialog, UNSOLVED.node);
    case 'moment':
      return sayWithWayOn(scene, state, 'no-hurry');
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
