import { isWishAndDeed, moodOf } from './match/mood.ts';
import { isNear } from './match/near.ts';
import { numberIn } from './match/number.ts';
import { BUT, bareAnswer, denies } from './match/polarity.ts';
import { type Phrase, bare, endsInMark, gist, phraseOf, spelling } from './match/spelling.ts';

/** An answer of the running question; `say` are examples of what people type when they mean it. */
export type AnswerOption = { id: string; label: string; say?: readonly string[] | undefined };

/** The answer that a text means, or those it could mean. */
export type AnswerMatch = { id: string } | { ambiguous: readonly string[] };

/** Longer texts tell a story: only their exact label counts. */
const LONGEST = 60;
/** A text this short is about the answer that it names. */
const BRIEF = 16;
/** In a longer text, the answer must be this part of it. */
const MAIN_PART = 0.4;
const SHORTEST_PART = 2;

/**
 * Which answer of a running question a text means: by its number, its label, its examples, a near spelling of these, or
 * yes and no. Careful: a text that is about something else gives undefined, and a denial never matches what it denies.
 */
export function matchAnswer(
  text: string,
  answers: readonly AnswerOption[],
): AnswerMatch | undefined {
  const spelt = spelling(text);
  if (spelt === '' || answers.length === 0) return undefined;
  const options = answers.map(optionOf);
  const said = bare(spelt);
  const exact = options.filter(({ phrases }) =>
    phrases.some((phrase) => phrase.spelt === spelt || phrase.bare === said),
  );
  if (exact.length > 0) return oneOf(exact);
  const place = numberIn(spelt, answers.length);
  const numbered = place === undefined ? undefined : answers[place];
  if (numbered) return { id: numbered.id };
  if (spelt.length > LONGEST) return undefined;
  return bareMatch(spelt, options) ?? partMatch(spelt, options) ?? otherOfTwo(spelt, options);
}

/** Which sayings a text is, whether it asks with か, の or a mark, and with or without the particles that are left out in talk. */
export function sayingsThatAre(text: string, sayings: readonly AnswerOption[]): readonly string[] {
  const spelt = spelling(text);
  const said = gist(endsInMark(text) && !spelt.endsWith('か') ? `${spelt}か` : spelt);
  const forms = new Set([said, said.replace(/か$/, '')]);
  const same = ({ label, say = [] }: AnswerOption): boolean =>
    [label, ...say].some((words) => forms.has(phraseOf(words).gist));
  return said === '' ? [] : sayings.filter(same).map(({ id }) => id);
}

/** Which sayings make up the main part of a text; those that are part of another do not count. */
export function sayingsIn(text: string, sayings: readonly AnswerOption[]): readonly string[] {
  const spelt = spelling(text);
  return spelt.length > LONGEST ? [] : idsOf(held(spelt, sayings.map(optionOf), mainPart));
}

type Option = { id: string; phrases: readonly Phrase[] };

function optionOf({ id, label, say = [] }: AnswerOption): Option {
  const phrases = [label, ...say].map(phraseOf).filter(({ spelt: words }) => words !== '');
  return { id, phrases };
}

/** Yes and no, where it is clear which answer that is. */
function bareMatch(spelt: string, options: readonly Option[]): AnswerMatch | undefined {
  const said = bareAnswer(spelt);
  if (said === undefined) return undefined;
  const saying = options.filter(({ phrases }) =>
    phrases.some((phrase) => bareAnswer(phrase.spelt.split('。')[0] ?? '') === said),
  );
  if (saying.length > 0) return oneOf(saying);
  const pending = options.filter(({ phrases }) =>
    phrases.some((phrase) => phrase.spelt.startsWith('まだ')),
  );
  if (spelt.startsWith('まだ') && pending.length > 0) return oneOf(pending);
  const denying = options.filter(isDenial);
  if (options.length !== 2 || denying.length !== 1) return undefined;
  return oneOf(options.filter((option) => isDenial(option) === (said === 'no')));
}

const INSTEAD = /(?:じや|では)なく(?:て)?/;
/** 「パソコンじゃない、スマホのほう」; not 「Amazonじゃない店」, which is tried as a whole before. */
const NOT_THAT = /(?:じや|では)ない(?:です)?。?(?!か|の|ん|で|よ|ね|け|と|が|$)/;
const BUTS = new RegExp(`(?:${BUT})(?=.)`);

/**
 * Of 「アプリじゃなくてパソコン」 and 「切ったけど番号を言った」 what comes last is meant. What is denied last does not undo what
 * was told before it: 「パスワードは入れたけどお金は払ってない」 may mean either.
 */
function partMatch(text: string, options: readonly Option[]): AnswerMatch | undefined {
  const parts = text.split(BUTS).flatMap((part) => part.split(INSTEAD).filter(isSaying).slice(-1));
  const [last = text, ...before] = parts.toReversed();
  const meant = named(last, options) ?? named(last.split(NOT_THAT).at(-1) ?? last, options);
  if (!meant || !denies(last)) return meant;
  const told = before.filter((part) => !denies(part)).map((part) => named(part, options));
  const ids = new Set([...told, meant].flatMap(idsOf));
  return oneOf([...ids].map((id) => ({ id })));
}

function isSaying(part: string): boolean {
  return /[^。]/.test(part);
}

function idsOf(match: AnswerMatch | undefined): readonly string[] {
  if (!match) return [];
  return 'id' in match ? [match.id] : match.ambiguous;
}

/** An answer that a part of a text nearly spells, or names among a few other words. */
function named(spelt: string, options: readonly Option[]): AnswerMatch | undefined {
  const said = bare(spelt);
  const agrees = agreeing(spelt);
  const near = options.filter(({ phrases }) =>
    phrases.some((phrase) => agrees(phrase) && isNear(phrase.bare, said)),
  );
  return near.length > 0 ? oneOf(near) : held(spelt, options, partOf);
}

/** The answers of which a text holds a part. */
function held(
  spelt: string,
  options: readonly Option[],
  part: (spelt: string, phrase: string) => string,
): AnswerMatch | undefined {
  const agrees = agreeing(spelt);
  const holding = options.flatMap(({ id, phrases }) => {
    const parts = phrases.flatMap((phrase) => {
      const words = part(spelt, phrase.bare);
      return words !== '' && agrees(phrase) ? [words] : [];
    });
    const longest = parts.toSorted((a, b) => b.length - a.length)[0] ?? '';
    return longest === '' ? [] : [{ id, words: longest }];
  });
  // 「まだ見つからない」 names both まだ and まだ見つからない; the longer one is meant.
  const meant = holding.filter(
    ({ words }) => !holding.some((other) => other.words !== words && other.words.includes(words)),
  );
  return meant.length > 0 ? oneOf(meant) : undefined;
}

/** Whether a phrase does not deny what a text affirms, nor tells as done what it wants. */
function agreeing(spelt: string): (phrase: Phrase) => boolean {
  const negative = denies(spelt);
  const mood = moodOf(bare(spelt));
  return (phrase) => denies(phrase.spelt) === negative && !isWishAndDeed(moodOf(phrase.bare), mood);
}

/** The part of a text that names an answer; empty when there is none, or the text is mainly about something else. */
function partOf(spelt: string, phrase: string): string {
  if (isTelling(phrase) && tells(spelt, phrase)) {
    return spelt.length <= BRIEF ? phrase : mainPart(spelt, phrase);
  }
  const said = bare(spelt);
  return phrase.includes(said) && isTelling(said) && said.length >= phrase.length * MAIN_PART
    ? said
    : '';
}

/** The phrase, when a text holds it and is mainly about it. */
function mainPart(spelt: string, phrase: string): string {
  const main = phrase.length >= spelt.length * MAIN_PART;
  return main && isTelling(phrase) && tells(spelt, phrase) ? phrase : '';
}

/** 「届いたら連絡します」 does not tell that it has come. */
function tells(spelt: string, phrase: string): boolean {
  return phrase.endsWith('た')
    ? spelt.replaceAll('たら', '').includes(phrase)
    : spelt.includes(phrase);
}

/** Two kana can be part of anything; two kanji are a word. */
function isTelling(part: string): boolean {
  return part.length > SHORTEST_PART || (part.length === SHORTEST_PART && /[^ぁ-ん]/.test(part));
}

/** Of two answers of which one denies, a denial of the first means the second: 「見つからない」 is not 見つかった. */
function otherOfTwo(spelt: string, options: readonly Option[]): AnswerMatch | undefined {
  const [affirming, ...more] = options.filter((option) => !isDenial(option));
  const denying = options.filter(isDenial);
  if (!affirming || more.length > 0 || denying.length !== 1 || !denies(spelt)) return undefined;
  const stems = affirming.phrases.map((phrase) => phrase.bare.slice(0, 3));
  const about =
    spelt.length <= BRIEF && stems.some((stem) => stem.length === 3 && spelt.includes(stem));
  return about ? oneOf(denying) : undefined;
}

function isDenial({ phrases }: Option): boolean {
  const spelt = phrases[0]?.spelt ?? '';
  return denies(spelt) || bareAnswer(spelt) === 'no';
}

function oneOf(options: readonly { id: string }[]): AnswerMatch {
  const [only] = options;
  return options.length === 1 && only
    ? { id: only.id }
    : { ambiguous: options.map(({ id }) => id) };
}
