import type { Answer, Message, Messages, Phrase } from '../message/schema.ts';
import type { Assessment } from '../safety/assess.ts';
import type { Facts } from '../safety/facts.ts';
import type { Understanding } from './intent.ts';
import type { Dialog, Node } from './schema.ts';
import type { State } from './state.ts';

/** All that editors write, read and checked: what `step` and `render` work on. */
export type Content = {
  /** By dialog id, from dialogs/. */
  dialogs: Readonly<Record<string, Dialog>>;
  /** By dialog id, from messages/ja/; `system` and `asides` hold what belongs to no topic. */
  messages: Readonly<Record<string, Messages>>;
  phrases: Readonly<Record<string, Phrase>>;
  facts: Facts;
  /** What people mean by a text, learnt from messages/intents.yaml. */
  understand: (text: string) => Understanding;
  /** False for a text that must not be repeated by the bot: it holds a link, a number or a mail address that is no fact. */
  mayRepeat: (text: string) => boolean;
  /** What is known of links, numbers and mail addresses in a text; nothing is ever opened. The gravest first. */
  assess: (text: string) => Assessment[];
  /** The text without such addresses: their words say where they pretend to lead, not what somebody wants. */
  withoutAddresses: (text: string) => string;
};

/** The dialog that every way out leads to. */
export const HOME = 'menu';

/** The dialog that every topic closes with. */
export const CLOSING = 'solved';

/** The topic for whoever received something doubtful. */
export const SCAM = 'suspected-scam';

/** `dialog.node`, as states and replies name a place. */
export type Place = { dialog: string; node: string };

/**
 * What people ask back or remark in the middle of any topic, in messages/ja/: two lists of what they say, of which each is
 * replied to by the node of its name. A remark counts only by itself: who adds 「最悪」 to what broke tells of that.
 */
export const ASIDES = { dialog: 'asides', asked: 'asked', remarked: 'remarked' } as const;

/** Places that the code leads to by name, and the answers that it knows there; `check` refuses content without them. */
export const UNSOLVED: Place = { dialog: CLOSING, node: 'next' };
export const SOLVED: Place = { dialog: CLOSING, node: 'thanks' };
export const WAITING: Place = { dialog: 'wait', node: 'later' };
export const DONE = 'done';
export const NOT_DONE = 'no';

export const KNOWN_PLACES: readonly (Place & { answers?: readonly string[] })[] = [
  { dialog: CLOSING, node: 'ask', answers: [DONE, NOT_DONE] },
  UNSOLVED,
  SOLVED,
  WAITING,
];

export function placeName(place: Place): string {
  return `${place.dialog}.${place.node}`;
}

export function toPlace(name: string): Place {
  const [dialog = '', node = ''] = name.split('.');
  return { dialog, node };
}

/** Own properties only, so that a name such as `constructor` finds nothing. */
export function nodeAt(content: Content, place: Place): Node | undefined {
  const dialog = own(content.dialogs, place.dialog);
  return dialog && own(dialog.nodes, place.node);
}

export function messageAt(content: Content, place: Place): Message | undefined {
  const messages = own(content.messages, place.dialog);
  return messages && own(messages.nodes, place.node);
}

export function titleOf(content: Content, dialog: string): string {
  return own(content.messages, dialog)?.title ?? dialog;
}

/** What the conversation is about: the topic it began with, also while a shared dialog is open. */
export function topicOf(state: Pick<State, 'answers' | 'dialog'>): string {
  return own(state.answers, 'topic') ?? state.dialog ?? HOME;
}

export type AnswerWords = { label: string; hint?: string; say: readonly string[] };

export function answerWords(answer: Answer): AnswerWords {
  if (typeof answer === 'string') return { label: answer, say: [] };
  const { label, hint, say = [] } = answer;
  return hint === undefined ? { label, say } : { label, hint, say };
}

/** What the button of an answer says. */
export function labelOf(content: Content, place: Place, answer: string): string {
  return answerWords(own(messageAt(content, place)?.answers ?? {}, answer) ?? answer).label;
}

export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
