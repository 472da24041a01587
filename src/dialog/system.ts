import { type Content, answerWords, labelOf, own } from './content.ts';
import { type Command, encode } from './postback.ts';
import type { Choice, Reply } from './reply.ts';

/** What the bot says on its own account stands in messages/ja/system.yaml; `check` asks for exactly these nodes. */
export const SYSTEM = 'system';

export const SYSTEM_NODES = [
  'ways',
  'same',
  'greeting',
  'greeting-again',
  'hello',
  'help',
  'about',
  'thanks',
  'unclear',
  'unclear-menu',
  'noted',
  'unsure',
  'heard',
  'near',
  'near-end',
  'near-topic',
  'choose',
  'choose-first',
  'later',
  'switch',
  'again',
  'resume',
  'resume-topic',
  'old-button',
  'gone-button',
  'changed',
  'late',
  'apology',
  'cancelled',
  'nothing-before',
  'recall',
  'recall-nothing',
  'forgotten',
  'order-kept',
  'slot-order',
  'slot-other',
  'slot-long',
  'slot-unsafe',
  'slot-date',
  'slot-date-how',
  'slot-date-future',
  'masked',
  'media-sticker',
  'media-image',
  'media-audio',
  'media-location',
  'media-other',
  'burst',
  'group',
  'no-notifications',
  'outside-other-shop',
  'outside-carrier',
  'outside-seller-side',
  'outside-jobs',
  'outside-developer',
  'outside-despair',
  'outside-emergency',
  'outside-advice',
  'plea',
  'go-ahead',
  'no-hurry',
  'outside-smalltalk',
  'outside-products',
  'outside-company',
  'outside-insult',
  'contact-official',
  'contact-lookalike',
  'contact-retired',
  'contact-listed',
  'contact-unknown',
  'reminder-when',
  'reminder-set',
  'reminder-quiet',
  'reminder-past',
  'reminder-far',
  'reminder-full',
  'reminder-unclear',
  'reminder-list',
  'reminder-none',
  'reminder-withdrawn',
  'reminder-gone',
  'reminder-due',
  'reminder-late',
  'reminder-held',
] as const;

export type SystemNode = (typeof SYSTEM_NODES)[number];

export const CHANGED: SystemNode = 'changed';
export const UNCLEAR: SystemNode = 'unclear';

/** What is filled in where the bot speaks on its own account; `check` refuses any other name in braces there. */
export const SYSTEM_VALUES: Readonly<Partial<Record<SystemNode, readonly string[]>>> = {
  heard: ['answer'],
  near: ['answer'],
  'near-end': ['answer'],
  'near-topic': ['topic'],
  choose: ['topic'],
  'choose-first': ['topic'],
  later: ['topic'],
  switch: ['topic'],
  again: ['topic'],
  resume: ['topic'],
  'resume-topic': ['topic'],
  'old-button': ['topic'],
  recall: ['memory'],
  'contact-official': ['item'],
  'contact-lookalike': ['item', 'reason'],
  'contact-retired': ['item'],
  'contact-listed': ['item'],
  'contact-unknown': ['item'],
  'reminder-set': ['when'],
  'reminder-quiet': ['when'],
  'reminder-list': ['list'],
  'reminder-due': ['topic'],
  'reminder-late': ['topic'],
  'reminder-held': ['topic', 'when'],
};

export function systemReply(
  node: SystemNode,
  more: { values?: Record<string, string> } = {},
): Reply {
  return { dialog: SYSTEM, node, ...more };
}

/** Buttons of the bot's own, besides the commands; their words stand with those. */
export const OWN_LABELS = [
  'unknown',
  'today',
  'yesterday',
  'pick-date',
  'pick-time',
  'no-reminder',
  'offer-30m',
  'offer-1h',
  'offer-evening',
  'offer-morning',
  'offer-3d',
  'offer-7d',
  'offer-deadline-before',
  'offer-deadline-day',
  'offer-deadline-after',
  'change',
  'withdraw',
  'exact',
  'done',
  'not-yet',
  'snooze',
] as const;

export type OwnLabel = (typeof OWN_LABELS)[number];

/** What a button of the bot's own says: an answer of `ways` in messages/ja/system.yaml. */
export function wayLabel(content: Content, name: string): string {
  return labelOf(content, { dialog: SYSTEM, node: 'ways' }, name);
}

/** What people type instead of a button of the bot's own, by its label. */
export function waySayings(content: Content, label: string): readonly string[] {
  return sayingsAt(content.messages, 'ways', label);
}

/** What people type instead of an answer that several questions have, by its label; besides what one of them has of its own. */
export function sameSayings(messages: Content['messages'], label: string): readonly string[] {
  return sayingsAt(messages, 'same', label);
}

function sayingsAt(
  messages: Content['messages'],
  node: 'ways' | 'same',
  label: string,
): readonly string[] {
  const answers = own(messages, SYSTEM)?.nodes[node]?.answers ?? {};
  return (
    Object.values(answers)
      .map(answerWords)
      .find((words) => words.label === label)?.say ?? []
  );
}

export function commandChoice(content: Content, command: Command): Choice {
  return { label: wayLabel(content, command), data: encode({ kind: 'command', command }) };
}

/** Commands that work in every state by their word alone, whatever is being asked. */
export const EVERYWHERE = [
  'menu',
  'back',
  'restart',
  'help',
  'cancel',
  'recall',
  'forget',
  'reminders',
] as const satisfies readonly Command[];

/** The command whose very word the text is; it comes before any answer that resembles it. */
export function commandWord(content: Content, text: string): Command | undefined {
  const word = bareWord(text);
  return EVERYWHERE.find((command) => bareWord(wayLabel(content, command)) === word);
}

/** Without what people put around a word: spaces, brackets, full stops. */
export function bareWord(text: string): string {
  return text.normalize('NFKC').replace(/[\s「」『』［］[\]。、.!?]/g, '');
}
