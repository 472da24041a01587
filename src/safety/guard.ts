import { findContacts } from './contacts.ts';
import { digitStream } from './digits.ts';
import type { Facts } from './facts.ts';
import { type Normal, normal, replaceSpans } from './normal.ts';
import { type Registry, createRegistry } from './registry.ts';
import { isLive } from './review.ts';
import { forbiddenWording } from './wording.ts';

export type ProblemKind = 'phone' | 'mail' | 'url' | 'retired' | 'promise' | 'vouch' | 'secret';

/** Something that must not leave the bot. `found` may be a user's own words: for editors, never for logs. */
export type Problem = { kind: ProblemKind; found: string; start: number; end: number };

/** `path`: where in the messages, e.g. `messages[0].contents.body.contents[1].text`. */
export type MessageProblem = Problem & { path: string };

export type Guard = {
  /** Problems of one text. Empty when it may be said. */
  check: (text: string) => Problem[];
  /** Problems of whole LINE messages: every text that is shown, spoken or copied, and every address behind a button. */
  checkMessages: (messages: unknown) => MessageProblem[];
  /** The text with each problem replaced by `withheld`. */
  withhold: (text: string, withheld: string) => string;
};

/**
 * The last look at what leaves the bot: no number, mail address or link that is not a live fact, no promise, no
 * vouching for others, no asking for secrets.
 */
export function createGuard(facts: Facts): Guard {
  const registry = createRegistry(facts);
  const check = (text: string): Problem[] => {
    const plain = normal(text);
    return [
      ...blockedNumbers(text, registry),
      ...unlistedContacts(text, plain, registry),
      ...wording(text, plain),
    ];
  };
  return {
    check,
    checkMessages: (messages) =>
      walk({ messages }, once(check), registry).map((found) => ({
        ...found,
        path: found.path.slice(1),
      })),
    withhold: (text, withheld) => replaceSpans(text, check(text), withheld),
  };
}

function unlistedContacts(text: string, plain: Normal, registry: Registry): Problem[] {
  return findContacts(text, plain)
    .filter(({ kind, value }) => {
      const fact = registry[kind](value);
      return !fact || !isLive(fact);
    })
    .map(({ kind, start, end }) => ({ kind, found: text.slice(start, end), start, end }));
}

/** Fewer digits than this, in any script, are no phone number. */
const FEWEST_DIGITS = 9;
const ANY_DIGIT = /[\p{N}〇一二三四五六七八九]/gu;

function blockedNumbers(text: string, registry: Registry): Problem[] {
  if ((text.match(ANY_DIGIT)?.length ?? 0) < FEWEST_DIGITS) return [];
  const stream = digitStream(text);
  const found: Problem[] = [];
  for (const digits of registry.blocked) {
    let at = stream.digits.indexOf(digits);
    while (at >= 0) {
      const start = stream.start[at] ?? 0;
      const end = stream.end[at + digits.length - 1] ?? 0;
      found.push({ kind: 'retired', found: text.slice(start, end), start, end });
      at = stream.digits.indexOf(digits, at + digits.length);
    }
  }
  return found;
}

function wording(text: string, plain: Normal): Problem[] {
  return forbiddenWording(plain.text).map(({ kind, start, end }) => {
    const span = plain.span(start, end);
    return { kind, found: text.slice(span.start, span.end), ...span };
  });
}

/** Properties that hold words for people; the rest of a message is structure. */
const WORDS = new Set([
  'text',
  'altText',
  'label',
  'displayText',
  'clipboardText',
  'fillInText',
  'title',
]);
const ADDRESSES = new Set(['uri', 'desktop', 'url']);

/** Paths are put together on the way back, so that a message without problems costs none. */
function walk(
  value: object,
  check: (text: string) => readonly Problem[],
  registry: Registry,
): MessageProblem[] {
  const found: MessageProblem[] = [];
  const list = Array.isArray(value);
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    let problems: readonly (Problem & { path?: string })[] = [];
    if (typeof inner === 'object' && inner !== null) problems = walk(inner, check, registry);
    else if (typeof inner === 'string' && WORDS.has(key)) problems = check(inner);
    else if (typeof inner === 'string' && ADDRESSES.has(key))
      problems = addressProblems(inner, registry);
    const step = list ? `[${key}]` : `.${key}`;
    for (const one of problems) found.push({ ...one, path: step + (one.path ?? '') });
  }
  return found;
}

/** The same words stand in a card, on its button and in its quick reply: each is looked at once. */
function once(check: (text: string) => Problem[]): (text: string) => readonly Problem[] {
  const seen = new Map<string, readonly Problem[]>();
  return (text) => {
    const known = seen.get(text) ?? check(text);
    seen.set(text, known);
    return known;
  };
}

/** What a button opens must be a live fact to the letter; what it dials, a number that is certain. */
function addressProblems(uri: string, registry: Registry): Problem[] {
  const whole = { found: uri, start: 0, end: uri.length };
  if (uri.startsWith('tel:')) {
    const number = uri.slice(4).replace('%23', '#');
    return registry.mayDial(number) ? [] : [{ kind: 'phone', ...whole }];
  }
  const fact = registry.url(uri);
  return fact && isLive(fact) && uri === fact.value ? [] : [{ kind: 'url', ...whole }];
}
