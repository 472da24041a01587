import { own } from '../../dialog/content.ts';
import { dateSlot, slotKind } from '../../dialog/schema.ts';
import { SYSTEM_VALUES } from '../../dialog/system.ts';
import type { Facts } from '../../safety/facts.ts';
import { didYouMean } from '../did-you-mean.ts';

/** Something wrong with a text: what, and what to do about it. */
export type Fault = { what: string; remedy: string };

/** What must not be said in a text, and what to write instead. */
export type Unsafe = (text: string) => readonly Fault[];

/** What the words of a topic may hold in braces besides `{fact:…}`: what users give, and what is counted from it. */
export const IN_TOPICS: readonly string[] = [
  ...slotKind.options,
  ...dateSlot.options,
  'deadline',
  'left',
];

/** What the bot fills in when it speaks on its own account; what users gave is not known there. */
export function inSystem(node: string): readonly string[] {
  return own<readonly string[]>(SYSTEM_VALUES, node) ?? [];
}

const SOMEWHERE: ReadonlySet<string> = new Set([
  ...IN_TOPICS,
  ...Object.values(SYSTEM_VALUES).flat(),
]);

/** Nearly a placeholder, too: a name that is not known is told as one. */
const PLACEHOLDER = /\{([^{}\s]{1,60})\}/g;
const BRACES =
  '{order} や {fact:名前} のように、半角の { と } で囲み、中に空白を入れずに書いてください。';

/** Everything wrong with a text of a topic or of the bot's own, in which the names of `may` are filled in. */
export function textFaults(text: string, may: readonly string[], facts: Facts): Fault[] {
  const named = namesIn(text).flatMap((name) => {
    if (name.startsWith('fact:')) return factFaults(name.slice('fact:'.length), facts);
    if (may.includes(name)) return [];
    return [strange(name, SOMEWHERE.has(name) ? onlyThese(may) : didYouMean(name, may))];
  });
  return [...braceFaults(text, BRACES), ...named];
}

/** Everything wrong with a fixed text, into which code puts each value of `given` once. */
export function fixedFaults(text: string, given: readonly string[]): Fault[] {
  const names = namesIn(text);
  const strangers = names.filter((name) => !given.includes(name));
  const faults = [
    ...braceFaults(text, onlyThese(given)),
    ...strangers.map((name) => strange(name, onlyThese(given))),
  ];
  if (faults.length > 0) return faults;
  return given.flatMap((name) => {
    const times = names.filter((each) => each === name).length;
    if (times === 1) return [];
    const what = `{${name}} が${times === 0 ? 'ありません' : '二度以上あります'}。`;
    return [{ what, remedy: `値の入るところに {${name}} を一度だけ書いてください。` }];
  });
}

/** A fact that is not there, or that users must not see. */
export function factFaults(id: string, facts: Facts): Fault[] {
  const found = Object.hasOwn(facts, id) ? facts[id] : undefined;
  if (!found) {
    const what = `「${id}」という fact はありません。`;
    return [{ what, remedy: didYouMean(id, Object.keys(facts)) }];
  }
  if (found.class !== 'retired' && found.show) return [];
  const what = `fact「${id}」は利用者に見せてはいけない値です。`;
  const remedy = found.successor
    ? `代わりに「${found.successor}」を使ってください。`
    : '別の案内にしてください。';
  return [{ what, remedy }];
}

function namesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

function braceFaults(text: string, remedy: string): Fault[] {
  const braces = text.replaceAll(PLACEHOLDER, '').replace(/[^{}｛｝]/g, '');
  return braces === '' ? [] : [{ what: `「${braces}」がそのまま利用者に見えます。`, remedy }];
}

function strange(name: string, remedy: string): Fault {
  return { what: `{${name}} は使えません。`, remedy };
}

function onlyThese(names: readonly string[]): string {
  if (names.length === 0) return '{ } を使わずに書いてください。';
  return `ここで使えるのは ${names.map((name) => `{${name}}`).join('、')} だけです。`;
}
