import {
  CLOSING,
  type Content,
  DONE,
  answerWords,
  messageAt,
  nodeAt,
  own,
  topicOf,
} from './content.ts';
import type { Understanding } from './intent.ts';
import { bareAnswer, denies } from './match/polarity.ts';
import { spelling } from './match/spelling.ts';
import { matchAnswer } from './match-answer.ts';
import { type Action, decode } from './postback.ts';
import type { Choice } from './reply.ts';
import { isDoubtfulEnd, plainEnd, settledWords } from './settled.ts';
import type { Pending, State } from './state.ts';
import { SYSTEM, type SystemNode, sameSayings, wayLabel, waySayings } from './system.ts';
import type { Scene } from './turn.ts';
import { namesOtherMoment } from './when.ts';

/** Questions of the bot's own whose first choice is yes, and whose last is no. */
const YES_OR_NO: ReadonlySet<string> = new Set([
  'near',
  'choose',
  'later',
  'switch',
  'again',
  'resume',
  'old-button',
] satisfies SystemNode[]);

/** Two issues, of which the one that comes second is not forgotten. */
const WHICH_FIRST: SystemNode = 'choose-first';
/** What was heard named another shop; 「アマゾンで買いました」 says that it was none. */
const ANOTHER_SHOP: SystemNode = 'outside-other-shop';
const BOUGHT_HERE =
  /^.{0,12}(?:あまぞん|amazon)(?:です|でした|だつた|だよ|や|で(?:か|頼|たの|ちゆうもん).{0,6})?。?$/;

const BOTH = /^(?:両方|どっちも|どちらも|りょうほう|ぜんぶ|全部|上から)(?:です|とも|だよ|から)?$/;

/** Before their labels are looked at: 「いいえ」 would be taken for the one that holds ない, 「荷物が届かない」. */
export function yesOrNo({ dialog, node, choices }: Pending, text: string): Choice | undefined {
  if (dialog !== SYSTEM) return undefined;
  const spelt = spelling(text);
  if (node === ANOTHER_SHOP && BOUGHT_HERE.test(spelt) && !denies(spelt)) {
    return choices.find(({ data }) => decode(data)?.kind === 'open');
  }
  if (node === WHICH_FIRST && BOTH.test(text.trim())) return choices[0];
  if (!YES_OR_NO.has(node)) return undefined;
  const said = bareAnswer(spelt);
  if (said !== 'no') return said && choices[0];
  return choices.slice(1).find(({ data }) => data === 'c=continue') ?? choices.at(-1);
}

/** 「お願いします」 to a reminder that has just been set, which asked nothing. */
export function acknowledges({ dialog, node }: Pending, text: string): boolean {
  if (dialog !== SYSTEM || node !== ('reminder-set' satisfies SystemNode)) return false;
  return bareAnswer(spelling(text)) === 'yes' || THAT_WILL_DO.test(text.trim());
}

const THAT_WILL_DO =
  /^(?:それで)?(?:わかりました|わかった|了解(?:です|しました)?|承知(?:しました)?|いいです|いいよ|ええよ|ええです|よろしく(?:お願いします|ね)?)[。！!よね]*$/;

/** A choice with what it stands for, which is read from its data once. */
export type Button = { choice: Choice; action: Action | undefined };

export function buttonOf(choice: Choice): Button {
  return { choice, action: decode(choice.data) };
}

/** One of the choices the bot interposed, by its number, its label, or the command it stands for. */
export function chosen(
  { content, nowMs }: Scene,
  state: State,
  text: string,
  all: readonly Choice[],
  meant: Understanding,
): Button | undefined {
  const choices = isGuessedForget(meant) ? all.filter(({ data }) => data !== 'c=forget') : all;
  const buttons = choices.map(buttonOf);
  const button = buttonIn(content, state, text, buttons);
  if (button) return namesOtherMoment(text, button.choice.label, nowMs) ? undefined : button;
  if (meant.decision !== 'command') return undefined;
  return buttons.find(({ choice }) => choice.data === `c=${meant.intents[0]?.id}`);
}

/** The button that a text means: by its number, its label, or what people type instead of it. */
export function buttonIn<B extends Button>(
  content: Content,
  state: State,
  text: string,
  buttons: readonly B[],
): B | undefined {
  const options = buttons.map((button, index) => ({
    id: String(index),
    label: button.choice.label,
    say: sayings(content, state, button),
  }));
  const match = matchAnswer(text, options);
  const ends = !match && buttons.some(({ action }) => isClosing(action));
  const found = ends ? matchAnswer(plainEnd(text), options) : match;
  return found && 'id' in found ? buttons[Number(found.id)] : undefined;
}

/** What people type instead of a button, wherever it stands: under its question or put in between. */
export function sayings(
  content: Content,
  state: State,
  { choice, action }: Button,
): readonly string[] {
  const answer =
    action?.kind === 'answer'
      ? own(messageAt(content, action)?.answers ?? {}, action.answer)
      : undefined;
  const said = answer
    ? [...answerWords(answer).say, ...sameSayings(content.messages, choice.label)]
    : waySayings(content, choice.label);
  const unknown =
    action?.kind === 'answer' && action.answer === 'unknown'
      ? waySayings(content, wayLabel(content, 'unknown'))
      : [];
  return [...said, ...unknown, ...settledWords(content, settles(state, action) ?? '')];
}

/** Whether it says of a whole matter that it is settled. */
export function isClosing(action: Action | undefined): boolean {
  if (action?.kind === 'outcome') return action.outcome === 'done';
  return action?.kind === 'answer' && action.dialog === CLOSING && action.answer === DONE;
}

/** The topic of that matter. */
function settles(state: State, action: Action | undefined): string | undefined {
  if (!isClosing(action)) return undefined;
  return action?.kind === 'outcome' ? action.topic : topicOf(state);
}

/** Whether nothing more is asked of whoever presses the button than whether all is well. */
export function isEnd(content: Content, action: Action | undefined): boolean {
  if (isClosing(action)) return true;
  if (action?.kind !== 'answer') return false;
  const node = nodeAt(content, action);
  const target = node?.kind === 'ask' ? own(node.answers, action.answer) : undefined;
  const next = (name: unknown) =>
    typeof name === 'string' ? nodeAt(content, { dialog: action.dialog, node: name }) : undefined;
  const reached = next(target);
  const after = reached?.kind === 'say' ? next(reached.next) : undefined;
  return reached?.kind === 'end' || (after?.kind === 'open' && after.open === CLOSING);
}

/** Whether a text was taken for a button that ends the matter, and may mean something else. */
export function isDoubtful(
  content: Content,
  state: State,
  text: string,
  button: Button,
  meant: Understanding,
): boolean {
  if (!isEnd(content, button.action)) return false;
  return isDoubtfulEnd(text, [button.choice.label, ...sayings(content, state, button)], meant);
}

/** What cannot be undone needs its very words. */
export function isGuessedForget({ intents: [meant] }: Understanding): boolean {
  return meant?.id === 'forget' && meant.score < 1;
}
