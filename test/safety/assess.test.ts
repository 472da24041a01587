import { describe, expect, test } from 'vitest';
import { createAssess } from '../../src/safety/assess.ts';
import { createGuard } from '../../src/safety/guard.ts';
import { words } from '../message/samples.ts';

const assess = createAssess(words.facts);
const guard = createGuard(words.facts);

const table: [pasted: string, verdict: string, trick?: string][] = [
  ['https://www.amazon.co.jp/contact-us', 'listed'],
  ['https://www.amazon.co.jp/gp/css/order-history', 'listed'],
  ['https://www.amazon.co.jp/dp/B000000000?ref=x', 'official-domain'],
  ['https://pay.amazon.co.jp/', 'official-domain'],
  ['https://www.amazon.co.jp:443/x', 'official-domain'],
  ['https://www.amazon.co.jp/gp/help/contact-us/general-questions.html', 'known-retired'],
  ['https://amazon.co.jp.example/login', 'lookalike', 'embedded'],
  ['https://www.amazon.com.secure.xyz/', 'lookalike', 'embedded'],
  ['amazon-co-jp.xyz', 'lookalike', 'brand-in-name'],
  ['https://amazon.co.jp-login.top/', 'lookalike', 'brand-in-name'],
  ['http://secure-amazonjp.shop/a', 'lookalike', 'brand-in-name'],
  ['https://ama-zon.co.jp/', 'lookalike', 'brand-in-name'],
  ['https://xn--mazon-3ve.co.jp/', 'lookalike', 'punycode'],
  ['https://аmazon.co.jp/', 'lookalike', 'homoglyph'],
  ['https://amazοn.co.jp/', 'lookalike', 'homoglyph'],
  ['https://amаz0n.co.jp/', 'lookalike', 'homoglyph'],
  ['https://amázon.co.jp/', 'lookalike', 'homoglyph'],
  ['https://amaz0n.co.jp/', 'lookalike', 'digit-for-letter'],
  ['https://arnazon.co.jp/', 'lookalike', 'digit-for-letter'],
  ['https://4mazon.top/', 'lookalike', 'digit-for-letter'],
  ['https://amzaon.co.jp/', 'lookalike', 'typo'],
  ['https://amazn.co.jp/', 'lookalike', 'typo'],
  ['https://amazoon.co.jp/', 'lookalike', 'typo'],
  ['https://amason.co.jp/', 'lookalike', 'typo'],
  ['https://amazon.co.jp@evil.example/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jp%2f@evil.example', 'lookalike', 'userinfo'],
  ['hxxps://amazon[.]co[.]jp[.]evil[.]xyz/', 'lookalike', 'embedded'],
  ['hxxps://amazon(.)co(.)jp(.)evil(.)xyz/', 'lookalike', 'embedded'],
  ['amazon-login.コム', 'lookalike', 'homoglyph'],
  ['ｈｔｔｐｓ：／／ａｍａｚ０ｎ．ｃｏ．ｊｐ／', 'lookalike', 'digit-for-letter'],
  ['https://www.amazon.com/', 'official-domain'],
  ['https://www.amazon.de/', 'unknown'],
  ['https://www.amazon.jp/hz/wishlist/ls/1AB?ref_=wl_share', 'unknown'],
  ['https://amazon.jp.example/', 'lookalike', 'embedded'],
  ['someone-amazon@amazon.jobs', 'unknown'],
  ['https://amzn.asia/d/abc', 'unknown'],
  ['https://bit.ly/3abc', 'unknown'],
  ['http://192.168.1.10/amazon', 'unknown'],
  ['https://example.com/amazon.co.jp', 'unknown'],
  ['https://アマゾン.jp/login', 'lookalike', 'brand-in-name'],
  ['https://login-アマゾン.co.jp/', 'lookalike', 'brand-in-name'],
  ['https://アマゾン.みんな/login', 'lookalike', 'brand-in-name'],
  ['http://日本郵便.com/x', 'unknown'],
  ['http://www.日本郵便.com/x', 'unknown'],
  ['yamato-re.monster/ab', 'unknown'],
  ['jp-post.lol', 'unknown'],
  ['amaz0n.skin', 'lookalike', 'digit-for-letter'],
  ['@amazon-login.com/verify', 'lookalike', 'brand-in-name'],
  ['_amaz0n.com/x', 'lookalike', 'digit-for-letter'],
  ['...amaz0n.com/x', 'lookalike', 'digit-for-letter'],
  ['login_amazon.com/x', 'lookalike', 'brand-in-name'],
  ['amazon_co_jp.example.com', 'lookalike', 'brand-in-name'],
  ['https://www.amazon.co.jp。account-check.deals/login', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp｡account-check。deals/login', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp．account-check.zuerich/login', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp。みんな/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp.みんな/login', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp.みんな', 'lookalike', 'embedded'],
  ['www.amazon.co.jp.コム', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp。商店', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jpんsigninんaccount-check.best/login', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jpﾉlogin.account-check.best/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jpーlogin.account-check.com/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp\u2215login.account-check.best/x', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp\u2044login.account-check.best/x', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jpᐟ.account-check.best', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jpんlogin.公司/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp^@account-check.best/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jp"@account-check.best/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jpあ@account-check.best/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jp:pass|word@account-check.best/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jpあ@192.168.1.10/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jpあ@3232235777/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jp。amazon.co.jp.account-check.deals/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp。amazon.co.jpんaccount-check.deals/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp。amazon.com。account-check.deals/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp。amazon.com。みんな/', 'lookalike', 'embedded'],
  ['https://www.amazon.co.jp。amazon.co.jp@account-check.deals/', 'lookalike', 'userinfo'],
  ['https://www.amazon.co.jp。amazon.co.jpあ@account-check.deals/', 'lookalike', 'userinfo'],
  ['https://www。amazon.co.jp/x', 'official-domain'],
  ['account-check.deals', 'unknown'],
  ['account-check.deals/login', 'unknown'],
  ['amazon-login.best', 'lookalike', 'brand-in-name'],
  ['Amazon.Shop', 'lookalike', 'brand-in-name'],
  ['amaz0n.Skin', 'lookalike', 'digit-for-letter'],
  ['account-check.help', 'unknown'],
  ['evil.best', 'unknown'],
  ['evil.shop/x', 'unknown'],
  ['Evil.shop', 'unknown'],
  ['EVIL.SHOP', 'unknown'],
  ['Yamato-Delivery.Com', 'unknown'],
  ['www.Evil.Best', 'unknown'],
  ['account-check.newending/login', 'unknown'],
  ['account-check.newending?id=1', 'unknown'],
  ['https://www.npa.go.jp/bureau/cyber/soudan.html', 'listed'],
  ['https://www.npa.go.jp/', 'listed'],
  ['0120-999-373', 'known-retired'],
  ['０１１－３３０－３０００', 'known-retired'],
  ['0120-933-899', 'unknown'],
  ['+81 50-5370-4545', 'unknown'],
  ['0120-899-543', 'listed'],
  ['#9110', 'listed'],
  ['03-1234-5678', 'unknown'],
  ['reportascam@amazon.com', 'listed'],
  ['auto-confirm@amazon.co.jp', 'official-domain'],
  ['info@amaz0n.co.jp', 'lookalike', 'digit-for-letter'],
  ['amazon.co.jp@gmail.com', 'lookalike', 'brand-in-name'],
  ['someone@example.com', 'unknown'],
  ['_some_one@example.com', 'unknown'],
];

describe('a pasted contact is compared with the facts', () => {
  test.each(table)('%s: %s %s', (pasted, verdict, trick) => {
    expect(assess(`これは本物ですか ${pasted} というものです`)).toEqual([
      expect.objectContaining(trick === undefined ? { verdict } : { verdict, trick }),
    ]);
  });

  test.each(table)('%s can be shown without becoming a link', (pasted) => {
    for (const { shown } of assess(pasted)) {
      expect(guard.check(shown)).toEqual([]);
      expect(shown.length).toBeLessThanOrEqual(62);
    }
  });
});

test('the answer shows the host, defanged, and not the path', () => {
  expect(assess('https://amazon.co.jp.example/login?id=secret')[0]?.shown).toBe(
    'amazon[.]co[.]jp[.]example/…',
  );
});

test.each([
  ['https://www.amazon.co.jp/contact-usは本物ですか', ['listed']],
  ['https://amazon.co.jpとevil.comのどちらが本物', ['unknown', 'listed']],
  ['https://www.amazon.co.jp/xは本物ですか', ['official-domain']],
  ['本物はhttps://amazon.co.jp。PCから見ました', ['listed']],
  ['https://amazon.co.jp。OK？', ['listed']],
  ['https://amazon.co.jpの差出人はauto-confirm@amazon.co.jp', ['listed', 'official-domain']],
  ['https://amazon.co.jpんです', ['listed']],
  ['https://amazon.co.jp。みんなに教えたい', ['listed']],
  ['https://amazon.co.jp一つだけ', ['listed']],
  ['https://amazon.co.jpー？', ['listed']],
  ['公式サイトhttps://www.amazon.co.jpと公式@AmazonJPは本物？', ['listed']],
  ['https://amazon.co.jpです@amazonから', ['listed']],
  ['https://www.amazon.co.jp（本物？）と書いてある', ['listed']],
  ['https://www.amazon.co.jp。amazon.co.jpは本物', ['listed', 'listed']],
  ['https://www.amazon.co.jp/。pay.amazon.co.jp', ['listed', 'official-domain']],
  ['https://www.amazon.co.jp。pay.amazon.co.jpも本物？', ['listed', 'official-domain']],
])('the Japanese that follows is no part of an address: %s', (text, verdicts) => {
  expect(assess(text).map(({ verdict }) => verdict)).toEqual(verdicts);
});

test('「https://で始まる」 is no address', () => {
  expect(assess('https://で始まるアドレスなら安全ですか。http://から始まるのは?')).toEqual([]);
});

test.each([
  'IMG_1234.MOVを送ります',
  'えっ...no problem',
  '@taro に聞いた',
  'file_name',
  '1.5倍の値段',
  'Dr.Martensの靴',
  'Dr.Martens/8ホールの靴',
  'Vol.A/Bの両方',
  '明細は注文.pdfです。次は?',
])('%s is no address either', (text) => {
  expect(assess(text)).toEqual([]);
});

test.each([
  'I want a refund.Best regards',
  'I want a refund.best regards',
  'My parcel never arrived.You said today',
  'my parcel never arrived.you said today',
  'Is it stuck.Today is day 5',
  'It never came.It is late',
  'I bought it on Amazon.The seller is silent',
  'I bought it on Amazon.You said today',
  'Please help.Thanks.You',
  'Prime.Video が見られない',
  'Echo.Show 5が壊れた',
  'Co.Ltdの出品者',
])('words with a dot between are no address: %s', (text) => {
  expect(assess(text)).toEqual([]);
});

test.each([
  'I opened evil.shop and typed my card',
  'I opened account-check.best and typed my card',
  'I opened amazon.help and typed my card',
  'Please look at evil.best',
  'Amazon evil.best から来た',
  'I opened evil.best/x and typed my card',
])('an address amid English words is one: %s', (text) => {
  expect(assess(text)).toHaveLength(1);
});

test('a mail address stays one', () => {
  const kinds = assess('_a_b@example.com と info@amaz0n.co.jp').map(({ kind }) => kind);
  expect(kinds).toEqual(['mail', 'mail']);
});

test('a bad link after five real ones comes first', () => {
  const real = [1, 2, 3, 4, 5].map((page) => `https://www.amazon.co.jp/gp/${page}`);
  const judged = assess(`${real.join(' ')} https://amaz0n-verify.top/login`);
  expect(judged[0]).toMatchObject({ verdict: 'lookalike', shown: 'amaz0n-verify[.]top/…' });
});

test('the gravest comes first: what is retired before what is unknown, the real ones last', () => {
  const text =
    'https://www.amazon.co.jp/x https://www.amazon.co.jp/contact-us evil.com 0120-999-373 amaz0n.jp';
  expect(assess(text).map(({ verdict }) => verdict)).toEqual([
    'lookalike',
    'known-retired',
    'unknown',
    'listed',
    'official-domain',
  ]);
});

test('the same thing twice is judged once, and at most five things are', () => {
  expect(assess('a.com a.com')).toHaveLength(1);
  expect(assess(Array.from({ length: 9 }, (_, i) => `host${i}.com`).join(' '))).toHaveLength(5);
});

test('a text without contacts has nothing to assess', () => {
  expect(assess('注文番号250-1234567-1234567が届きません。2026年11月1日に頼みました。')).toEqual(
    [],
  );
});
