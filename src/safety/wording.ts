/** Sentences this bot must not say, looked for in normalised text. Every gap in a pattern is bounded. */

/** Promises of an outcome that is in somebody else's hands. */
const PROMISES = [
  /絶対/g,
  /(?<!不)確実/g,
  /100 ?(?:%|パーセント)|百パーセント/g,
  /必ず[^。！？\n]{0,12}?(?:解決|返金|返っ|返り|戻|届|つなが|繋が|もらえ|直り|直る|成功|見つか|受けられ|間に合)/g,
  /間違いなく|まちがいなく/g,
  /(?:保証|約束)(?:いた)?します|(?:保証|約束)できます/g,
  /\bguaranteed\b/gi,
];

/** Vouching for somebody else's message, page or number. */
const VOUCHING = [
  /は(?:安全|本物|公式のもの)(?:です|でしょう|だと思|と言え(?!ま?せん|ない))/g,
  /安全な(?:サイト|メール|リンク|番号|アドレス|ページ)です/g,
  /(?:偽物|にせもの|詐欺)では(?:ありません|ないです)/g,
];

const SECRET =
  '(?:パスワード|暗証番号|認証コード|確認コード|認証番号|ワンタイム(?:パスワード|コード)?|セキュリティコード|カード番号|カードの番号|PIN(?:コード)?|OTP)';
const GIVE =
  '(?:教え|知らせ|送っ|書い|伝え|聞かせ|読み上げ|入力し|打ち込ん|貼っ|返信し|記入し|述べ)';
const PLEASE = '(?:て|で)(?:ください|下さい|いただ|もらえ|ほしい|欲しい|くれ)';
const POLITE =
  '(?:ご(?:入力|記入|連絡|返信|提示)|お(?:知らせ|伝え|教え|聞かせ|送り|書き))(?:ください|下さい|いただ|願)';
const ASKING = [
  new RegExp(`${SECRET}[^。！？\\n]{0,20}?(?:${GIVE}${PLEASE}|${POLITE})`, 'gi'),
  new RegExp(`${SECRET}(?:を|の(?:入力|ご入力)を)(?:お願い|どうぞ)`, 'gi'),
  new RegExp(`${SECRET}は(?:何|なん)(?:です|でしょう)`, 'gi'),
  /\b(?:tell|give|send|enter|type|share|confirm)\b[^.!?\n]{0,20}\byour (?:full )?(?:password|verification code|one-time code|code|card number|pin)\b/gi,
];

/** A text without any of these words needs no closer look. */
const HINTS = {
  promise: /絶対|確実|100|百|必ず|間違|まちがい|保証|約束|guaranteed/i,
  vouch: /安全|本物|公式|偽物|にせもの|詐欺/,
  secret: /パスワード|暗証|コード|番号|ワンタイム|PIN|OTP|your/i,
};

/** The last four digits may be named; a page of Amazon's own may ask; and a request may be quoted as a warning. */
const LAST_DIGITS = /下(?:四|4)(?:桁|けた|ケタ)/;
const ON_THEIR_SCREEN =
  /(?:公式|Amazon(?:\.co\.jp)?)の?(?:アプリ|サイト|画面|ページ)[^。！？\n]{0,40}入力/i;
const QUOTED =
  /^(?:さい|い|だきたい|きたい)?[^。！？\n]{0,6}?[」』]?(?:など|という|といった|のよう|と(?:言|い[うわっ]|聞|頼|求|たず|尋|促|書|送))/;
const NEVER_BEFORE = /(?:never|not|n't|don’t)\s+\w{0,12}\s?$/i;

export type Wording = { kind: 'promise' | 'vouch' | 'secret'; start: number; end: number };

/** `text`: in normalised notation. Positions are in it. */
export function forbiddenWording(text: string): Wording[] {
  return [
    ...matches(text, HINTS.promise, PROMISES).map((span) => ({
      kind: 'promise' as const,
      ...span,
    })),
    ...matches(text, HINTS.vouch, VOUCHING).map((span) => ({ kind: 'vouch' as const, ...span })),
    ...matches(text, HINTS.secret, ASKING)
      .filter((span) => asks(text, span))
      .map((span) => ({ kind: 'secret' as const, ...span })),
  ];
}

type Place = { start: number; end: number };

function matches(text: string, hint: RegExp, patterns: readonly RegExp[]): Place[] {
  if (!hint.test(text)) return [];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

function asks(text: string, { start, end }: Place): boolean {
  const said = text.slice(start, end);
  if (LAST_DIGITS.test(said)) return false;
  if (ON_THEIR_SCREEN.test(text.slice(start > 40 ? start - 40 : 0, end))) return false;
  if (NEVER_BEFORE.test(text.slice(start > 20 ? start - 20 : 0, start))) return false;
  return !QUOTED.test(text.slice(end, end + 30));
}
