import { type Chain, type Group, WIDE_JOINT, chains, isOrderNumber } from './digits.ts';
import { type Span, normal, replaceSpans } from './normal.ts';

export type Secret = 'card' | 'code' | 'password';
export type Redacted = { text: string; found: Secret[] };

const MASK = '●●●●';

/**
 * Masks card numbers (Luhn), verification codes and passwords, before a text is stored or logged anywhere. `found`
 * names each kind once. Linear: every look-around is bounded.
 */
export function redact(text: string): Redacted {
  const plain = normal(text);
  const numbers = chains(plain.text);
  const cards = [
    ...numbers.flatMap(cardPlaces),
    ...chains(plain.text, WIDE_JOINT).flatMap(printedCardPlaces),
  ];
  const codes = numbers.flatMap((chain) => codePlaces(chain, plain.text));
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
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

const CODE_BEFORE =
  /(?:(?:認証|確認|検証|照合|セキュリティ|ワンタイム|ログイン)(?:用の?)?(?:コード|番号|パスワード|キー)?|2段階認証|二段階認証|暗証番号|(?<![ァ-ヴー]|商品|注文|郵便|問合せ|問い合わせ|品番)コード|OTP|PIN|passcode|(?:verification|security|one-time|login)? ?code)[^0-9\n。]{0,12}$/i;
const CODE_AFTER =
  /^(?:[^0-9\n。]{0,6}?(?:という|って|が|は|と)?(?:いう)?(?:(?:認証|確認|検証|ワンタイム|セキュリティ)?(?:コード|OTP|code)|(?:認証|確認|検証|照合|暗証)(?:用の?)?番号)| is your [^0-9\n]{0,24}(?:OTP|code))/i;
/** The three digits on the back of a card. */
const CARD_CODE_BEFORE = /(?:セキュリティ(?:コード|番号)|CV[VC]2?)[^0-9\n。]{0,6}$/i;
/** Words that make the number beside them something else. */
const NO_CODE_BEFORE =
  /(?:エラー|商品|注文|問い合わせ|問合せ|お客様|郵便|クーポン|プロモーション|バー|JAN|QR|品番|error)[^0-9\n。]{0,10}$/i;
const UNIT_AFTER = /^\s?(?:円|時|分|秒|日|月|年|個|回|件|人|番地|桁|ケタ|けた|文字|%|点|号)/;

/** A number of 4 to 8 digits that the words beside it call a code. */
function codePlaces({ groups }: Chain, text: string): Span[] {
  const [first] = groups;
  const last = groups.at(-1);
  const count = groups.reduce((sum, group) => sum + group.digits.length, 0);
  if (!first || !last || count < 3 || count > 8) return [];
  const before = text.slice(Math.max(0, first.start - 32), first.start);
  if (count === 3 && !CARD_CODE_BEFORE.test(before)) return [];
  const after = text.slice(last.end, last.end + 24);
  if (UNIT_AFTER.test(after) || NO_CODE_BEFORE.test(before)) return [];
  const called =
    CODE_BEFORE.test(before) || CARD_CODE_BEFORE.test(before) || CODE_AFTER.test(after);
  return called ? [{ start: first.start, end: last.end }] : [];
}

const PASSWORD =
  /(?:パスワード|パスコード|ぱすわーど|パス(?=[はが:=])|暗証番号|\bpass(?:word|code)?\b|\bpwd?\b|\bpw\b)(?:って)?\s{0,2}(?:[:=はがも]|です[:。]?|\bis\b|→)?\s{0,2}(?:「([^」\n]{1,40})」|"([^"\n]{1,40})"|([!-~]{4,64}))/gi;

function passwordPlaces(text: string): Span[] {
  return [...text.matchAll(PASSWORD)].flatMap((match) => {
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    const end = match.index + match[0].length - (match[3] === undefined ? 1 : 0);
    const start = end - value.length;
    return match[3] !== undefined && !looksSecret(match[0], value, text.slice(end, end + 6))
      ? []
      : [{ start, end }];
  });
}

/** 「パスワードはabc123です」 and `PW: hunter` are; 「Password reset」 and 「パスワードはAmazonの…」 are not. */
function looksSecret(whole: string, value: string, after: string): boolean {
  if (/[0-9]/.test(value) && /[^0-9]/.test(value)) return true;
  const told = /[:=はが→]|\bis\b/.test(whole.slice(0, whole.length - value.length));
  if (/^[0-9]+$/.test(value)) return told && !UNIT_AFTER.test(after);
  if (/[^A-Za-z]/.test(value) && told && /[!#$%&@^*_]/.test(value)) return true;
  return told && /^(?:\s*$|\s*(?:です|だ|で[すし]|。|、|」|\n|と(?:設定|入力)))/.test(after);
}
