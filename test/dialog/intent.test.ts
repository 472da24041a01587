import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, readLabelled, share } from '../../scripts/intent-measure.ts';
import { intentSource } from '../../src/dialog/intent-schema.ts';
import { learn, understand } from '../../src/dialog/intent.ts';
import { model, source } from './intents.ts';

const meant = (text: string) => understand(model, text);
const opened = (text: string) => {
  const { decision, intents } = meant(text);
  return decision === 'open' ? intents[0]?.id : decision;
};

/** A text whose middle is not read. */
const around = (middle: string) => `${'あい'.repeat(250)}${middle}${'うえ'.repeat(150)}`;
const part = ({ count, of }: { count: number; of: number }): number => count / of;

describe('what a thing is named after does not lead out of scope', () => {
  test.each([
    'バスタオル',
    'バスマット',
    '介護ベッド',
    'マッサージ機',
    'カラオケマイク',
    '電気毛布',
    '電気シェーバー',
  ])('%s', (thing) => {
    expect(opened(`${thing}がまだ届きません`)).toBe('not-delivered');
    expect(opened(`${thing}が壊れていました`)).toBe('defective-wrong');
    expect(opened(`${thing}を返品したいです`)).toBe('return-refund');
  });

  test.each(['病院の予約を取り消したい', 'バスが来ない', '電気代が高い', '水道料金の請求が来た'])(
    'but the place itself does: 「%s」',
    (text) => {
      expect(meant(text)).toMatchObject({ decision: 'none', outside: expect.any(String) });
    },
  );
});

describe('a text that means one topic opens it', () => {
  test.each([
    ['荷物がまだ届きません', 'not-delivered'],
    ['配達済みなのに荷物がありません', 'delivered-missing'],
    ['身に覚えのない請求があります', 'unknown-charge'],
    ['返品したいです', 'return-refund'],
    ['壊れた商品が届きました', 'defective-wrong'],
    ['注文を取り消したい', 'cancel-order'],
    ['パスワードを忘れてログインできません', 'account-access'],
    ['プライム会員をやめたい', 'prime-membership'],
    ['出品者から返事が来ません', 'marketplace-seller'],
    ['アマゾンを名乗る怪しいメールが来た', 'suspected-scam'],
    ['カスタマーサービスの電話番号を教えて', 'contact-howto'],
    ['日本語が通じないので日本人に代わってほしい', 'japanese-operator'],
    ['折り返しの電話が来ない', 'no-connection'],
    ['ギフト券を登録できない', 'other-amazon'],
  ])('%s → %s', (text, topic) => {
    expect(opened(text)).toBe(topic);
  });

  test.each([
    ['in kana', 'にもつが とどきません'],
    ['in half-width kana', 'ﾆﾓﾂｶﾞﾏﾀﾞｺﾅｲ'],
    ['with a slip', '荷物が届きまえん'],
    ['with emoji', '😭荷物が来ない😭'],
    ['in Osaka', '荷物がまだけえへんのやけど'],
    ['in Hakata', '荷物の来んっちゃけど'],
    ['in Tohoku', '荷物がまだ来ねえんだけども'],
    ['in English', 'My package has not arrived yet'],
    ['very politely', '恐れ入りますが、注文いたしました品がまだ届いておりません'],
    ['after a greeting', 'こんにちは。荷物がまだ届きません'],
    ['with markup', '<b>荷物</b>がまだ<br>届きません'],
    ['with right-to-left marks', '\u202e荷物がまだ届きません\u202c'],
    [
      'as a story',
      `母は八十歳で操作が苦手です。${'本当に困っています。'.repeat(60)}荷物がまだ届きません。`,
    ],
  ])('the same topic %s', (_, text) => {
    expect(opened(text)).toBe('not-delivered');
  });
});

describe('what a fraudster is doing, or has got, opens the topic of doubtful contacts', () => {
  test.each([
    '今、電話で、画面を見せてと言われてます',
    '電話で6桁の数字を言いました',
    'ギフトカードを買ってくるように今言われています',
    'マイナンバー送っちゃった',
    'LINEでアマゾンのバイトに誘われてお金払った',
    '荷物の件でショートメール来て再配達のリンクがある',
    '050-3032-2207 からかかってきた',
    'からかかってきた',
    'コードが何回も届く',
    '頼んでいないのに確認コードが来た',
    '支払い方法を更新してくださいとメールが来た',
    'アカウントを確認してくださいとメールが来た',
    'カードの番号を教えてと言われた',
    '電話でアプリを入れさせられた',
    '返金するのでATMに来てと',
    '払ってないですが番号は言いました',
    '裏を削って番号を読みました',
    '電話中',
    'でんわまだつながってます',
    'まだ電話切ってない',
    '今電話つながってます助けて',
    'チームビューワーってやつを入れさせられた',
    'アマゾンの人がカード番号教えてって',
    '電話を切らないでコンビニに行けと言われた',
    'おしてしまったけどすぐとじた',
  ])('%s', (text) => {
    expect(opened(text)).toBe('suspected-scam');
  });

  test.each([
    'SMSで荷物の不在通知が来て、クレジットの番号入れてしまいました',
    'キャンセルすると言われてカード番号を言った',
    '返金してあげると言われて口座番号を伝えた',
  ])('and alone, whatever it pretended to be about: %s', (text) => {
    expect(opened(text)).toBe('suspected-scam');
  });

  test.each([
    ['認証コードが届かない', 'account-access'],
    ['コードを毎回聞かれて入れません', 'account-access'],
    ['折り返しの電話がかかってこない', 'no-connection'],
    ['不在票が入っていた', 'not-delivered'],
    ['アマゾンでバイトしたい', 'none'],
    ['カードの番号を変えたい', 'other-amazon'],
    ['カードの番号を入れてもエラーになる', 'other-amazon'],
    ['ギフトカードの番号を入れたのに使えない', 'other-amazon'],
    ['もらったギフト券の番号を入れたけどエラーになる', 'other-amazon'],
    ['アプリを入れたい', 'other-amazon'],
    ['届いた包丁で手を切った', 'defective-wrong'],
    ['遅れるってメール来た', 'not-delivered'],
    ['知らない注文があって届け先が知らない人', 'account-access'],
  ])('what only sounds like it does not: %s → %s', (text, topic) => {
    expect(opened(text)).toBe(topic);
  });
});

describe('a fraudster uses the names of others', () => {
  test.each([
    'コンビニでグーグルプレイカードを買ってこいと言われて今コンビニにいます',
    'グーグルプレイカードを買って番号を教えてしまった',
    'itunesカードの番号を教えた',
    '楽天銀行に振り込んでしまいました',
    'ゆうちょから30万振り込みました',
    'みずほ銀行のワンタイムパスワードを言ってしまった',
    'NHKを名乗る電話で未納と言われた',
    'メルカリの偽メールのリンクを押してしまった',
    'PayPayで送金してしまった',
    'ペイペイで払えと言われた',
  ])('a bank, a card or a shop in it changes nothing: %s', (text) => {
    expect(opened(text)).toBe('suspected-scam');
  });

  test.each([
    '楽天で買った荷物が届かない',
    'メルカリの返品したい',
    'メルカリで騙された',
    'ラクマで詐欺にあった',
    '楽天銀行の口座を開きたい',
    'グーグルプレイカードを買いたい',
    'ゆうちょに振り込んだのに反映されない',
  ])('other trouble with them is for them: %s', (text) => {
    expect(meant(text)).toMatchObject({ decision: 'none', outside: 'other-shop' });
  });
});

describe('one trouble is one topic', () => {
  test.each([
    ['届いた商品が壊れてたから返金してほしい', 'defective-wrong'],
    ['不良品だったので返品したいです', 'defective-wrong'],
    ['注文したのに届かなくて返金してほしい', 'not-delivered'],
    ['配達済みなのに届いてないから返金して', 'delivered-missing'],
  ])('the wish for the money back is no second one: %s → %s', (text, topic) => {
    expect(opened(text)).toBe(topic);
  });

  test.each(['勝手にキャンセルされた', '支払ったのに注文がキャンセルされた'])(
    'who did not cancel needs the money back, not the way to cancel: %s',
    (text) => {
      expect(opened(text)).toBe('return-refund');
    },
  );

  test.each([
    ['入金したのに発送されない', 'not-delivered'],
    ['アマゾンで買ったiPhoneが初期不良', 'defective-wrong'],
    ['玄関にはあったけど中身がない', 'defective-wrong'],
    ['置き配やめたい', 'other-amazon'],
    ['置き配の場所を変えたい', 'other-amazon'],
  ])('%s → %s', (text, topic) => {
    expect(opened(text)).toBe(topic);
  });
});

describe('a text with two issues is asked about', () => {
  test.each([
    ['荷物が届かないし、プライムも解約したい', ['not-delivered', 'prime-membership']],
    ['知らない請求があって、ログインもできません', ['unknown-charge', 'account-access']],
    ['ﾆﾓﾂｺﾅｲ ﾃﾞﾝﾜｼﾀｲ', ['not-delivered', 'contact-howto']],
    ['ｼﾗﾅｲ ｾｲｷｭｳ ﾌﾟﾗｲﾑ ｶｲﾔｸｼﾀｲ', ['unknown-charge', 'prime-membership']],
    ['プライムの解約と荷物のこと', ['prime-membership', 'not-delivered']],
    ['ログインできないし電話番号もわからない', ['account-access', 'contact-howto']],
    ['Cancel my Prime and my last order.', ['prime-membership', 'cancel-order']],
  ])('%s', (text, topics) => {
    const { decision, several, intents } = meant(text);
    expect(decision).toBe('choose');
    expect(several).toBe(true);
    expect(intents.map(({ id }) => id).toSorted()).toEqual(topics.toSorted());
  });

  test.each(['キャンセルしたのに返金されない', '注文をキャンセルしたのに、お金が戻りません'])(
    'what one has done oneself is no issue beside what came of it: %s',
    (text) => {
      expect(opened(text)).toBe('return-refund');
    },
  );

  test('never more than three choices, best first', () => {
    const { intents } = meant('返品も解約もキャンセルもしたいし電話番号も知りたいし詐欺も怖い');
    const scores = intents.map(({ score }) => score);
    expect(intents.length).toBeLessThanOrEqual(3);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });
});

describe('commands and politeness', () => {
  test.each([
    ['メニュー', 'menu'],
    ['戻る', 'back'],
    ['もどる', 'back'],
    ['最初から', 'restart'],
    ['ヘルプ', 'help'],
    ['使い方がわかりません', 'help'],
    ['やめる', 'cancel'],
    ['続ける', 'continue'],
    ['消して', 'forget'],
    ['覚えていること', 'recall'],
    ['リマインド', 'reminders'],
    ['こんにちは！', 'greeting'],
    ['ありがとうございました😊', 'thanks'],
    ['これは公式ですか', 'about'],
    ['通知を止めてください', 'stop-notifications'],
  ])('%s → %s', (text, command) => {
    const { decision, intents } = meant(text);
    expect([decision, intents[0]?.id]).toEqual(['command', command]);
  });

  test.each(['はい', 'いいえ', 'うん', '違います'])(
    '%s answers a question, and means nothing without one',
    (text) => {
      expect(meant(text)).toEqual({ decision: 'none', intents: [] });
    },
  );
});

describe('out of scope: no topic, and the kind that names the right place', () => {
  test.each([
    ['楽天市場の注文をキャンセルしたい', 'other-shop'],
    ['メルカリの出品者から返事がない', 'other-shop'],
    ['ネットフリックスを退会したい', 'other-shop'],
    ['ヤマトの電話番号を教えて', 'carrier'],
    ['Kindleで本を出版したい', 'seller-side'],
    ['出品アカウントが停止された', 'seller-side'],
    ['AWSの料金について', 'developer'],
    ['アマゾンの倉庫で働きたい', 'jobs'],
    ['アマゾン川の長さは', 'company'],
    ['明日の天気は', 'smalltalk'],
    ['バカ野郎', 'insult'],
  ])('%s → %s', (text, kind) => {
    expect(meant(text)).toMatchObject({ decision: 'none', intents: [], outside: kind });
  });

  test("another company's name beside Amazon's is no reason to send anybody away", () => {
    expect(opened('アマゾンの商品をPayPayで払ったけどまだ届かない')).toBe('not-delivered');
  });

  test.each([
    '死にたい',
    'しにたいです',
    'ｼﾆﾀｲ',
    'もう生きていたくない',
    '消えてしまいたい',
    '詐欺でお金を全部なくして死にたい。電話番号を教えて',
    '荷物も届かないし、もう死んでしまいたい',
    '生きているのがつらい',
    'I want to kill myself',
    '睡眠薬をたくさん飲んだ',
    '死んだら楽になれるかな',
    'もう生きるのをやめようと思う',
    'お金を全部失って、もう生きていく気になれません',
    '家族のために自分はいない方がいいと思います',
    'もう死ぬしかない',
    'もうしのう',
    '一人ぼっちでつらい',
    'もう全部どうでもいい',
    'もう限界です',
    'くびつりたい',
    '首つって死ぬ',
    '首吊ろうと思う',
  ])('despair is heard whatever else is said: %s', (text) => {
    expect(meant(text)).toEqual({ decision: 'none', intents: [], outside: 'despair' });
  });

  test.each(['全部です', '全部', 'はい全部', 'もう無理です', 'いない方がいいですか'])(
    'a few words that only sound like it frighten nobody: %s',
    (text) => {
      expect(meant(text).outside).not.toBe('despair');
    },
  );

  test.each([
    ['スマホが死んだ', 'defective-wrong'],
    ['画面が死んでる', 'defective-wrong'],
    ['タブレットが死んでしまった', 'defective-wrong'],
    ['電池が死んでる', 'defective-wrong'],
    ['届いた魚が死んでた', 'defective-wrong'],
    ['植木が枯れて死んでいた', 'defective-wrong'],
    ['睡眠薬が届かない', 'not-delivered'],
    ['睡眠薬を返品したい', 'return-refund'],
    ['父が死んだらアカウントはどうなりますか', 'account-access'],
    ['荷物を待つのももう限界です', 'not-delivered'],
    ['引き落としのうち、身に覚えのないものがあります', 'unknown-charge'],
  ])('a dead phone or a death in the family is no wish to die: %s → %s', (text, topic) => {
    expect(opened(text)).toBe(topic);
  });

  test.each([
    '子どもがボタン電池を飲んだ',
    '孫がボタン電池飲んでしもた',
    '届いた電池を孫が飲んでしもうた どうしよう',
    '電池のんじゃった',
    'でんちをのみこんだ',
    '電池を飲み込みました',
    'ボタン電池を子どもが口に入れた',
    '子どもが磁石を飲んだ',
    '子どもが部品を飲み込んだ',
    '洗剤を飲んじゃった',
    '漂白剤を飲んだ',
    '子どもが薬を飲んでしまった',
    '誤飲しました',
    '主人が意識ありません',
    '母が意識もうろうとしている',
    '父が倒れて返事がない',
    '感電して倒れた',
    '子どもが息をしていない',
    '助けて、息ができない',
    '包丁で切って血が止まらない',
    '血が止まらないのですが',
    '救急車よんで',
    '届いた薬を間違えて飲んでしまった',
    '意識がないです 返品したい',
    '救急車を呼んだほうがいい？',
    '母が倒れた',
    'お母さんが倒れました',
    '母が薬を飲み過ぎた',
    '薬を大量に飲みました',
    '母がだまされて薬をたくさん飲んだ',
    '胸が痛い',
    'アレルギーで息が苦しい',
    '手首切った',
    '夫に殴られてる',
    'ナイフを持った人がいる',
    '刺された',
    '火事です',
    '一酸化炭素の警報が鳴ってる',
    '煙が出てる',
    '燃えてます',
    '発火した',
    'モバイルバッテリーが燃えた',
    '充電器から煙が出ているので返品したい',
  ])('an emergency is heard whatever else is said: %s', (text) => {
    expect(meant(text)).toEqual({ decision: 'none', intents: [], outside: 'emergency' });
  });

  test.each([
    '話が飲み込めない',
    '息子が電池を買った',
    '救急車のおもちゃが届かない',
    'トミカの救急車が壊れていた',
    '救急車よりもパトカーのおもちゃが欲しい',
    'プリンターが紙を飲み込んで動かない',
    'ATMがカードを飲み込んでしまった',
    '飲みこんだ話ですみません 返金がまだです',
    '誤飲防止のカバーが届きません',
    '誤飲防止ロックが壊れた',
    '間違って飲んだペットボトルの数が足りない',
    '母が薬を飲んでいるので早く届けてほしい',
    'マスクが息ができないので返品したい',
    '寝ぼけて意識がもうろうとして注文してしまった',
    'プロ意識がない配達員だった',
    '血が止まらないので絆創膏頼んだのに届かない',
    '感電したら怖いので返品したい',
    '父が倒れて入院したのでキャンセルしたい',
    '自転車が倒れて動かない',
    '父が倒れたので注文をキャンセルしたい',
    '倒れて壊れてた',
    '胸ポケットが破れてた',
    '心が折れた',
    '火事で焼けた',
    '火災警報器が鳴らない',
    '薬が届かない',
    '薬をたくさん買った',
    'ナイフを買った',
    '包丁の刃が欠けていた',
    '殴られたような跡がある箱',
    '釘を刺された',
    'マスクをすると息が苦しいので返品したい',
    '炎上した',
    'ストーブに火がつかない',
    '発火したら怖い',
  ])('ordinary trouble is no emergency: %s', (text) => {
    expect(meant(text).outside).not.toBe('emergency');
  });

  test.each([
    '昨日モバイルバッテリーが燃えたので返品したい',
    '先週充電器から煙が出たので返品したい',
    'バッテリーが発火した、返金してほしい',
  ])('a fire that is out is a fault of the product: %s', (text) => {
    const { intents, outside } = meant(text);
    expect(outside).toBeUndefined();
    expect(intents.map(({ id }) => id)).toContain('defective-wrong');
  });

  test.each(['明日届くそうです', '音がうるさい', 'ネットが使えない'])(
    'nobody who says so is rude: %s',
    (text) => {
      expect(meant(text).outside).not.toBe('insult');
    },
  );

  test.each(['死ぬほど待っているのに荷物が来ない', '絶望的に遅い、荷物がまだ届かない'])(
    'a strong word about a parcel is about the parcel: %s',
    (text) => {
      expect(meant(text).outside).toBeUndefined();
    },
  );
});

describe('an answer that has lost its question means nothing', () => {
  test.each([...'123456789', '12', '2個', '3つ', '一つ', '二個です', '2回', '1番'])(
    '%s',
    (text) => {
      expect(meant(text)).toEqual({ decision: 'none', intents: [] });
    },
  );

  test.each([
    'わからない',
    'やっぱりわからない',
    '全然わかりません',
    'わからへん',
    '意味がわからない',
  ])('%s', (text) => {
    expect(meant(text)).toMatchObject({ decision: 'none', intents: [] });
  });

  test('a number to call is no answer', () => {
    expect(meant('188').outside).toBe('advice');
  });
});

describe('bad input means nothing and harms nothing', () => {
  test.each([
    ['nothing', ''],
    ['emoji', '😂😂😂'],
    ['question marks', '？？？'],
    ['spaces and newlines', ' \n'.repeat(2000)],
    ['right-to-left marks', '\u202e\u200f\u202c'],
    ['joiners', '\u200d'.repeat(5000)],
    ['half a surrogate pair', '\ud83d'],
    ['an object’s own words', '__proto__ constructor toString'],
    ['Arabic', 'مرحبا كيف حالك'],
    ['Russian', 'Какая сегодня погода'],
  ])('%s', (_, text) => {
    expect(meant(text)).toMatchObject({ decision: 'none', intents: [] });
  });

  test('5,000 characters are answered like a message of the same meaning', () => {
    const long = `荷物が届きません。${'困っています。'.repeat(720)}`.slice(0, 5000);
    expect(opened(long)).toBe('not-delivered');
  });

  test('the middle of a very long text costs nothing: only its beginning and end are read', () => {
    expect(meant(around('返品'.repeat(2000)))).toEqual(meant(around('解約'.repeat(2000))));
  });
});

describe('learning', () => {
  test('the same file gives the same model', () => {
    const again = learn(source);
    for (const text of ['荷物が来ない', '返金まだ', 'プライムと請求の件']) {
      expect(understand(again, text)).toEqual(meant(text));
    }
  });

  test('a file without a part says which', () => {
    const result = intentSource.safeParse({ ...source, topics: undefined });
    expect(result.error?.issues[0]?.path).toEqual(['topics']);
  });

  test('a name that nothing has is reported where it stands', () => {
    const result = intentSource.safeParse({
      ...source,
      signs: { ...source.signs, despair: 'ない言葉' },
      near: 'contact-howto、no-conection',
      grave: 'suspected-scams',
      several: '荷物が来ないし解約もしたい → not-delivered, prime',
    });
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'signs.despair',
      'near',
      'grave',
      'several',
    ]);
    expect(result.error?.issues.map(({ message }) => message).join()).toContain('no-conection');
  });
});

describe('texts that intents.yaml does not hold', () => {
  const path = join(import.meta.dirname, 'intent-held-out.jsonl');
  const judged = readLabelled(readFileSync(path, 'utf8'), path).map((one) =>
    judge(one, meant(one.text)),
  );
  const single = judged.filter(({ topics }) => topics.length === 1);
  const none = judged.filter(({ topics }) => topics.length === 0);

  test('97 in 100 find their topic opened or among the choices', () => {
    expect(part(share(single, 'opened', 'offered'))).toBeGreaterThanOrEqual(0.97);
  });
  test('90 in 100 are opened at once', () => {
    expect(part(share(single, 'opened'))).toBeGreaterThanOrEqual(0.9);
  });
  test('at most 2 in 100 open another topic', () => {
    expect(part(share(single, 'wrong'))).toBeLessThanOrEqual(0.02);
  });
  test('at most 3 in 100 that are out of scope open a topic', () => {
    expect(part(share(none, 'opened-amiss'))).toBeLessThanOrEqual(0.03);
  });
});
