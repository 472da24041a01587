/** LINE's longest text. Whatever is longer is cut, so that the work is bounded. */
const LONGEST = 5000;

/** Nothing but kana, the common kanji and small Latin letters: what needs no cleaning. */
const CLEAN = /^[ぁ-ゖァ-ヶー\u4e00-\u9fa0a-z0-9]*$/;
const TAGS = /<\/?[a-z!][^<>]{0,200}>/gi;
/** Zero-width, bidi and other invisible marks; variation selectors; the mark of keycaps; half of a surrogate pair. */
const INVISIBLE = /[\p{Cf}\p{Cs}\u{FE00}-\u{FE0F}\u{20E3}\u{E0100}-\u{E01EF}]/gu;
const PICTURES = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]+/gu;
const APOSTROPHES = /['\u2018\u2019`\u00B4]/g;
const MARKS = /[\p{P}\p{S}\p{Cc}\p{Z}]+/gu;
const ENDS_PHRASE = /[。.!?、,\n]/;
const SPACES = /^[\p{Z}\t]+$/u;

const KATAKANA = /[ァ-ヶ]/;
/** ノレ typed for ル, and kanji or dashes that look like katakana, where katakana stands before. */
const SPLIT_RU = /(?<=[ァ-ヶー])ノレ/g;
const LOOKALIKES = /(?<=[ァ-ヶー])(?:[力夕口工二八一―-](?=[ァ-ヶー]|$)|卜)/g;
const KATAKANA_OF = new Map(
  Object.entries({ 力: 'カ', 夕: 'タ', 卜: 'ト', 口: 'ロ', 工: 'エ', 二: 'ニ', 八: 'ハ' }),
);

/** Signs that have another spelling: katakana, small kana, and the long-vowel mark. */
const SPELT_OTHERWISE = /[ァ-ヶぁぃぅぇぉっゃゅょゎゕゖー~〜]/g;
const SPELLINGS = spellings();

/** 「うーん」 is no うん. Without its long mark it would be one. */
const HESITATION = /^\s*(?:う[ーｰ〜～~]+[うぅー]*ん|ん[ーｰ〜～~]+)/;

/** Three and more of the same, ends of phrases in a row, and those at the beginning and the end. */
const REPEATED = /(\D)\1{2,}/gu;
const EMPTY_PHRASES = /^。+|。+$|。(?=。)/g;

/**
 * Brings a text into the one spelling that words are compared in: NFKC, lower case, hiragana for katakana, large kana
 * for small, no long-vowel marks, no emoji, no invisible marks, no markup. `。` separates sentences and phrases, a
 * space separates Latin words, and a character stands at most twice in a row. Linear in the text, which is cut at 5,000.
 */
export function normalise(text: string): string {
  const cut = text.slice(0, LONGEST).replace(HESITATION, '');
  const clean = CLEAN.test(cut) ? cut : cleaned(cut);
  return repaired(clean)
    .replace(SPELT_OTHERWISE, (sign) => SPELLINGS.get(sign) ?? '')
    .replace(REPEATED, '$1$1')
    .replace(EMPTY_PHRASES, '');
}

/** Latin letters and digits, of a text that is already in lower case. */
export function isLatin(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

function cleaned(text: string): string {
  return text
    .replace(TAGS, '。')
    .normalize('NFKC')
    .slice(0, LONGEST)
    .replace(INVISIBLE, '')
    .replace(PICTURES, '。')
    .replace(APOSTROPHES, '')
    .toLowerCase()
    .replace(MARKS, separator);
}

function repaired(text: string): string {
  if (!KATAKANA.test(text)) return text;
  return text.replace(SPLIT_RU, 'ル').replace(LOOKALIKES, (sign) => KATAKANA_OF.get(sign) ?? '');
}

/** Hyphens and dots within Latin words become a space, other spaces vanish, and any other mark ends a phrase. */
function separator(marks: string, at: number, whole: string): string {
  if (/^[~〜]+$/.test(marks)) return '';
  // Katakana is spelt out later: a dash in it may stand for its long-vowel mark.
  if (/^[-―]$/.test(marks) && /[ァ-ヶ]/.test(whole[at - 1] ?? '')) return marks;
  const within = isLatin(whole.charCodeAt(at - 1)) && isLatin(whole.charCodeAt(at + marks.length));
  if (ENDS_PHRASE.test(marks) && !(marks === '.' && within)) return '。';
  if (within) return ' ';
  return SPACES.test(marks) ? '' : '。';
}

function spellings(): ReadonlyMap<string, string> {
  const small = 'ぁぃぅぇぉっゃゅょゎゕゖ';
  const large = 'あいうえおつやゆよわかけ';
  const spelt = new Map([...small].map((kana, index) => [kana, large[index] ?? kana]));
  for (let code = 0x30a1; code <= 0x30f6; code += 1) {
    const hiragana = String.fromCharCode(code - 0x60);
    spelt.set(String.fromCharCode(code), spelt.get(hiragana) ?? hiragana);
  }
  return spelt;
}
