import type { Path } from '../../src/content/shape-faults.ts';
import { answerWords, own } from '../../src/dialog/content.ts';
import type { Node } from '../../src/dialog/schema.ts';
import { clip } from '../../src/message/clip.ts';
import type { Message, Variant } from '../../src/message/schema.ts';
import { nodeKinds } from '../node-kinds.ts';
import type { Dialogs } from './read-dialogs.ts';

const LONGEST = 26;

export function titleOf(dialogs: Dialogs, dialog: string): string {
  return dialogs.get(dialog)?.words?.title ?? dialog;
}

/** What stands in a node: its kind and name, then what it says or does. */
export function nodeLines(dialogs: Dialogs, dialog: string, name: string, node: Node): string[] {
  const head = `${nodeKinds[node.kind].name}: ${name}`;
  const said = own(dialogs.get(dialog)?.words?.nodes ?? {}, name);
  const more = detail(dialogs, node);
  return [head, ...(more === undefined ? [] : [more]), ...(said ? [saying(said)] : [])];
}

/** What stands at an arrow: the answer's button, or the case in which this way is taken. */
export function exitLabel(
  dialogs: Dialogs,
  dialog: string,
  name: string,
  node: Node,
  path: Path,
): string {
  const last = String(path.at(-1));
  switch (node.kind) {
    case 'ask':
      return answerLabel(dialogs, dialog, name, last);
    case 'branch': {
      if (path[0] === 'else') return 'そのほか';
      if (node.on === 'topic') return titleOf(dialogs, last);
      const asked = [dialog, ...dialogs.keys()].find((each) =>
        Object.hasOwn(dialogs.get(each)?.graph.nodes ?? {}, node.on),
      );
      if (asked === undefined) return last;
      const counted = dialogs.get(asked)?.graph.nodes[node.on]?.kind === 'deadline';
      return counted ? endOf(last) : answerLabel(dialogs, asked, node.on, last);
    }
    case 'deadline':
      return endOf(last);
    case 'hours':
      return last === 'inside' ? 'その時間' : 'それ以外';
    case 'remind':
      return last === 'next' ? '頼む' : 'いらない';
    case 'say':
    case 'ask_text':
    case 'ask_date':
    case 'open':
    case 'end':
      return '';
    default:
      return node satisfies never;
  }
}

/** Which way a deadline goes. */
function endOf(way: string): string {
  return { next: '期限の前', over: '期限を過ぎた' }[way] ?? '日付が不明';
}

function answerLabel(dialogs: Dialogs, dialog: string, name: string, answer: string): string {
  const words = own(dialogs.get(dialog)?.words?.nodes ?? {}, name)?.answers;
  const worded = words && own(words, answer);
  return worded === undefined ? answer : answerWords(worded).label;
}

function detail(dialogs: Dialogs, node: Node): string | undefined {
  switch (node.kind) {
    case 'ask_text':
    case 'ask_date':
      return `{${node.slot}}`;
    case 'deadline':
      return `{${node.from}} から ${node.days} 日`;
    case 'hours':
      return `${node.days === 'weekdays' ? '平日 ' : ''}${node.from}時〜${node.to}時`;
    case 'branch':
      return `「${node.on}」の答えで`;
    case 'open':
      return `→ ${titleOf(dialogs, node.open)}`;
    case 'say':
    case 'ask':
    case 'remind':
    case 'end':
      return undefined;
    default:
      return node satisfies never;
  }
}

function saying(message: Message): string {
  if (!('by' in message)) return headline(message);
  return `${headline(message.else)}（「${message.by}」で変わる）`;
}

function headline({ card, text = '' }: Variant): string {
  const words = (card?.title ?? text).replaceAll(/\{[^{}]{0,60}\}/g, '〇〇');
  return clip(words.replaceAll(/\s+/g, ' '), LONGEST);
}
