import type { Assessment } from '../safety/assess.ts';
import { act } from './act.ts';
import { acknowledges, buttonOf, chosen, isDoubtful, yesOrNo } from './chosen.ts';
import { type Content, HOME, SCAM, topicOf } from './content.ts';
import { type Understanding, isGrave } from './intent.ts';
import { sayWithWayOn } from './moves.ts';
import { type Text, answerIn, corrected, offerLikest, onAnswerText } from './on-answer.ts';
import { asksBack, onAside } from './on-aside.ts';
import { onCommand } from './on-command.ts';
import { contactReply, onContact } from './on-contact.ts';
import { asksToMove, isOnlyWish, moveReminder, snoozeUntil, wishedReminder } from './on-moment.ts';
import { awaited, doubtEnd, onHowItWent } from './on-news.ts';
import { answersInstead, onFirstAnswer, onOffered } from './on-offered.ts';
import { withOpeningAnswer } from './on-opening.ts';
import { onPreface } from './on-preface.ts';
import { onOrderNumber, onSlotText } from './on-slot.ts';
import { onTold } from './on-told.ts';
import { offerToResume, onTopic } from './on-topic.ts';
import { onWord, withoutGuess } from './on-word.ts';
import { type Question, inTopic, questionOf } from './question.ts';
import { saysSettled } from './settled.ts';
import { readSlot } from './slot.ts';
import type { State } from './state.ts';
import { commandWord } from './system.ts';
import { topicWord } from './topic-word.ts';
import type { Scene, Turn } from './turn.ts';

/** After this long a user is asked whether to go on, instead of having words taken for an answer. */
const PAUSE_MS = 6 * 60 * 60 * 1000;

/**
 * What somebody typed: a command word for word, else whatever of `READINGS` it is first, else a topic. A text that means
 * nothing here changes nothing: the bot says so and asks again, and offers the menu from the second time on.
 */
export function onText(scene: Scene, state: State, body: Text): Turn {
  const { content } = scene;
  const question = questionOf(content, state);
  const found = content.assess(body.text);
  const asked =
    answersSlot(content, question, body.text, found) ||
    answersByName(scene, state, question, body.text, found) ||
    // 「110番していい？」 is not to be told that numbers are forged.
    (found.length > 0 && inTopic(question) && asksBack(content, body.text));
  const contact = asked ? undefined : contactReply(content, found);
  if (!contact) return onWords(scene, state, body, question);
  const text = content.withoutAddresses(body.text);
  const { decision } = content.understand(text);
  if (decision !== 'open' && decision !== 'choose') return onContact(scene, state, contact);
  const turn = onWords(scene, state, { ...body, text }, question);
  return { ...turn, replies: [contact, ...turn.replies] };
}

/** An order number is no telephone number, when it is what was asked for; an address is one wherever it stands. */
function answersSlot(
  content: Content,
  question: Question | undefined,
  text: string,
  found: readonly Assessment[],
): boolean {
  if (question?.node.kind !== 'ask_text') return false;
  if (found.some(({ kind }) => kind !== 'phone')) return false;
  return 'value' in readSlot(question.node.slot, text, content.mayRepeat);
}

/** 「Amazon.co.jp」 stands on the screen as the name of the shop, where it is asked who sells. */
function answersByName(
  scene: Scene,
  state: State,
  question: Question | undefined,
  text: string,
  found: readonly Assessment[],
): boolean {
  // A link that somebody pasted is to be looked at.
  if (question === undefined || found.length === 0 || text.includes('://')) return false;
  if (found.some(({ verdict }) => verdict !== 'listed' && verdict !== 'official-domain'))
    return false;
  return answerIn(scene, state, text, question) !== undefined;
}

/** A text with all that its readings need to know. */
type Said = {
  scene: Scene;
  state: State;
  body: Text;
  question: Question | undefined;
  meant: Understanding;
  /** Without 「やっぱり」 in front, which says nothing about an order that is no longer wanted. */
  plain: string;
  /** The question has waited for so long that no answer to it is expected. */
  paused: boolean;
};

/** What a text may be, in the order in which it is tried; each gives undefined when it is not that. */
const READINGS: readonly ((said: Said) => Turn | undefined)[] = [
  asChoice,
  asMoment,
  asHowItWent,
  asAnswer,
  asOffered,
  asAside,
  asPreface,
  asNews,
  asSettled,
  asWord,
  afterPause,
  asSlot,
  asOrderNumber,
  asTold,
  asLikeness,
  asFirstAnswer,
];

function onWords(scene: Scene, state: State, body: Text, question: Question | undefined): Turn {
  const { content } = scene;
  const command = commandWord(content, body.text);
  if (command) return onCommand(scene, state, command);
  const named = topicWord(content, body.text);
  const meant: Understanding =
    named === undefined
      ? withoutGuess(content.understand(body.text), body.text, question)
      : { decision: 'open', intents: [{ id: named, score: 1 }] };
  const plain = body.text.replace(/^(?:やっぱり|やっぱ|やはり)[、,\s]*/, '');
  const paused = inTopic(question) && scene.nowMs - state.at > PAUSE_MS;
  const said: Said = { scene, state, body, question, meant, plain, paused };
  for (const reading of READINGS) {
    const turn = reading(said);
    if (turn) return turn;
  }
  return withOpeningAnswer(scene, onTopic(scene, state, meant, question), body.text, meant);
}

/** One of the choices that the bot has put in between. */
function asChoice({ scene, state, body, question, meant }: Said): Turn | undefined {
  const { pending } = state;
  if (question && answersInstead(scene, state, body.text, question)) return undefined;
  if (pending && acknowledges(pending, body.text)) return sayWithWayOn(scene, state, 'thanks');
  const said = pending && yesOrNo(pending, body.text);
  const button = said
    ? buttonOf(said)
    : pending && chosen(scene, state, body.text, pending.choices, meant);
  if (!button) return undefined;
  return isDoubtful(scene.content, state, body.text, button, meant)
    ? doubtEnd(scene, state, button.choice, meant)
    : act(scene, state, button.choice.data);
}

/** An answer to the first question of a topic that is offered. */
function asOffered({ scene, state, body }: Said): Turn | undefined {
  return onOffered(scene, state, body.text);
}

/** The same of any topic, when nothing is being asked. */
function asFirstAnswer({ scene, state, body, question, meant }: Said): Turn | undefined {
  return inTopic(question) ? undefined : onFirstAnswer(scene, state, body.text, meant);
}

/** When to be reminded. */
function asMoment({ scene, state, body, question, meant, plain }: Said): Turn | undefined {
  const snoozed = snoozeUntil(scene, state, body.text);
  if (snoozed) return snoozed;
  const about = plain === body.text ? meant : scene.content.understand(plain);
  const elsewhere = about.decision === 'open' && !asksToMove(body.text);
  const moved = elsewhere ? undefined : moveReminder(scene, state, body.text);
  if (moved || !isOnlyWish(body.text) || question?.node.kind === 'remind') return moved;
  return wishedReminder(scene, state, body.text);
}

/** Where it stopped, or another matter, when a reminder has asked how it went. */
function asHowItWent({ scene, state, body, meant }: Said): Turn | undefined {
  return onHowItWent(scene, state, body.text, meant);
}

/** 「届きました」, unasked, of the one matter that a reminder is still to ask about. */
function asNews({ scene, state, body, meant }: Said): Turn | undefined {
  const news = awaited(scene, state, body.text, meant);
  return news && act(scene, state, news.data);
}

/** An answer to what was just asked, or to the question before. */
function asAnswer({ scene, state, body, question, meant, plain, paused }: Said): Turn | undefined {
  if (!question || paused) return undefined;
  // In the menu a sentence that clearly means a topic is that topic, not the row it resembles.
  if (question.place.dialog === HOME && meant.decision === 'open') return undefined;
  return (
    onAnswerText(scene, state, { ...body, text: plain }, question, meant) ??
    corrected(scene, state, body)
  );
}

/** What somebody asks back, or says besides, in the middle of a topic. */
function asAside({ scene, state, body, question, meant, paused }: Said): Turn | undefined {
  if (!inTopic(question) || paused || isGrave(meant)) return undefined;
  return onAside(scene, state, body.text, meant);
}

/** 「昨日届きました」, where something else is asked, also days later; what a fraud leaves to be done is not over with one deed. */
function asSettled({ scene, state, body, question }: Said): Turn | undefined {
  const topic = topicOf(state);
  if (!inTopic(question) || topic === SCAM) return undefined;
  return saysSettled(scene.content, topic, body.text)
    ? sayWithWayOn(scene, state, 'thanks')
    : undefined;
}

/** A command, a greeting or thanks; whoever comes back after a while and greets is asked whether to go on. */
function asWord({ scene, state, body, meant, paused }: Said): Turn | undefined {
  if (paused && meant.intents[0]?.id === 'greeting') return undefined;
  return onWord(scene, state, body.text, meant);
}

function afterPause({ scene, state, meant, paused }: Said): Turn | undefined {
  return paused ? offerToResume(scene, state, meant) : undefined;
}

/** An order number or an amount, where one is asked for. */
function asSlot({ scene, state, body, question, meant }: Said): Turn | undefined {
  return onSlotText(scene, state, body, question, meant);
}

/** An order number that nothing has asked for just now. */
function asOrderNumber({ scene, state, body }: Said): Turn | undefined {
  return onOrderNumber(scene, state, body);
}

/** 「質問があります」, before it is asked. */
function asPreface({ scene, state, body, paused }: Said): Turn | undefined {
  return paused ? undefined : onPreface(scene, state, body.text);
}

/** What another question of the topic asks for, or that somebody does not know what to choose. */
function asTold({ scene, state, body, question, meant }: Said): Turn | undefined {
  return inTopic(question) ? onTold(scene, state, body.text, question, meant) : undefined;
}

/** An answer in words that only resemble it: the user is asked. */
function asLikeness({ scene, state, question, meant, plain }: Said): Turn | undefined {
  return question && offerLikest(scene, state, plain, question, meant);
}
