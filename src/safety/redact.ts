import { PIN, codePlaces, giftCodePlaces, wordedCodePlaces } from './codes.ts';
import { type Chain, type Group, WIDE_JOINT, chains, isOrderNumber } from './digits.ts';
import { type Span, normal, replaceSpans } from './normal.ts';

export type Secret = 'card' | 'code' | 'password';
export type Redacted = { text: string; found: Secret[] };

const MASK = '●●●●';

/**
 * Masks card numbers (Luhn), verification codes, codes of gift cards and passwords, before a text is stored or logged
 * anywhere. `found` names each kind once. Linear: every look-around is bounded.
 */
export function redact(text: string): Redacted {
  const plain = normal(text);
  const numbers = chains(plain.text);
  const cards = [
    ...numbers.flatMap(cardPlaces),
    ...chains(plain.text, WIDE_JOINT).flatMap(printedCardPlaces),
  ];
  const codes = [
    ...numbers.flatMap((chain) => codePlaces(chain, plain.text)),
    ...giftCodePlaces(plain.text),
    ...wordedCodePlaces(plain.text),
  ];
  const passwords = passwordPlaces(plain.text);
  const found: Secret[] = [];
  if (cards.length > 0) found.push('card');
  if (codes.some((code) => !cards.some((card) => overlaps(code, card)))) found.push('code');
  if (passwords.length > 0) found.push('password');
  const spans = [...cards, ...codes, ...passwords].map(({ start, end }) => plain.span(start, end));
  return { text: spans.length > 0 ? replaceSpans(text, spans, MASK) : text, found };
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Cards: 13 to 19 digits that pass Luhn and begin as cards do. Order numbers (3-7-7) are none. */
function cardPlaces({ groups }: Chain): Span[] {
  const found: Span[] = [];
  for (let from = 0; from < groups.length; from += 1) {
    const to = cardEnd(groups, from);
    if (to === undefined) continue;
    found.push({ start: groups[from]?.start ?? 0, end: groups[to - 1]?.end ?? 0 });
    from = to - 1;
  }
  return found;
}

/** Wide apart, only what is grouped as on a card counts: a list of times may pass Luhn, too. */
function printedCardPlaces({ groups }: Chain): Span[] {
  return groups.flatMap((first, from) => {
    const counts = [3, 4, 5].filter((count) => {
      const parts = groups.slice(from, from + count);
      const lengths = parts.map(({ digits }) => digits.length).join('-');
      return PRINTED.test(lengths) && cardEnd(parts, 0) === count;
    });
    const last = groups[from + (counts.at(-1) ?? 0) - 1];
    return counts.length > 0 && last ? [{ start: first.start, end: last.end }] : [];
  });
}

const PRINTED = /^(?:4-4-4-4(?:-[1-3])?|4-6-[45])$/;

/** What is printed on goods sold in Japan (JAN). */
const BARCODE = /^4[59][0-9]{11}$/;

function cardEnd(groups: readonly Group[], from: number): number | undefined {
  let digits = '';
  let best: number | undefined;
  for (let to = from + 1; to <= groups.length; to += 1) {
    digits += groups[to - 1]?.digits ?? '';
    if (digits.length > 19) break;
    const whole =
      digits.length >= 13 && /^[2-6]/.test(digits) && !BARCODE.test(digits) && passesLuhn(digits);
    if (whole && !isOrderNumber(groups.slice(from, to))) best = to;
  }
  return best;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A value may follow を, に or の, too, with a mail address between: 「パスワードをa@b.jp、hunter2と入れた」. */
const PASSWORD = new RegExp(
  `(?:パスワード|パスコード|ぱすわーど|パス(?=[はがをに:=])|${PIN}|\\bpass(?:word|code)?\\b|\\bpwd?\\b|\\bpw\\b)(?:って)?\\s{0,2}` +
    '(?:[:=はがも]|です[:。]?|\\bis\\b|→|(?<loose>[をにの]))?\\s{0,2}(?:[!-~]{1,64}@[!-~]{1,64}[、と]\\s?)?' +
    '(?:「(?<quoted>[^」\\n]{1,40})」|"(?<marked>[^"\\n]{1,40})"|(?<bare>[!-~]{4,64})|(?<named>[ぁ-ゖァ-ヺー一-鿿]{1,8}[0-9]{2,8}))',
  'gi',
);

const COUNT_AFTER = /^\s?(?:円|時|分|秒|日|月|年|個|回|件|人|番地|桁|ケタ|けた|文字|%|点|号)/;
/** What people do with a password, and not with a button or a device. What they were told or asked is none. */
const GIVEN_AFTER =
  /^\s?(?:(?:と|って)\s?(?:入力|入れ|いれ|打|書き|言(?!われ)|伝え?(?!られ)|答|返(?!って)|送(?!って[き来]|られ)|設定|登録|教え(?!られ))|に(?:変え|変更|設定)|を(?:教え(?!て(?:くだ|下さ|ほし|欲し|くれ|$|[。?!]))|伝え|言[いっ]|読み上げ))/;
const ENDS_AFTER = /^\s?(?:$|と|って|を|です|だ|で[すし]|[。、,」\n])/;

function passwordPlaces(text: string): Span[] {
  return [...text.matchAll(PASSWORD)].flatMap((match) => {
    const { loose, quoted, marked, named, bare = '' } = match.groups ?? {};
    const inMarks = quoted ?? marked;
    const value = inMarks ?? named ?? bare;
    const whole = match.index + match[0].length;
    const after = text.slice(whole, whole + 8);
    const secret = loose
      ? looselySecret(value, after)
      : inMarks !== undefined ||
        looksSecret(match[0].slice(0, match[0].length - value.length), value, after);
    const end = inMarks === undefined ? whole : whole - 1;
    return secret ? [{ start: end - value.length, end }] : [];
  });
}

/** What somebody quotes with kanji or a whole sentence is what a screen or a mail says; a name of a service is no value. */
const CAN_BE_PASSWORD = /^(?:[!-~]+|[ぁ-ゖァ-ヺー]{2,12}[0-9]{0,8})$/;
const SAYS_SOMETHING =
  /ください|ました|ません|(?:ます|です|[しれ]た)$|^(?:amazon|google|apple|line|iphone)$/i;

/** 「パスワードにabc123と入れた」 and 「パスワードの「さくら」を教えた」 are; 「パスワードの「再設定」を押した」 is not. */
function looselySecret(value: string, after: string): boolean {
  if (!CAN_BE_PASSWORD.test(value) || SAYS_SOMETHING.test(value)) return false;
  const mixed = value.length >= 4 && /[a-z]/i.test(value) && /[0-9]/.test(value);
  return GIVEN_AFTER.test(after) || (mixed && ENDS_AFTER.test(after));
}

/** 「パスワードはabc123です」 and `PW: hunter` are; 「Password reset」 and 「パスワードはAmazonの…」 are not. */
function looksSecret(before: string, value: string, after: string): boolean {
  // 「たなか1234」, and not 「全部で12個」.
  if (/^[^!-~]/.test(value)) return /[:=はが→]/.test(before) && ENDS_AFTER.test(after);
  if (/[0-9]/.test(value) && /[^0-9]/.test(value)) return true;
  const told = /[:=はが→]|\bis\b/.test(before);
  if (/^[0-9]+$/.test(value)) return told && !COUNT_AFTER.test(after);
  if (/[^A-Za-z]/.test(value) && told && /[!#$%&@^*_]/.test(value)) return true;
  return told && /^(?:\s*$|\s*(?:です|だ|で[すし]|。|、|」|\n|と(?:設定|入力)))/.test(after);
}
