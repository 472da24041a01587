import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fit, readSource } from '../../src/content/source.ts';
import { told } from '../support/workshop.ts';

const root = mkdtempSync(join(tmpdir(), 'madoguchi-source-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What is said of a file with that text. */
function said(text: string | Buffer, schema: z.ZodType = z.unknown()): string[] {
  writeFileSync(join(root, 'x.yaml'), text);
  const source = readSource(root, 'x.yaml');
  fit(source, schema);
  return told(source.problems);
}

describe('a slip in the way a file is written is told once, where it is, with its own remedy', () => {
  const quoted = "文全体を '…' で囲みます";
  const SLIPS: [string, string, number, string][] = [
    ['a colon in a text', 'a: b\ntext: 番号: 12 です\n', 2, `「: 」があるときは、${quoted}`],
    ['a colon in braces', 'a: { label: あ: い }\n', 1, `「,」があるときは、${quoted}`],
    ['a comma left out in braces', 'a: { x: y z: w }\n', 1, '項目の間に「,」'],
    ['a tab', 'a:\n\tb: c\n', 2, '行の頭のタブを、半角の空白に'],
    ['a name twice', 'a: b\nc: d\na: e\n', 3, '片方を消すか'],
    ['too little indentation', 'a:\n    b: c\n   d: e\n', 3, '行の頭の空白を同じ数に'],
    ['too much indentation', 'a:\n  b: c\n    d: e\n', 2, '次の行の字下げをそろえて'],
    ['a quote that is not closed', "a: b\nc: 'あ\nd: e\nf: g\n", 2, '始めと同じ引用符で閉じて'],
    ['another quote that is not closed', 'a: b\nc: "あ\nd: e\n', 2, '始めと同じ引用符で閉じて'],
    ['a bracket that is not closed', 'a: [あ, い\nb: c\n', 2, '閉じる ] や }'],
    ['a comma left out in a list', "a: ['あ' 'い']\n", 1, '間の「,」'],
    ['a quote within quotes', "a: 'あ'い'う'\n", 1, "中の ' は '' と二つ重ねます"],
    ['a text that begins with a placeholder', 'a: {order} です\n', 1, `始まる文は、${quoted}`],
    ['a text that begins with a sign', 'a: @あ\n', 1, `始まる文は、${quoted}`],
    ['a text that begins with a star', 'b: c\na: *あ*\n', 2, `始まる文は、${quoted}`],
    ['a full-width colon', 'a: b\nc：d\ne: f\n', 2, '全角の「：」'],
    ['no space behind a colon', 'a: b\nc:d\ne: f\n', 2, '後に空白のない「:」'],
    ['a full-width colon at the top', 'a：b\n# c\nd: [e]\nf: g\n', 1, '全角の「：」'],
    ['a full-width blank', 'a:\n  - あ\n　　- い\n', 3, '行の頭の全角の空白を、半角の空白に'],
    ['a line out of line above others', 'a:\n  b:\n   c: d\n  e: f\n g: h\n i: j\n', 5, '同じ数に'],
    [
      'a tab above others',
      'a:\n  b:\n\t\tc: d\n        e: [f]\n  g: h\n  i: j\n',
      3,
      '行の頭のタブを',
    ],
    ['a full-width blank before a name', 'a:\n　b: c\n  d: e\n', 2, '行の頭の全角の空白を'],
    ['no space behind a dash', 'a:\n  - あ\n  -い\n  - う\n', 3, '後に空白のない「-」'],
    ['a full-width dash', 'a:\n  - あ\n  ー い\n', 3, '半角の「-」と空白を'],
    ['a text that begins with an exclamation mark', 'a: !あ\n', 1, `始まる文は、${quoted}`],
    ['a backslash', 'a: "C:\\dir"\n', 1, "代わりに '…' で囲んで"],
    [
      'a text that ends at a sharp',
      'a: b\nc: 電話は #9110 へ\n# d\n',
      2,
      `文の一部なら、${quoted}`,
    ],
    ['a note behind a text that ends in a sharp', 'a: C#  # b\n', 1, '前の行に移して'],
    ['a note behind a text in a list', '- あ\n- い # う\n', 2, '前の行に移して'],
    ['examples without the sign for lines', 'a: b\nc:\n  あ\n  い\nd: e\n', 3, '「: |」'],
    ['a list without a space behind its dashes', 'a:\n  -あ\n  -い\n', 2, '半角の「-」と空白'],
    ['a text that goes on in the next line', 'a:\n  - あ\n    い\n', 2, '一行に'],
    ['two files in one', 'a: b\n---\nc: d\n', 2, '「---」の行を消して'],
  ];
  test.each(SLIPS)('%s', (_what, text, line, remedy) => {
    const lines = said(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`error x.yaml:${line} `);
    expect(lines[0]?.split(' → ')[1]).toContain(remedy);
    expect(lines[0]?.replace('error x.yaml', '')).not.toMatch(/[a-z]{5}/i);
  });
});

const saved = (hex: string, text = '') =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(text, 'utf16le')]);

describe('a file that is not saved as UTF-8 is told once, whatever it was saved as', () => {
  const FILES: [string, Buffer][] = [
    ['Shift_JIS', saved('746578743a2082a093cd82ad0a')],
    ['EUC-JP', saved('746578743a20a4a2c6cfa4af0a')],
    ['ISO-2022-JP', saved('746578743a201b2442242246294f1b28420a')],
    ['UTF-16 with a mark', saved('fffe', 'text: あ\n')],
    ['UTF-16 with a mark, the other way round', saved('fffe', 'text: あ\n').swap16()],
    ['UTF-16 without a mark', saved('', 'start: out\n')],
  ];
  test.each(FILES)('%s', (_what, bytes) => {
    expect(said(bytes, z.strictObject({ start: z.string() }))).toEqual([
      'error x.yaml:0 文字コードが UTF-8 ではありません。 → UTF-8 で保存し直してください。',
    ]);
  });
});

test('a mark before UTF-8 is no part of the text', () => {
  expect(said('\uFEFFtext: あ\n', z.strictObject({ text: z.string() }))).toEqual([]);
});

test('a sharp within a text, and notes on lines of their own, are no slip', () => {
  expect(said("# a\nb: C#9\n# c\nd: 'e # f'\ng: # h\n  i: j\n  # k\n# l\n")).toEqual([]);
});

describe('a value of another kind is told by the names that editors have for both', () => {
  const schema = z.strictObject({
    text: z.string().trim().min(1).max(5).optional(),
    id: z
      .string()
      .regex(/^[a-z]+$/)
      .optional(),
    number: z.int().min(1).optional(),
    flag: z.boolean().optional(),
    list: z.array(z.string()).min(1).max(2).optional(),
    three: z.array(z.string()).length(3).optional(),
    part: z.strictObject({ a: z.string() }).optional(),
    parts: z.record(z.string(), z.string()).optional(),
    choice: z.enum(['info', 'care']).optional(),
    card: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('steps') }),
        z.strictObject({ kind: z.literal('menu') }),
      ])
      .optional(),
  });
  const VALUES: [string, string][] = [
    ['text: 12', '「text」には文字を書きますが、数になっています。 → 数や記号も、'],
    [
      'text: true',
      '「text」には文字を書きますが、はい・いいえ（true か false）になっています。 → 数や',
    ],
    ['text:', '「text」の内容がありません。 → 「:」の後か、次の行から字下げして、文字を'],
    ['text: [あ]', '「text」には文字を書きますが、一覧になっています。'],
    ['text: { a: b }', '「text」には文字を書きますが、項目のまとまりになっています。'],
    ["text: ''", '「text」が空です。 → 文を書くか、この項目を消して'],
    ['text: あいうえおか', '「text」は、5文字以下でなければなりません。'],
    ['id: Ab', '「id」の「Ab」は、名前として使えない形です。'],
    ["number: '1'", '「number」には数を書きますが、文字になっています。 → 引用符で囲まずに、'],
    ['number: 1.5', '「number」には整数を書きますが、数になっています。'],
    ['number: 0', '「number」は、1以上でなければなりません。'],
    ['flag: はい', '「flag」にははい・いいえ（true か false）を書きますが、文字になっています。'],
    ['list:\n  -あ\n', '「list」には一覧を書きますが、文字になっています。 → [ … ] で囲んで'],
    ['list: []', '「list」は、1個以上でなければなりません。'],
    ['list: [あ, い, う]', '「list」は、2個以下でなければなりません。'],
    ['three: [あ]', '「three」は、ちょうど3個でなければなりません。'],
    ['part: あ', '「part」には項目のまとまりを書きますが、文字になっています。 → 次の行から'],
    ['parts: [あ]', '「parts」には項目のまとまりを書きますが、一覧になっています。'],
    ['choice: inf', '（info、care のどれか）。 → もしかして「info」ですか？'],
    ['card: { }', '「card › kind」がありません。 → steps、menu のどれかを書いてください。'],
    ['　　text: あ', '「　　text」とは書けません。 → 行の頭の全角の空白を'],
  ];
  test.each(VALUES)('%s', (text, words) => {
    const lines = said(`${text}\n`, schema);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(words);
  });
});
