import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/safety/facts.ts';
import { createGuard } from '../../src/safety/guard.ts';
import { words } from '../message/samples.ts';

const guard = createGuard(words.facts);
const kinds = (text: string): string[] => guard.check(text).map(({ kind }) => kind);

describe('the guard lets through', () => {
  test.each([
    'ご不便をおかけしています。順番に確かめていきましょう。',
    '0120-899-543 は公式に確認できていない番号です。',
    '０１２０－８９９－５４３',
    '(0120) 899 543',
    '188番に電話できます。#9110 もあります。110番、119番。',
    'アプリまたは amazon.co.jp/contact-us からどうぞ。',
    'https://www.amazon.co.jp/contact-us',
    'Amazon.co.jpを装ったメール',
    'reportascam@amazon.com に転送できます。',
    'ReportAScam@Amazon.com に転送できます。',
    '+81-120-899-543 24時間',
    '+81-(0)120-899-543',
    '010-81-120-899-543',
    '注文番号250-1234567-1234567の件です。',
    '注文番号２５０－１２３４５６７－１２３４５６７の件です。',
    '2026年11月1日 10:00〜12:00、金額は12,345円です。',
    '期限は2026-11-01 09:30です。',
    '千代田区177番地、150番目、受付番号2177番、3番の窓口',
    'Dr.Martensの靴、サイズ25.5、v2.0、Amazon27.10',
    '120個ずつ、999個ずつ、373個です。',
    '1.ポイント 2.セール A.ストア Q.商品は?',
    'パスワードは誰にも教えないでください。',
    'カード番号は入力しないでください。',
    '「認証コードを教えてください」と言われたら、切ってください。',
    'パスワードを教えてくださいと言われても、教えないでください。',
    'カード番号の下四桁を教えてください。',
    'Amazonの公式アプリで、新しいパスワードを入力してください。',
    'Never tell your password to anyone.',
    '返金をお約束することはできません。',
    '番号が不確実なときは、画面を見てください。',
    '本物はamazon.co.jpで終わります。',
    '〇〇〇〇〇〇〇〇〇〇',
  ])('%s', (text) => {
    expect(guard.check(text)).toEqual([]);
  });
});

describe('the guard refuses numbers that are no live fact', () => {
  test.each([
    '03-1234-5678',
    '０３（１２３４）５６７８',
    '090 1234 5678',
    '09012345678',
    'tel:0312345678',
    '+81 3-1234-5678',
    '+81-(0)3-1234-5678',
    '010-81-3-1234-5678',
    '+1 (206) 555-0100',
    '+65 6123 4567',
    '+290 22 158',
    '0120ー123ー456',
    '0120.123.456',
    '0120 - 123 - 456',
    '03（1234）5678',
    '①090-1234-5678',
    '0120‐123‐456',
    '0120 899 544',
    '2026 0120-123-456 24時間',
    '#9111',
    '171番',
    'お電話は0\u200b3-1234-5678まで',
  ])('%s', (text) => {
    expect(kinds(text)).toContain('phone');
  });
});

describe('numbers that are retired or never to be shown leave in no notation', () => {
  test.each([
    '0120-999-373',
    '０１２０９９９３７３',
    '0120（999）373',
    '0120の999の373',
    '0120 の 999 の 373',
    '+81 120 999 373',
    '120-999-373',
    '①0120-999-373',
    '〇一二〇 九九九 三七三',
    '〇一二〇\u200b\u200b\u200b\u200b九九九三七三',
    '０・１・２・０・９・９・９・３・７・３',
    '011-330-3000',
    '011 330 3003',
    '022-745-6366',
    '022-745-6363',
    '0120-933-899',
    '03-4578-0364',
    '+81 50-5370-4545',
    '050-5370-4545',
  ])('%s', (text) => {
    expect(kinds(text)).toContain('retired');
  });
});

describe('the guard refuses addresses that are no live fact', () => {
  test.each([
    ['https://example.com/', 'url'],
    ['http://www.amazon.co.jp/contact-us', 'url'],
    ['amazon.co.jp/gp/help/contact-us/general-questions.html', 'url'],
    ['https://www.amazon.co.jp/contact-us?x=1', 'url'],
    ['ａｍａｚｏｎ．ｃｏ．ｊｐ／ｘ', 'url'],
    ['詳しくはevil.xyzまで', 'url'],
    ['amazon.co.jp.example', 'url'],
    ['аmazon.co.jp', 'url'],
    ['http://192.168.0.1/login', 'url'],
    ['bit.ly/abc', 'url'],
    ['evil.com.みんな', 'url'],
    ['詳しくはamazon-login.コム', 'url'],
    ['evil.みんな', 'url'],
    ['https://アマゾン.jp/login', 'url'],
    ['http://日本郵便.com/x', 'url'],
    ['yamato-re.monster/ab', 'url'],
    ['evil.deals/x', 'url'],
    ['詳しくはaccount-check.deliveryまで', 'url'],
    ['evil.newending/x', 'url'],
    ['Please open evil.best and log in', 'url'],
    ['Evil.Shop', 'url'],
    ['https://www.amazon.co.jp。evil.deals/', 'url'],
    ['https://www.amazon.co.jpんevil.deals/', 'url'],
    ['https://www.amazon.co.jp^@evil.deals/', 'url'],
    ['@amazon-login.com/verify', 'url'],
    ['_amaz0n.com/x', 'url'],
    ['https://amazon.co.jp@evil.example/', 'url'],
    ['someone@example.com', 'mail'],
    ['reportascam@amazon.com.example', 'mail'],
    ['https://www.amazon.co.jp/gp/help/customer/display.html?nodeId=GQ37ZCNECJKTFYQV', 'url'],
  ])('%s', (text, kind) => {
    expect(kinds(text)).toContain(kind);
  });
});

describe('the guard refuses words', () => {
  test.each([
    ['必ず解決します。', 'promise'],
    ['返金は絶対です。', 'promise'],
    ['確実に届きます。', 'promise'],
    ['１００％戻ってきます。', 'promise'],
    ['間違いなく返金されます。', 'promise'],
    ['返金を保証します。', 'promise'],
    ['このメールは安全です。', 'vouch'],
    ['これは詐欺ではありません。', 'vouch'],
    ['パスワードを教えてください。', 'secret'],
    ['カード番号を入力してください。', 'secret'],
    ['ﾊﾟｽﾜｰﾄﾞを送ってください', 'secret'],
    ['届いた認証コードを、ここに書いていただけますか。', 'secret'],
    ['この画面にカード番号をご入力ください。', 'secret'],
    ['暗証番号は何ですか?', 'secret'],
    ['Please tell me your password.', 'secret'],
  ])('%s', (text, kind) => {
    expect(kinds(text)).toContain(kind);
  });
});

const forbidden = '0120-999-373';
const box = (part: object) => ({ type: 'box', layout: 'vertical', contents: [part] });
const flex = (part: object) => ({
  type: 'flex',
  altText: 'ok',
  contents: { type: 'bubble', body: box(part) },
});
const button = (action: object) => flex({ type: 'button', action });
const chip = (action: object) => ({
  type: 'text',
  text: 'ok',
  quickReply: { items: [{ type: 'action', action }] },
});
const template = (part: object) => ({ type: 'template', altText: 'ok', template: part });
const good = 'https://www.amazon.co.jp/contact-us';
const evil = 'https://evil.example/';

describe('whole messages', () => {
  test('a forbidden number is found wherever it stands, with its path', () => {
    const messages = [
      {
        type: 'flex',
        altText: 'ok',
        contents: {
          type: 'bubble',
          body: {
            type: 'box',
            layout: 'vertical',
            contents: [
              { type: 'text', text: 'ok' },
              {
                type: 'box',
                layout: 'vertical',
                contents: [],
                action: { type: 'clipboard', clipboardText: '0120-999-373' },
              },
            ],
          },
        },
      },
    ];
    const paths = guard.checkMessages(messages).map(({ path }) => path);
    expect(new Set(paths)).toEqual(
      new Set(['messages[0].contents.body.contents[1].action.clipboardText']),
    );
  });

  test.each<[string, object, string]>([
    ['a text', { type: 'text', text: forbidden }, 'phone'],
    ['a text of a card', flex({ type: 'text', text: forbidden }), 'phone'],
    [
      'a part of one',
      flex({ type: 'text', contents: [{ type: 'span', text: forbidden }] }),
      'phone',
    ],
    ['what is read aloud', { ...flex({ type: 'filler' }), altText: forbidden }, 'phone'],
    ['the label of a button', button({ type: 'uri', label: forbidden, uri: good }), 'phone'],
    [
      'the label of a quick reply',
      chip({ type: 'message', label: forbidden, text: 'ok' }),
      'phone',
    ],
    ['what a tap says', chip({ type: 'postback', data: 'x', displayText: forbidden }), 'phone'],
    ['what a tap prepares', chip({ type: 'postback', data: 'x', fillInText: forbidden }), 'phone'],
    ['what a tap copies', button({ type: 'clipboard', clipboardText: forbidden }), 'phone'],
    [
      'the title of a template',
      template({ type: 'buttons', title: forbidden, text: 'ok' }),
      'phone',
    ],
    ['an address', button({ type: 'uri', uri: evil }), 'url'],
    ['that of the PC', button({ type: 'uri', uri: good, altUri: { desktop: evil } }), 'url'],
    ['that of a picture', flex({ type: 'image', url: evil }), 'url'],
  ])('%s is looked at', (_place, message, kind) => {
    expect(guard.checkMessages([message]).map((problem) => problem.kind)).toContain(kind);
  });

  test.each([
    ['https://www.amazon.co.jp/contact-us', 0],
    ['https://www.amazon.co.jp/gp/help/contact-us/general-questions.html', 1],
    ['tel:188', 0],
    ['tel:%239110', 0],
    ['tel:0120899543', 1],
    ['tel:0120999373', 1],
    ['https://www.amazon.co.jp/contact-us/', 1],
    ['https://amazon.co.jp/contact-us', 1],
    ['line://app/1', 1],
  ])('a button that opens %s', (uri, count) => {
    expect(guard.checkMessages([{ action: { type: 'uri', uri } }])).toHaveLength(count);
  });

  test('postback data is no text of ours and is not looked at', () => {
    expect(guard.checkMessages([{ action: { type: 'postback', data: '0120-999-373' } }])).toEqual(
      [],
    );
  });
});

test('what is withheld is gone, the rest stays as it was', () => {
  expect(
    guard.withhold('番号は０１２０－９９９－３７３、または evil.xyz です。', '（伏せ字）'),
  ).toBe('番号は（伏せ字）、または （伏せ字） です。');
});

test('a number that is retired is withheld wherever it stands, however it is written', () => {
  const kanji = '〇一二〇 九九九 三七三';
  expect(guard.withhold(`${kanji}か、${kanji}へ`, '（伏せ字）')).toBe(
    '〇（伏せ字）か、〇（伏せ字）へ',
  );
});

const fact = (value: string, more: Partial<Fact>): Fact => ({
  value,
  kind: 'url',
  name: '窓口',
  class: 'official',
  sources: [{ ref: 'x' }],
  checked_on: '2026-11-01',
  review_after_days: 100,
  show: true,
  ...more,
});

describe('a fact that is retired', () => {
  const address = 'https://www.amazon.co.jp/help';

  test('does not leave, though somebody forgot to say that it is not to be shown', () => {
    const old = createGuard({ old: fact(address, { class: 'retired' }) });
    expect(old.check(address)).toHaveLength(1);
    expect(old.checkMessages([{ action: { type: 'uri', uri: address } }])).toHaveLength(1);
  });

  test.each([['first'], ['last']])(
    'and good again may be said, whichever of both comes %s',
    (at) => {
      const old = { old: fact(address, { class: 'retired', show: false }) };
      const now = { now: fact(address, {}) };
      const both = createGuard(at === 'first' ? { ...old, ...now } : { ...now, ...old });
      expect(both.check(address)).toEqual([]);
    },
  );
});

test.each([
  ['dots', 'a.'.repeat(20_000)],
  ['digits', '0 '.repeat(20_000)],
  ['one long number', '0'.repeat(40_000)],
  ['Japanese schemes', 'https://あ'.repeat(5000)],
  ['Japanese hosts', `https://${'あ.'.repeat(15_000)}`],
  ['underlines', '_a.'.repeat(15_000)],
  ['at signs', 'a@'.repeat(20_000)],
  ['full stops in hosts', `https://${'a。'.repeat(15_000)}`],
  ['signs in hosts', `https://${'aん∕'.repeat(10_000)}`],
  ['names before hosts', 'https://aん^'.repeat(5000)],
  ['schemes', 'https://'.repeat(5000)],
  ['half requests', 'パスワードを'.repeat(5000)],
  ['zero-width', '\u200b'.repeat(40_000)],
])('a long text of %s is read to its end', (_name, text) => {
  expect(guard.check(`${text} 0120-999-373`).some(({ kind }) => kind === 'retired')).toBe(true);
});
