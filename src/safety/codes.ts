import { type Chain, type Group, withoutOrderNumbers } from './digits.ts';
import type { Span } from './normal.ts';
import { phonesOfChain } from './phone.ts';

const KIND = '(?:認証|確認|検証|照合|セキュリティー?|ワンタイム|ログイン|サインイン)(?:用の?)?';
/** In kana a kind is no part of something else only before these. */
const IN_KANA = '(?:にんしょう|かくにん|わんたいむ)(?:コード|こーど|番号|ばんごう|ぱすわーど)';
export const PIN = '(?:暗証|あんしょう|アンショウ)(?:番号|ばんごう|バンゴウ)';
const STRONG = `(?:${KIND}\\s?(?:コード|番号|パスワード|パスコード|キー)|[2二]段階認証|${PIN}|${IN_KANA})`;
const PLAIN = '(?<![ァ-ヴー]|商品|注文|郵便|問合せ|問い合わせ|品番)コード';
const ENGLISH =
  '(?<![a-z])(?:OTP|PIN|passcode|(?:verification|security|one-time|login)? ?code)(?![a-z])';
const NAMED = `(?:${STRONG}|${PLAIN}|${ENGLISH})`;
const NEXT_LINE = '(?:[ \\r]{0,4}\\n){1,4} {0,8}';
const OPENING = '[「『【"(<*]{0,2}';

const CODE_BEFORE = new RegExp(`(?:${KIND}|${NAMED})[^0-9\\n。]{0,12}$`, 'i');
const COMES = '(?:(?!ない|ません|なかっ|届か|来[なず])[^0-9\\n])';
/** On a line or in a sentence of its own, as mails have it; unless what stands before says that none came. */
const CODE_LINE_BEFORE = new RegExp(
  `(?:${NAMED}${COMES}{0,24}${NEXT_LINE}|${STRONG}${COMES}{0,16}。 ?)${OPENING}$`,
  'i',
);
/** The three digits on the back of a card. */
const CARD_CODE_BEFORE = new RegExp(
  `(?:セキュリティー?\\s?(?:コード|番号)|CV[VC]2?)[^0-9\\n。]{0,6}(?:${NEXT_LINE})?$`,
  'i',
);
const TO_NUMBER = '[\\s:=のはがもをで「『"(]{0,4}$';
/** 「カードの裏の3桁は」: nobody calls it a code. What stands on the back of other things is longer. */
const CARD_BACK_BEFORE = new RegExp(
  `裏[^0-9\\n。、]{0,10}(?:[3三](?:桁|けた|ケタ)(?:の?(?:番号|数字))?|番号|数字)${TO_NUMBER}`,
);
/** 「届いた6桁の」, 「SMSの番号は」. The last digits of a card are named without harm. */
const SENT_BEFORE = new RegExp(
  '(?:(?:SMS|ショートメ(?:ール|ッセージ))[^0-9\\n。]{0,8}?(?:届いた|[来き]た|(?<=SMS|ール|ージ|[のたでに\\s])(?:番号|数字))' +
    '|(?:届いた|メール[にで][来き]た)\\s?(?:番号|数字)' +
    `|(?<![0-9]|[下尾後](?:の|から)?\\s?(?:(?:番号|数字)の?)?)[4-8四五六七八](?:桁|けた|ケタ)の?(?:番号|数字)?)${TO_NUMBER}`,
  'i',
);

const NOT_COME = '(?!(?:が|は|も)?(?:まだ)?(?:届か|届きま|来な|来ませ|こな|きませ))';
const CODE_AFTER = new RegExp(
  `^(?:[^0-9\\n。]{0,6}?(?:${STRONG}|${PLAIN}|${KIND}?(?:OTP|code)(?![a-z]))${NOT_COME}` +
    `|\\s?[」』"】)]?\\s?(?:は|が|って|という|と|、|です)[^0-9\\n。]{0,16}?${STRONG}(?![がはをも])${NOT_COME}` +
    '|\\s?[」』"】)]?\\s?(?:という|って)(?:番号|数字)が(?:届い|送られ|[来き][たてま](?!せ))' +
    '| (?:is|as) (?:your|the|my) [^0-9\\n]{0,24}(?:OTP|code|password|PIN)(?![a-z]))',
  'i',
);

/** Words that make the number beside them something else; but 「お客様の認証コード」 is one all the same. */
const NO_CODE_BEFORE = new RegExp(
  '(?:エラー|商品|注文(?![しす])|問い合わせ|問合せ|お客様|郵便|クーポン|プロモーション|バー(?=コード)|JAN|QR|品番|伝票|追跡|error|zip|postal|promo|coupon)' +
    '(?:(?!認証|検証|照合|ワンタイム|セキュリティ|暗証|サインイン|ログイン|OTP|PIN|確認コード|の確認(?:用|番号))(?:[^0-9\\n。]|[4-8](?=桁))){0,10}' +
    `(?:${NEXT_LINE})?$`,
  'i',
);
const UNIT_AFTER =
  /^(?: ?(?:円|%|文字|桁|ケタ|けた|回|件|個(?!人)|年)|時|分(?!か)|秒|日(?!本)|月|人|番地|点|号)/;
/** The day or time that stands where a code could. */
const MOMENT =
  /^(?:20[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])|[0-9]{1,2}[/:][0-9])/;

/** As far as the patterns look back and ahead. */
const BACK = 64;
const AHEAD = 40;

/** Numbers of 4 to 8 digits (3 on a card's back) that the words beside them call a code. */
export function codePlaces(chain: Chain, text: string): Span[] {
  return withoutOrderNumbers(chain.groups).flatMap((part) => {
    const groups = withoutTimes(part, text);
    const leading = leadingRuns(groups, text).find(
      (run) => calledBefore(run, text) && !isPhone(run, chain),
    );
    const place = leading ?? trailing(groups, text, chain);
    return place ? [{ start: place.start, end: place.end }] : [];
  });
}

const GIFT_CODE = /(?<![a-z0-9-])[a-z0-9]{4}-[a-z0-9]{6}-[a-z0-9]{4,5}(?![a-z0-9-])/gi;
/** What fraudsters have people buy. */
const CARD =
  '(?:ギフト|プリペイド|電子マネー|グーグルプレ[イー]|アイチューンズ|アップル|ナナコ|ウェブマネー' +
  '|(?:itunes|apple|google ?play|steam|nanaco|web ?money)(?: ?(?:gift ?)?(?:card|code)s?){0,2})';
const AFTER_CARD = `(?<![a-z0-9-])(?=[a-z0-9]{4})(?<=${CARD}[^a-z0-9\\n。]{0,16})`;
const CALLED_GIFT_CODE = new RegExp(
  `${AFTER_CARD}[a-z0-9]{4}[- ]?[a-z0-9]{6}[- ]?[a-z0-9]{4,5}(?![a-z0-9-])`,
  'gi',
);
/** Fours, as on cards of Google and nanaco; words of four letters may stand before them. */
const IN_FOURS = /(?<![a-z0-9-])[a-z0-9]{4}(?:[- ][a-z0-9]{4}){3,7}(?![a-z0-9-])/gi;
const CALLED_IN_FOURS = new RegExp(
  `${AFTER_CARD}[a-z0-9]{4}(?:[- ]?[a-z0-9]{4}){3,7}(?![a-z0-9-]| ?円)`,
  'gi',
);

/**
 * Codes of gift cards: letters and digits, 4-6-4, 4-6-5 or in fours, anywhere; without their dashes, or with digits
 * only, where they are named. What has letters only at its head is the number of a parcel.
 */
export function giftCodePlaces(text: string): Span[] {
  return [
    ...places(text, GIFT_CODE, isMixed),
    ...places(text, CALLED_GIFT_CODE, isMixed),
    ...places(text, IN_FOURS, (code) => mixedGroups(code) >= 2),
    ...places(text, CALLED_IN_FOURS, (code) => /[0-9]/.test(code)),
  ];
}

function isMixed(code: string): boolean {
  return /[a-z]/i.test(code.slice(4)) && /[0-9]/.test(code);
}

/** 「2024 Fire HD10 Case」 has one. */
function mixedGroups(code: string): number {
  return code.split(/[- ]/).filter((group) => /[a-z]/i.test(group) && /[0-9]/.test(group)).length;
}

/** Codes written in kanji: 「暗証番号は一二三四です」. */
const CALLED_IN_KANJI = new RegExp(
  `(?<=(?:${STRONG}|パスワード|[4-8四五六七八](?:桁|けた|ケタ)の?(?:番号|数字)?)[\\s:=はがも「]{1,3})` +
    '(?:[〇零一二三四五六七八九][、・ ]?){3,7}[〇零一二三四五六七八九](?![〇零一二三四五六七八九十百千万円日月年])',
  'g',
);

const NUMBERS = 'ぜろ|れい|まる|いち|にい?|さん|しい?|よん|ごう?|ろく|しち|なな|はち|きゅう|くう?';
const IN_WORDS = `(?:${NUMBERS}|${inKatakana(NUMBERS)})`;
/** 「暗証番号はいちにさんよんです」, as it is dictated; two kana may be part of any word, so four numbers and an end are asked for. */
const CALLED_IN_KANA = new RegExp(
  `(?<=(?:${STRONG}|パスワード)[\\s:=はがも「]{1,3})(?:${IN_WORDS}[、・ ]?){4,8}(?=です|でした|だ|と|って|」|[。、\\s]|$)`,
  'g',
);

/** Codes written in words: in kanji, or in kana. */
export function wordedCodePlaces(text: string): Span[] {
  return [
    ...places(text, CALLED_IN_KANJI, () => true),
    ...places(text, CALLED_IN_KANA, () => true),
  ];
}

function inKatakana(hiragana: string): string {
  return hiragana.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

function places(text: string, shape: RegExp, isCode: (found: string) => boolean): Span[] {
  return [...text.matchAll(shape)]
    .filter(([found]) => isCode(found))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

type Run = Span & { count: number; firstLength: number };

/** A date or more may follow a code: what the chain begins with, the longest first. */
function leadingRuns(groups: readonly Group[], text: string): Run[] {
  const runs: Run[] = [];
  const [first] = groups;
  if (!first) return [];
  let count = 0;
  for (const [at, { digits, start, end }] of groups.entries()) {
    count += digits.length;
    if (count > 8 || MOMENT.test(text.slice(start, start + 12))) break;
    const next = groups[at + 1];
    const joint = next ? text.slice(end, next.start) : '\n';
    if (/[\s()/,・]/.test(joint))
      runs.unshift({ start: first.start, end, count, firstLength: first.digits.length });
    if (/[/,\n]/.test(joint)) break;
  }
  return runs;
}

/** `12/3 10:30 123456が認証コード`: all of a short chain, or its last group. */
function trailing(groups: readonly Group[], text: string, chain: Chain): Run | undefined {
  const last = groups.at(-1);
  if (!last || !CODE_AFTER.test(text.slice(last.end, last.end + AHEAD))) return undefined;
  const alone = { ...last, count: last.digits.length, firstLength: last.digits.length };
  const [whole] = leadingRuns(groups, text);
  if (whole?.end === last.end && whole.count >= 4)
    return isSomethingElse(whole, text) ? undefined : whole;
  const apart = /[\s(]/.test(text.charAt(last.start - 1)) && alone.count >= 5 && alone.count <= 8;
  return apart && !isSomethingElse(alone, text) && !isPhone(alone, chain) ? alone : undefined;
}

function calledBefore(run: Run, text: string): boolean {
  if (run.count < 3 || isSomethingElse(run, text)) return false;
  const before = text.slice(Math.max(0, run.start - BACK), run.start);
  if (CARD_CODE_BEFORE.test(before)) return true;
  if (run.count === 3) return CARD_BACK_BEFORE.test(before);
  return [CODE_BEFORE, CODE_LINE_BEFORE, SENT_BEFORE].some((shape) => shape.test(before));
}

function isSomethingElse({ start, end }: Run, text: string): boolean {
  return (
    UNIT_AFTER.test(text.slice(end, end + 8)) ||
    NO_CODE_BEFORE.test(text.slice(Math.max(0, start - BACK), start))
  );
}

/** No area code has six digits: a phone that seems to begin so begins with a code. */
function isPhone(run: Run, chain: Chain): boolean {
  return phonesOfChain(chain).some(({ start, end }) => {
    const overlaps = run.start < end && start < run.end;
    return overlaps && !(start === run.start && run.firstLength >= 6 && end > run.end);
  });
}

/** A colon makes no chain: the hour at its end and the minutes at its beginning belong to a time outside. */
function withoutTimes(groups: readonly Group[], text: string): readonly Group[] {
  const from = /[0-9]:$/.test(
    text.slice(Math.max(0, (groups[0]?.start ?? 0) - 2), groups[0]?.start),
  );
  const last = groups.at(-1);
  const to = last && /^:[0-9]/.test(text.slice(last.end, last.end + 2));
  return groups.slice(from ? 1 : 0, to ? -1 : undefined);
}
