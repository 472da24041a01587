import { withoutAddresses } from '../safety/contacts.ts';
import { act } from './act.ts';
import { chosen, isGuessedForget, yesOrNo } from './chosen.ts';
import { type Content, HOME, topicOf } from './content.ts';
import type { Understanding } from './intent.ts';
import { cleared, goTo, sayWithWayOn } from './moves.ts';
import { type Text, corrected, offerLikest, onAnswerText } from './on-answer.ts';
import { goOn, onCommand, passed } from './on-command.ts';
import { contactReply, onContact } from './on-contact.ts';
import { asksToMove, awaited, moveReminder, snoozeUntil, wishedReminder } from './on-news.ts';
import { miss, offerToResume, onTopic } from './on-topic.ts';
import { decode } from './postback.ts';
import { type Question, questionOf } from './question.ts';
import { readSlot } from './slot.ts';
import type { State } from './state.ts';
import { type SystemNode, commandWord, systemReply } from './system.ts';
import { topicWord } from './topic-word.ts';
import type { Scene, Turn } from './turn.ts';

/** After this long a user is asked whether to go on, instead of having words taken for an answer. */
const PAUSE_MS = 6 * 60 * 60 * 1000;

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
  const text = withoutAddresses(body.text);
  const { decision } = content.understand(text);
  if (decision !== 'open' && decision !== 'choose') return onContact(scene, state, contact);
  const turn = onWords(scene, state, { ...body, text }, question);
  return { ...turn, replies: [contact, ...turn.replies] };
}

/** An order number is no telephone number, when it is what was asked for; an address is one wherever it stands. */
function answersSlot(content: Content, question: Question | undefined, text: string): boolean {
  if (question?.node.kind !== 'ask_text') return false;
  if (content.assess(text).some(({ kind }) => kind !== 'phone')) return false;
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
  const elsewhere = about.decision === 'open' && !asksToMove(body.text);
  const moved = elsewhere ? undefined : moveReminder(scene, state, body.text);
  if (moved) return moved;
  const onTopicNow = question !== undefined && question.place.dialog !== HOME;
  const paused = onTopicNow && scene.nowMs - state.at > PAUSE_MS;
  if (question && !paused) {
    // In the menu a sentence that clearly means a topic is that topic, not the row it resembles.
    const sure = question.place.dialog === HOME && meant.decision === 'open';
    const turn = sure
      ? undefined
      : (onAnswerText(scene, state, { ...body, text: plain }, question, meant) ??
        corrected(scene, state, body.text));
    if (turn) return turn;
  }
  const greeted = meant.decision === 'command' && meant.intents[0]?.id === 'greeting';
  if (meant.decision === 'command' && !(paused && greeted)) {
    return onWord(scene, state, body.text, meant);
  }
  if (paused) return offerToResume(scene, state, meant);
  if (question?.node.kind === 'ask_text') return onSlot(scene, state, body, question, meant);
  return (
    (question && offerLikest(scene, state, plain, question, meant)) ??
    onTopic(scene, state, meant, question)
  );
}

/** A command, a greeting or thanks in the user's own words. */
function onWord(scene: Scene, state: State, text: string, understood: Understanding): Turn {
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
        : goTo(scene, cleared(state), 'solved', 'next');
    case 'thanks': {
      const news = awaited(scene, state, text, understood);
      return news ? act(scene, state, news.data) : sayWithWayOn(scene, state, 'thanks');
    }
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
