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
import { bareAnswer } from './match/polarity.ts';
import { spelling } from './match/spelling.ts';
import { matchAnswer } from './match-answer.ts';
import { type Action, decode } from './postback.ts';
import type { Choice } from './reply.ts';
import { isDoubtfulEnd, plainEnd, settledWords } from './settled.ts';
import type { Pending, State } from './state.ts';
import { SYSTEM, type SystemNode, wayLabel, waySayings } from './system.ts';
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
const BOTH = /^(?:両方|どっちも|どちらも|りょうほう|ぜんぶ|全部|上から)(?:です|とも|だよ|から)?$/;

/** Before their labels are looked at: 「いいえ」 would be taken for the one that holds ない, 「荷物が届かない」. */
export function yesOrNo({ dialog, node, choices }: Pending, text: string): Choice | undefined {
  if (dialog !== SYSTEM) return undefined;
  if (node === WHICH_FIRST && BOTH.test(text.trim())) return choices[0];
  if (!YES_OR_NO.has(node)) return undefined;
  const said = bareAnswer(spelling(text));
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

/** One of the choices the bot interposed, by its number, its label, or the command it stands for. */
export function chosen(
  { content, nowMs }: Scene,
  state: State,
  text: string,
  all: readonly Choice[],
  meant: Understanding,
): Choice | undefined {
  const choices = isGuessedForget(meant) ? all.filter(({ data }) => data !== 'c=forget') : all;
  const choice = choiceIn(content, state, text, choices);
  if (choice) return namesOtherMoment(text, choice.label, nowMs) ? undefined : choice;
  if (meant.decision !== 'command') return undefined;
  return choices.find(({ data }) => data === `c=${meant.intents[0]?.id}`);
}

/** The button that a text means: by its number, its label, or what people type instead of it. */
export function choiceIn(
  content: Content,
  state: State,
  text: string,
  choices: readonly Choice[],
): Choice | undefined {
  const options = choices.map((choice, index) => ({
    id: String(index),
    label: choice.label,
    say: sayings(content, state, choice),
  }));
  const match = matchAnswer(text, options);
  const ends = !match && choices.some((choice) => settles(state, choice) !== undefined);
  const found = ends ? matchAnswer(plainEnd(text), options) : match;
  return found && 'id' in found ? choices[Number(found.id)] : undefined;
}

/** What people type instead of a button, wherever it stands: under its question or put in between. */
export function sayings(content: Content, state: State, choice: Choice): readonly string[] {
  const action = decode(choice.data);
  const answer = answerOf(content, action);
  const said = answer ? answerWords(answer).say : waySayings(content, choice.label);
  const unknown =
    action?.kind === 'answer' && action.answer === 'unknown'
      ? waySayings(content, wayLabel(content, 'unknown'))
      : [];
  return [...said, ...unknown, ...settledWords(content, settles(state, choice) ?? '')];
}

function answerOf(content: Content, action: Action | undefined) {
  if (action?.kind !== 'answer') return undefined;
  return own(messageAt(content, action)?.answers ?? {}, action.answer);
}

/** The topic of which the button says that it is settled. */
function settles(state: State, { data }: Choice): string | undefined {
  const action = decode(data);
  if (action?.kind === 'outcome') return action.outcome === 'done' ? action.topic : undefined;
  return isClosing(action) ? topicOf(state) : undefined;
}

/** Whether the button says of a whole matter that it is settled. */
export function isClosing(action: Action | undefined): boolean {
  if (action?.kind === 'outcome') return action.outcome === 'done';
  return action?.kind === 'answer' && action.dialog === CLOSING && action.answer === DONE;
}

/** Whether nothing more is asked of whoever presses the button than whether all is well. */
export function isEnd(content: Content, { data }: Choice): boolean {
  const action = decode(data);
  if (action?.kind !== 'answer') return isClosing(action);
  const node = nodeAt(content, action);
  const target = node?.kind === 'ask' ? own(node.answers, action.answer) : undefined;
  const next = (name: unknown) =>
    typeof name === 'string' ? nodeAt(content, { dialog: action.dialog, node: name }) : undefined;
  const reached = next(target);
  const after = reached?.kind === 'say' ? next(reached.next) : undefined;
  return (
    isClosing(action) ||
    reached?.kind === 'end' ||
    (after?.kind === 'open' && after.open === CLOSING)
  );
}

/** Whether a text was taken for a button that ends the matter, and may mean something else. */
export function isDoubtful(
  content: Content,
  state: State,
  text: string,
  choice: Choice,
  meant: Understanding,
): boolean {
  if (!isEnd(content, choice)) return false;
  return isDoubtfulEnd(text, [choice.label, ...sayings(content, state, choice)], meant);
}

/** What cannot be undone needs its very words. */
export function isGuessedForget({ intents: [meant] }: Understanding): boolean {
  return meant?.id === 'forget' && meant.score < 1;
}
