import { type Normal, type Span, normal, replaceSpans } from './normal.ts';
import { phonesIn } from './phone.ts';
import { isProse } from './prose.ts';
import { asianTlds, tlds } from './tlds.ts';

/** A number, a mail address or an address of a page in somebody's text; `value` in normalised notation. */
export type Contact = Span & { kind: 'phone' | 'mail' | 'url'; value: string };

/** Letters that domains are written in or faked with. Japanese is left out: it runs on into the sentence. */
const LETTERS = '\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}0-9';
const IN_URL = `[${LETTERS}\\-._~:/?#\\[\\]@!$&'()*+,;=%]`;
/** No host has underlines, but what is written like one is meant as one. */
const LABEL = `[${LETTERS}_-]{1,63}\\.`;
const HOST = `(?:${LABEL}){1,8}(?:xn--[a-z0-9-]{1,59}|[${LETTERS}-]{2,24})`;

/** Written without blanks between the words: it runs on into the sentence. */
const ASIAN = '[\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Han}\\p{Script=Hangul}]';
/** Pass for a slash or a dash, and yet the host goes on with them. */
const TWIN_SIGN = '[んンソノ丿ー一⁄∕╱⧸⟋⫽∖╲∶]';
const IN_HOST = `(?:[${LETTERS}\\-._~:\\[\\]@!$&'()*+,;=%]|(?:${TWIN_SIGN}|(?![${LETTERS}]|${ASIAN})\\p{L}){1,3}(?=\\.?[${LETTERS}]))`;
/** What a host may end with besides Latin letters, as far as it is told from a sentence: before a path, or by name. */
const KNOWN_ASIAN_TLD = `(?:${asianTlds.join('|')})(?!${ASIAN})`;
const ASIAN_TLD = `(?:${ASIAN}{1,20}(?=/)|${KNOWN_ASIAN_TLD})`;
const HOST_AND_PATH = `(?=${IN_URL})${IN_HOST}{0,1000}(?:(?<=\\.)${ASIAN_TLD})?(?:[/?#]${IN_URL}{0,2000})?`;
/**
 * A browser goes to what follows the last `@`. Japanese stands before it only where no mail address can end so, and where
 * no name of somebody follows: 「https://a.jpと公式@AmazonJP」.
 */
const USERINFO = `(?:(?:${IN_HOST}|["^\`{|}]){0,256}@|[^\\s\\u0000/?#\\\\<>「」『』【】、。]{1,256}(?<![a-z0-9._%+-])@(?=${HOST}|\\[|[0-9]{8}))`;
/** Another address of Amazon's, whole: joined to the one before, it would still be Amazon's. */
const AMAZON_AGAIN = `(?<=\\.[a-z]{2,24}。)(?:${LABEL}){0,3}amazon\\.(?:co\\.jp|com)(?!${IN_HOST}|。(?:${LABEL}|${ASIAN_TLD})|[^\\s/?#]{0,256}@)`;
/** A browser takes 。 for a dot. A sentence that ends with an address begins again with more than a name. */
const FULL_STOP = new RegExp(
  `(?<=://[^\\s/?#\\\\「」『』【】、]{0,200}[${LETTERS}])。(?!${AMAZON_AGAIN})(?=(?:[${LETTERS}_-]{1,63}。){0,4}(?:[${LETTERS}_-]{1,63}(?:\\.[${LETTERS}]|:[0-9]|/)|${ASIAN_TLD}))`,
  'giu',
);

/** After `://` Japanese is a host where a label begins with it, not where it follows one: 「https://a.jpは」. */
const JAPANESE_HOST = `(?:(?:${LABEL}){1,3}(?![${LETTERS}_.-])|(?!${LABEL}))(?:[\\p{L}\\p{N}_-]{1,63}\\.){1,8}(?:xn--[a-z0-9-]{1,59}|[a-z]{2,24})(?:[:/?#]${IN_URL}{0,1000})?`;
const JAPANESE_ENDING =
  '[^\\s\\u0000<>()\\[\\]「」『』【】〔〕、。!?]{1,100}\\.[^\\s\\u0000<>()\\[\\]「」『』【】〔〕、。!?]{1,100}';
/** People say 「https://で始まるアドレス」. */
const SAID = '(?!から(?:始|はじ)|で(?:始|はじ)|って)';

const URL_SHAPE = new RegExp(
  `(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,15}://(?:${USERINFO}(?=[${LETTERS}\\[])${HOST_AND_PATH}|${SAID}${JAPANESE_HOST}|${HOST_AND_PATH}|${SAID}${JAPANESE_ENDING})`,
  'giu',
);
const MAIL_SHAPE = new RegExp(`(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@${HOST}`, 'giu');
/** A dot, an at sign or underlines in front hide no host; the mail addresses are gone by then. */
const BARE_SHAPE = new RegExp(
  `(?<![${LETTERS}-]_{0,3})(?!_)(?:${HOST}(?:\\.${KNOWN_ASIAN_TLD})?|(?:${LABEL}){1,8}${KNOWN_ASIAN_TLD})(?::[0-9]{1,5})?(?:[/?]${IN_URL}{0,1000})?`,
  'giu',
);

/** Everything in a text that one could open, write to or dial. Linear in the length of the text. */
export function findContacts(text: string, plain: Normal = normal(text)): Contact[] {
  const found: Contact[] = [];
  let rest = plain.text.includes('://') ? plain.text.replace(FULL_STOP, '.') : plain.text;
  const take = (kind: 'mail' | 'url', shape: RegExp, counts: (value: string) => boolean): void => {
    const taken = [...rest.matchAll(shape)].map((match) => ({
      value: match[0].replace(/[.,;:!?'"*()\]]+$/u, ''),
      from: match.index,
    }));
    for (const { value, from } of taken.filter((one) => counts(one.value))) {
      found.push({ kind, value, ...plain.span(from, from + value.length) });
      rest = rest.slice(0, from) + '\u0000'.repeat(value.length) + rest.slice(from + value.length);
    }
  };
  if (rest.includes('://')) take('url', URL_SHAPE, () => true);
  if (rest.includes('@')) take('mail', MAIL_SHAPE, () => true);
  if (rest.includes('.')) take('url', BARE_SHAPE, looksLikeDomain);
  return [...found, ...phones(plain, rest)].toSorted((a, b) => a.start - b.start);
}

/** The same in what somebody typed or pasted, where a dot without a blank may stand between words. */
export function pastedContacts(text: string): Contact[] {
  return findContacts(text).filter((contact) => !isProse(contact, text));
}

/** The text without its addresses of pages and mails, whose words say where they pretend to lead, not what a writer wants. */
export function withoutAddresses(text: string): string {
  const whole = undefanged(text);
  const addresses = pastedContacts(whole).filter(({ kind }) => kind !== 'phone');
  return replaceSpans(whole, addresses, ' ');
}

/** People who are careful write `hxxps` and `[.]`. */
export function undefanged(text: string): string {
  return text.replace(/hxxp(s?):/gi, 'http$1:').replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.');
}

function phones(plain: Normal, rest: string): Contact[] {
  return phonesIn(rest).map(({ number, start, end }) => ({
    kind: 'phone',
    value: number,
    ...plain.span(start, end),
  }));
}

/** 「1.ポイント」 and 「A.ストア」 number a list. */
const NAMED = /(?=[^.]*\p{L})[^.]{2,}\.[^.]+$/u;

/**
 * `Dr.Martens`, `1.5` and `IMG_1234.MOV` are no domains; `amazon.co.jp`, `bit.ly/x` and `www.somewhere.zip` are. What has
 * a path is one under any ending: there are new ones every year.
 */
function looksLikeDomain(value: string): boolean {
  const [host = ''] = value.split(/[/?:]/, 1);
  const ending = host.slice(host.lastIndexOf('.') + 1);
  const last = ending.toLowerCase();
  if (/^[0-9-]+$/.test(last) || /_[0-9]+\.(?:mov|zip)$/i.test(host)) return false;
  if (asianTlds.includes(last)) return NAMED.test(host);
  if (tlds.has(last) || /^www\.|amazon|\.xn--[^.]*$/i.test(host)) return true;
  return /[/?]/.test(value) && /^\p{Ll}{2,}$/u.test(ending);
}
