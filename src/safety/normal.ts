export type Span = { start: number; end: number };

/** A text brought into one notation, with the way back to the original. */
export type Normal = {
  text: string;
  /** The span of the original that units `from` to `to` (exclusive) of `text` stand for. */
  span: (from: number, to: number) => Span;
};

const DASH = /^[\p{Pd}−⁃˗﹘~〜～]$/u;
const INVISIBLE = /^[\p{Cf}\p{Mn}\p{Me}]$/u;
const VOICING = /^[\u3099\u309a]$/;

/** What most texts of the bot consist of: characters that stay, and full-width signs with an ordinary twin. */
const ORDINARY = /^[\n -~ぁ-ゖァ-ヺー一-鿿々、。「」『』・→（）！？：／％＝]*$/;
const FULL_WIDTH = /[（）！？：／％＝]/g;
const KANA_DASH = /[0-9)）]ー/;

/**
 * Full-width and half-width forms become ordinary ones, every dash becomes `-`, every blank a space; zero-width and
 * combining marks vanish. Numbers in circles stay: they number lists. One pass, linear.
 */
export function normal(original: string): Normal {
  if (!ORDINARY.test(original) || KANA_DASH.test(original)) return charByChar(original);
  const text = original.replace(FULL_WIDTH, (sign) => sign.normalize('NFKC'));
  return { text, span: (start, end) => ({ start, end }) };
}

function charByChar(original: string): Normal {
  const start: number[] = [];
  const end: number[] = [];
  let text = '';
  let at = 0;
  for (const char of original) {
    const from = at;
    at += char.length;
    const folded = fold(char, text);
    if (VOICING.test(folded) && text !== '') {
      text = text.slice(0, -1) + (text.slice(-1) + folded).normalize('NFC').charAt(0);
      end[end.length - 1] = at;
      continue;
    }
    text += folded;
    for (let unit = 0; unit < folded.length; unit += 1) {
      start.push(from);
      end.push(at);
    }
  }
  const span = (from: number, to: number): Span => ({
    start: start[from] ?? 0,
    end: end[to - 1] ?? 0,
  });
  return { text, span };
}

/** Characters that need no look at their properties. */
const STAYS = /^[\n -~ぁ-ゖァ-ヺ一-鿿々、。「」『』・→●〇□■]$/;

/** What one character becomes after `before`; nothing, where it is invisible. */
function fold(char: string, before: string): string {
  if (STAYS.test(char)) return char;
  if (char === 'ー') return /[0-9)]$/.test(before.slice(-1)) ? '-' : char;
  if (char === '\t') return ' ';
  const folded = /\p{No}/u.test(char) ? char : char.normalize('NFKC');
  if (VOICING.test(folded)) return folded;
  if (INVISIBLE.test(folded)) return '';
  return DASH.test(folded) ? '-' : folded;
}

/** Replaces spans (sorted or not, overlapping or not) of a text. */
export function replaceSpans(text: string, spans: readonly Span[], by: string): string {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { start, end } of sorted) {
    if (end <= at) continue;
    // An overlapping span prolongs the gap that is already filled.
    if (start >= at) out += text.slice(at, start) + by;
    at = end;
  }
  return out + text.slice(at);
}
