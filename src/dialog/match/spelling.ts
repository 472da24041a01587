import { normalise } from '../normalise.ts';
import { bareAnswer } from './polarity.ts';

/** Kanji that answers are made of, and how they are typed in kana. Longer ones first. */
const READINGS: readonly (readonly [string, string])[] = Object.entries({
  何も: 'なにも',
  何か: 'なにか',
  見当たら: 'みあたら',
  見付: 'みつ',
  見つ: 'みつ',
  届: 'とど',
  荷物: 'にもつ',
  商品: 'しようひん',
  電話: 'でんわ',
  写真: 'しやしん',
  玄関: 'げんかん',
  家族: 'かぞく',
  出品者: 'しゆつぴんしや',
  返品: 'へんぴん',
  返金: 'へんきん',
  交換: 'こうかん',
  注文: 'ちゆうもん',
  解約: 'かいやく',
  発送: 'はつそう',
  受け取: 'うけと',
  分から: 'わから',
  分か: 'わか',
  解ら: 'わから',
  判ら: 'わから',
  違: 'ちが',
  無い: 'ない',
  無か: 'なか',
  無し: 'なし',
  有る: 'ある',
  有り: 'あり',
  繋が: 'つなが',
  話: 'はな',
  押: 'お',
  出: 'で',
  待: 'ま',
  払: 'はら',
  教え: 'おしえ',
  言: 'い',
  聞: 'き',
  買: 'か',
  使: 'つか',
  終: 'お',
  壊: 'こわ',
  今日: 'きよう',
  明日: 'あした',
  昨日: 'きのう',
}).map(([kanji, kana]) => [kanji, kana] as const);

/** 来る by itself, kept apart from で: 「メールで来た」 is not できた. */
const COME: readonly (readonly [RegExp, string])[] = [
  [/出来/g, 'でき'],
  [/(?<=で)来/g, '。来'],
  [/来(?:ません|ない)/g, 'こない'],
  [/来(?=な)/g, 'こ'],
  [/来(?=[たてま])/g, 'き'],
];

/** Polite, dialect and progressive forms of verbs, and the plain form they are compared in. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // Many end in the middle of a sentence, to be polite: 「見つからなくて」「忘れちゃって」「割れてまして」.
  [/(?<=(?<!はじめ)まし|しまつ|ちまつ|ちやつ|じやつ|もう|しも|(?<!まつ)て)て(?=。*$)/g, 'た'],
  [/(?<=な|た)くて(?=。*$)/g, 'い'],
  [
    /(?:てしまいました|てしまつた|てしもうた|てしもた|てもうた|ちやいました|ちやつた|ちまつた)/g,
    'た',
  ],
  [/(?:でしまいました|でしまつた|じやいました|じやつた)/g, 'だ'],
  [/(?:ておりません|ていません|ていない|てません|てへん|とらん|ちよらん|てねえ)/g, 'てない'],
  [/ていなか/g, 'てなか'],
  [/(?<=[てで])い(?=[たてる])/g, ''],
  // Not 使ってない, 買ってない.
  [/(?<=わ|みつ|助|預)かつてな(?=い|か|く)/g, 'からな'],
  [/(?<=[どきひつ])いてな(?=い|か|く)/g, 'かな'],
  [/ておりま|ていま/g, 'てま'],
  [/(?:できん|でけん|で[きけ]へん)(?=わ?。*$)/g, 'できない'],
  [/ありません(?:でした)?/g, 'ない'],
  [/りません(?:でした)?|らへん|らねえ|らん(?=$|で|か|け|ば|と)/g, 'らない'],
  [/きません(?:でした)?|かへん|かねえ|かん(?=$|で|け|ば|と)/g, 'かない'],
  [/ません(?:でした)?|まへん/g, 'ない'],
  [/(?<=[がづで])きました|^きました/g, 'きた'],
  [/きました/g, 'いた'],
  [/りました|いました/g, 'つた'],
  [/ました/g, 'た'],
];

/** Ends that carry no meaning of their own. */
const ENDS =
  /(?:でお願いします|お願いします|おねがいします|だと思います|とおもいます|と思います|んですけど|ですけど|のほうです|のほう|の方です|の方|みたいです|みたい|ようです|でした|ですね|ですよ|です|だよ|だね|だけど|けど|かな|かも|ました|ます|なんだ|やで|やねん|ねん|ばい|(?<![いきぎしちにびみりえけげせてねべめれ])たい|べ|だ|よ|ね|わ|な|を選ぶ|にする|にします|がいい)$/;

/** It ends in ません, and denies nothing. */
const SORRY = /す[みい]ません(?:でした|けど|が)?。?/g;

/** 「大丈夫？」 asks, and 「大丈夫」 agrees. */
export function endsInMark(text: string): boolean {
  return /[?？]\s*$/.test(text);
}

/** One spelling for a text and for the answers it is compared with. */
export function spelling(text: string): string {
  let spelt = normalise(text).replace(SORRY, '');
  for (const [form, kana] of COME) spelt = spelt.replace(form, kana);
  for (const [kanji, kana] of READINGS) spelt = spelt.replaceAll(kanji, kana);
  for (const [form, plain] of FORMS) spelt = spelt.replace(form, plain);
  return endsInMark(text) && bareAnswer(spelt) ? `${spelt}か` : spelt;
}

/** Words of the content in that spelling, without the words at its end, and as somebody asks in talk. */
export type Phrase = { spelt: string; bare: string; gist: string };

/** The content has 4,000; labels with a date come and go. */
const MOST_PHRASES = 10_000;

const phrases = new Map<string, Phrase>();

/**
 * The same for words of the content: a text is compared with hundreds of them, so each is worked out once. Bought seven
 * tenths of the CPU of a text. Never for what a user wrote, which would be kept.
 */
export function phraseOf(words: string): Phrase {
  const known = phrases.get(words);
  if (known) return known;
  const spelt = spelling(words);
  const phrase = { spelt, bare: bare(spelt), gist: gist(spelt) };
  if (phrases.size >= MOST_PHRASES) phrases.clear();
  phrases.set(words, phrase);
  return phrase;
}

/** A spelling without the polite or casual words at its end. */
export function bare(spelt: string): string {
  const first = spelt.replace(ENDS, '');
  const second = first.replace(ENDS, '');
  return second.length >= 2 ? second : first.length >= 2 ? first : spelt;
}

/** A spelling as a question in short: 「電話代はかかるのですか」「電話代かかるの」 are one. */
export function gist(spelt: string): string {
  return spelt
    .replace(/(?:でしよう|です|なん|の|ん)*か(?:な|ね|しら)?$|の$/, 'か')
    .replace(/[はがをも]|つて/g, '');
}
