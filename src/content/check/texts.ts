import type { Card, Message, Messages, Phrase, Variant } from '../../message/schema.ts';
import type { Path } from '../shape-faults.ts';
import type { Source } from '../source.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Draft, Report } from './report.ts';

/** What may stand in braces besides `{fact:…}`: slots, dates, and what the engine fills in. */
const SLOTS = ['order', 'item', 'date', 'amount', 'seller', 'note'];
const DATES = ['arrived', 'estimate', 'sent', 'contacted', 'renewal', 'deadline', 'left'];
const ENGINE = ['topic', 'answer', 'memory', 'when', 'list', 'reason', 'item'];
const KNOWN = new Set([...SLOTS, ...DATES, ...ENGINE]);

/** Nearly a placeholder, too: a name that is not known is told as one. */
const PLACEHOLDER = /\{([^{}\s]{1,60})\}/g;
const BRACES =
  '{order} や {fact:名前} のように、半角の { と } で囲み、中に空白を入れずに書いてください。';

/** What must not be said in a text, and what to write instead. */
export type Unsafe = (text: string) => readonly { what: string; remedy: string }[];

/** Words that say a number or a link which is no live fact, promise too much, or name facts and phrases that are not there. */
export function checkTexts(draft: Draft, report: Report, unsafe: Unsafe): void {
  const words = (source: Source, path: Path, text: string): void => {
    for (const { what, remedy } of unsafe(text)) report('error', source, path, what, remedy);
    const braces = text.replaceAll(PLACEHOLDER, '').replace(/[^{}｛｝]/g, '');
    if (braces !== '') {
      const what = `「${braces}」がそのまま利用者に見えます。`;
      report('error', source, path, what, BRACES);
    }
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (name.startsWith('fact:')) fact(source, path, name.slice('fact:'.length));
      else if (!KNOWN.has(name)) {
        report('error', source, path, `{${name}} は使えません。`, didYouMean(name, KNOWN));
      }
    }
  };
  const fact = (source: Source, path: Path, id: string): void => {
    const facts = draft.facts.data;
    const found = Object.hasOwn(facts, id) ? facts[id] : undefined;
    if (!found) {
      report(
        'error',
        source,
        path,
        `「${id}」という fact はありません。`,
        didYouMean(id, Object.keys(facts)),
      );
    } else if (found.class === 'retired' || !found.show) {
      const what = `fact「${id}」は利用者に見せてはいけない値です。`;
      report(
        'error',
        source,
        path,
        what,
        found.successor
          ? `代わりに「${found.successor}」を使ってください。`
          : '別の案内にしてください。',
      );
    }
  };
  const phrase = (source: Source, path: Path, id: string): void => {
    const known = Object.keys(draft.phrases.data);
    if (known.includes(id)) return;
    report('error', source, path, `「${id}」という phrase はありません。`, didYouMean(id, known));
  };
  for (const { source, data } of draft.messages.values()) {
    eachText(data, words.bind(undefined, source));
    forEachCard(data, (path, card) => {
      for (const id of card.facts ?? []) fact(source, [...path, 'facts'], id);
      if (card.kind === 'phrases')
        for (const id of card.phrases) phrase(source, [...path, 'phrases'], id);
      if ('links' in card)
        for (const link of card.links ?? []) fact(source, [...path, 'links'], link.fact);
    });
  }
  for (const [id, { when, ja, en, kana }] of Object.entries<Phrase>(draft.phrases.data)) {
    for (const text of [when, ja, en ?? '', kana ?? '']) words(draft.phrases.source, [id], text);
  }
}

/** Every text an editor wrote into a file of words or a part of it, with its path from there. */
export function eachText(
  data: Messages | Message,
  visit: (path: Path, text: string) => void,
): void {
  const walk = (path: Path, value: unknown): void => {
    if (typeof value === 'string') visit(path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk([...path, key], inner);
    }
  };
  walk([], data);
}

function forEachCard(data: Messages, visit: (path: Path, card: Card) => void): void {
  for (const [name, message] of Object.entries<Message>(data.nodes)) {
    for (const [path, { card }] of variants(message)) {
      if (card) visit(['nodes', name, ...path, 'card'], card);
    }
  }
}

/** All the ways a message can read: one, or one per case and `else`. */
export function variants(message: Message): [Path, Variant][] {
  if (!('by' in message)) return [[[], message]];
  const cases = Object.entries(message.cases).map(([value, variant]): [Path, Variant] => [
    ['cases', value],
    variant,
  ]);
  return [...cases, [['else'], message.else]];
}
