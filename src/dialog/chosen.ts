import type { Content } from './content.ts';
import type { Understanding } from './intent.ts';
import { bareAnswer } from './match/polarity.ts';
import { spelling } from './match/spelling.ts';
import { matchAnswer } from './match-answer.ts';
import { decode } from './postback.ts';
import type { Choice } from './reply.ts';
import { isDoubtfulEnd, settledWords } from './settled.ts';
import type { Pending } from './state.ts';
import { SYSTEM, type SystemNode, waySayings } from './system.ts';
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
  return said && (said === 'yes' ? choices[0] : choices.at(-1));
}

/** 「お願いします」 to a reminder that has just been set, which asked nothing. */
export function acknowledges({ dialog, node }: Pending, text: string): boolean {
  if (dialog !== SYSTEM || node !== ('reminder-set' satisfies SystemNode)) return false;
  return bareAnswer(spelling(text)) === 'yes' || THAT_WILL_DO.test(text.trim());
}

const THAT_WILL_DO =
  /^(?:それで)?(?:お願い(?:します|いたします)?|おねがい(?:します)?|わかりました|わかった|了解(?:です|しました)?|承知(?:しました)?|いいです|いいよ|ええよ|ええです|よろしく(?:お願いします|ね)?)[。！!よね]*$/;

/** One of the choices the bot interposed, by its number, its label, or the command it stands for. */
export function chosen(
  { content, nowMs }: Scene,
  text: string,
  all: readonly Choice[],
  meant: Understanding,
): Choice | undefined {
  const choices = isGuessedForget(meant) ? all.filter(({ data }) => data !== 'c=forget') : all;
  const options = choices.map((choice, index) => ({
    id: `n${index}`,
    label: choice.label,
    say: sayings(content, choice),
  }));
  const match = matchAnswer(text, options);
  const choice = match && 'id' in match ? choices[Number(match.id.slice(1))] : undefined;
  if (choice) return namesOtherMoment(text, choice.label, nowMs) ? undefined : choice;
  if (meant.decision !== 'command') return undefined;
  return choices.find(({ data }) => data === `c=${meant.intents[0]?.id}`);
}

function sayings(content: Content, { label, data }: Choice): string[] {
  return [...waySayings(content, label), ...settledWords(content, settles(data) ?? '')];
}

/** The topic that the button says is settled. */
function settles(data: string): string | undefined {
  const action = decode(data);
  return action?.kind === 'outcome' && action.outcome === 'done' ? action.topic : undefined;
}

/** Whether a text was taken for the button that says that all is well, and may mean something else. */
export function isDoubtful(
  content: Content,
  text: string,
  choice: Choice,
  meant: Understanding,
): boolean {
  if (settles(choice.data) === undefined) return false;
  return isDoubtfulEnd(text, [choice.label, ...sayings(content, choice)], meant);
}

/** What cannot be undone needs its very words. */
export function isGuessedForget({ intents: [meant] }: Understanding): boolean {
  return meant?.id === 'forget' && meant.score < 1;
}
