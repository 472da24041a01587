import type { Fact, Facts } from '../safety/facts.ts';
import { isDue, isLive } from '../safety/review.ts';
import { inEnglish } from './english.ts';
import { interpolate } from './interpolate.ts';
import { inKana } from './kana.ts';
import type { Labels } from './labels.ts';
import type { Phrase } from './schema.ts';

type Lang = 'ja' | 'en' | 'kana';

const IN_LANG: Readonly<Record<Lang, (value: string) => string>> = {
  ja: (value) => value,
  en: inEnglish,
  kana: inKana,
};

/** What writes one reply: fills in values, reads live facts, and remembers which facts the reply rests on. */
export type Pen = {
  labels: Labels;
  /** A text with its placeholders filled, as an English sentence says them or as its reading in kana does. */
  words: (text: string, lang?: Lang) => string;
  /** A fact that users may see; undefined for unknown, hidden and retired ones. */
  fact: (id: string) => Fact | undefined;
  phrase: (id: string) => Phrase | undefined;
  /** How sure a fact is and when it was checked, in words. */
  origin: (fact: Fact) => string;
  /** The caution to show when a fact used so far is past its review date. */
  caution: () => string | undefined;
};

export function createPen(
  content: { phrases: Readonly<Record<string, Phrase>>; facts: Facts; labels: Labels },
  values: Readonly<Record<string, string>>,
  nowMs: number,
): Pen {
  const { labels, facts, phrases } = content;
  const used = new Set<Fact>();

  const fact = (id: string): Fact | undefined => {
    const found = Object.hasOwn(facts, id) ? facts[id] : undefined;
    if (!found || !isLive(found)) return undefined;
    used.add(found);
    return found;
  };
  const slot = (id: string): string | undefined =>
    Object.hasOwn(values, id) ? values[id] : undefined;

  return {
    labels,
    fact,
    phrase: (id) => (Object.hasOwn(phrases, id) ? phrases[id] : undefined),
    words: (text, lang = 'ja') =>
      interpolate(text, {
        open: labels.open,
        fact: (id) => fact(id)?.value,
        slot: (id) => {
          const value = slot(id);
          return value === undefined ? undefined : IN_LANG[lang](value);
        },
      }),
    origin: (one) => {
      const sureness = one.class === 'retired' ? '' : labels.classes[one.class];
      return `${sureness}・${labels.checked.replace('{date}', japaneseDate(one.checked_on))}`;
    },
    caution: () => ([...used].some((one) => isDue(one, nowMs)) ? labels.caution : undefined),
  };
}

/** `2026-11-01` as 2026年11月1日. */
function japaneseDate(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
