import * as fc from 'fast-check';

/** How often each property is tried: `short` in npm test, FUZZ_RUNS in the long form (npm run fuzz). */
export function times(short: number): { numRuns: number } {
  const asked = Number(process.env['FUZZ_RUNS']);
  return { numRuns: Number.isInteger(asked) && asked > 0 ? asked : short };
}

/** In ms: the short form takes seconds, the long one minutes. */
export const PATIENCE_MS = process.env['FUZZ_RUNS'] === undefined ? 60_000 : 3_600_000;

/** Names that reach into JavaScript itself where data is used as a key without care. */
export const treacherous = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
);

/** What has been written onto what all objects share; nothing ever should. */
export function dirtyPrototypes(): string[] {
  return [Object.prototype, Array.prototype, Function.prototype].flatMap(Object.keys);
}

/** Pieces of what people, attackers and phones send. */
const WORDS =
  `荷物 届かない 返品 アマゾン ノレ ー 、 。 １ 1 2 0120 - . @ / +81 249-1234567-1234567 03-1234-5678 昨日 11/3
  http:// https://amazon.co.jp amaz0n xn-- bit.ly/x a@b.jp パスワード 認証コード 教えて <b> {order} {fact:x}
  __proto__ constructor はい いいえ メニュー 消して わからない ｶﾞ ㌀ ① 😭 👨‍👩‍👧 ﷺ`.split(/\s+/);
const SIGNS = [
  '\n',
  ' ',
  '　',
  '4111 1111 1111 1111',
  '\u0000',
  '\u200B',
  '\u202E',
  '\u0301',
  '\uD83D',
];
const piece = fc.constantFrom(...WORDS, ...SIGNS);

/** Texts from plain to hostile, up to a few hundred characters. */
export const anyText = fc.oneof(
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.tuple(piece, fc.nat(400)).map(([unit, count]) => unit.repeat(count)),
);
