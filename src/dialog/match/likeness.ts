import { type Mood, isWishAndDeed, moodOf } from './mood.ts';
import { BUT, denies } from './polarity.ts';
import { type Phrase, bare, phraseOf, spelling } from './spelling.ts';

/** An answer and all that is said of it: label, hint, examples. */
export type Described = { id: string; phrases: readonly string[] };

/** So much of a phrase must be in a text; found with 380 answers in own words that the rules did not match. */
const LEAST = 0.25;
/** The next likely answer is offered, too, when it is not further behind. */
const BEHIND = 0.3;
/** A phrase of fewer pairs of letters says less. */
const WHOLE_PAIRS = 3;

/**
 * The answers that a text resembles, the likest first, at most two, with how much (0 to 1): by the pairs of letters of
 * their phrases that it holds, those counting less which several answers share. A denial resembles denials only. Too
 * vague to be taken for the answer: the user is asked (of ten texts that resemble one, eight mean the first).
 */
export function likest(
  text: string,
  answers: readonly Described[],
): { id: string; likeness: number }[] {
  const described = answers.map(({ id, phrases }) => ({
    id,
    phrases: phrases
      .map((phrase) => sayingOf(phraseOf(phrase)))
      .filter(({ pairs }) => pairs.size > 0),
  }));
  const shared = new Map<string, number>();
  for (const { phrases } of described)
    for (const pair of new Set(phrases.flatMap(({ pairs }) => [...pairs])))
      shared.set(pair, (shared.get(pair) ?? 0) + 1);
  const weigh = (pairs: readonly string[]): number =>
    pairs.reduce((sum, pair) => sum + 1 / (shared.get(pair) ?? 1), 0);
  const parts = spelling(text)
    .split(PARTS)
    .map((spelt) => sayingOf({ spelt, bare: bare(spelt) }));
  const likenessOf = (phrase: Saying): number => {
    const all = [...phrase.pairs];
    const most = parts
      .filter(({ denial, mood }) => denial === phrase.denial && !isWishAndDeed(mood, phrase.mood))
      .map(({ pairs }) => weigh(all.filter((pair) => pairs.has(pair))));
    return (Math.max(0, ...most) / weigh(all)) * Math.min(1, all.length / WHOLE_PAIRS);
  };
  const ranked = described
    .map(({ id, phrases }) => ({ id, likeness: Math.max(0, ...phrases.map(likenessOf)) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  const best = ranked[0]?.likeness ?? 0;
  return ranked.slice(0, 2).filter(({ likeness }) => likeness >= LEAST && likeness > best - BEHIND);
}

type Saying = { pairs: ReadonlySet<string>; denial: boolean; mood: Mood };

/** 「発送済みと書いてあるけど動かない」 denies only what stands in its last part. */
const PARTS = new RegExp(`${BUT}|のに|。`);

/** What sentences end in, whatever they say: 「つながらない」 is not like 「わからない」. */
const EMPTY =
  /^(?:[らかさたなまわ]な|ない|なか|かつ|つ[たて]|した|して|まし|です|ます|[てい][いる]|れた|たい|から|ので)$/;

function sayingOf({ spelt, bare: letters }: Pick<Phrase, 'spelt' | 'bare'>): Saying {
  const pairs = Array.from(letters, (_, at) => letters.slice(at, at + 2));
  return {
    pairs: new Set(pairs.filter((pair) => pair.length === 2 && !EMPTY.test(pair))),
    denial: denies(spelt),
    mood: moodOf(letters),
  };
}
