import type { IntentSource } from './intent-schema.ts';
import { listed } from './intent/alternatives.ts';
import { clausesOf } from './intent/clauses.ts';
import { type Classifier, type Sample, scoresOf, train } from './intent/classifier.ts';
import { type Scored, type Understanding, decideTopic, issuesOf } from './intent/decide.ts';
import { type Example, examplesOf, sentences, severalOf } from './intent/examples.ts';
import { featuresOf } from './intent/features.ts';
import { type Lexicon, makeLexicon } from './intent/lexicon.ts';
import { makeFold } from './intent/mixups.ts';
import { type Kana, makeKana } from './intent/readings.ts';
import { seedOf, sequence } from './intent/sequence.ts';
import { type Tokens, tokenOfWord, tokensOf } from './intent/tokens.ts';
import { type Read, variations } from './intent/variations.ts';
import { normalise } from './normalise.ts';

export type { Understanding } from './intent/decide.ts';
export { examplesOf } from './intent/examples.ts';

/** What was learnt of intents.yaml; unchanging. */
export type IntentModel = {
  lexicon: Lexicon;
  /** Tokens of the words that decide by themselves. */
  signs: {
    despair: ReadonlySet<number>;
    emergency: ReadonlySet<number>;
    fire: ReadonlySet<number>;
    over: ReadonlySet<number>;
    distress: ReadonlySet<number>;
    shop: ReadonlySet<number>;
    /** Other companies, and what only calls something a fraud: neither says what somebody was made to do. */
    aside: ReadonlySet<number>;
    /** Other companies, places and trades, and what sellers, developers and applicants ask about. */
    elsewhere: ReadonlySet<number>;
    amazon: ReadonlySet<number>;
  };
  /** Normalised sentence → command, for those that are typed exactly as written. */
  typed: ReadonlyMap<string, string>;
  topicIds: readonly string[];
  near: ReadonlySet<string>;
  grave: ReadonlySet<string>;
  /** Topics, and after them "out of scope" and "command". */
  topics: Classifier;
  outsideIds: readonly string[];
  commandIds: readonly string[];
  /** Kinds of out-of-scope, and after them the commands. */
  kinds: Classifier;
};

/** Whoever says so is not asked about a parcel. */
export function isGrave({ outside }: Understanding): boolean {
  return outside === 'despair' || outside === 'emergency';
}

/** Answers of a running question; without one they mean nothing. */
const BARE_ANSWERS: ReadonlySet<string> = new Set(['yes', 'no']);

/**
 * Despair that no word names is heard when it is this likely, and told in more letters than these: the card for it
 * frightens who answers 「全部」 or tells of a broken phone.
 */
const SURELY = 0.9;
const IN_A_FEW_WORDS = 12;

/** Who says that the network cannot be used is not comforted for the way in which he was treated. */
const SURELY_RUDE = 0.8;

/**
 * A grave topic beside the name of another company: a fraudster wants cards of Google and money at any bank, and from here
 * on a needless question does less harm than silence. 「メルカリで騙された」, which tells nothing else, is for that shop to mend.
 */
const WORTH_AN_ALARM = 0.4;
const WORTH_A_BUTTON = 0.3;

/** A small number, counted or not, such as 「2個です」: the answer of a question too. */
const A_NUMBER =
  /^(?:\d{1,2}|[一二三四五六七八九十数]{1,3})[個こつ本枚回台箱袋点番件人年月日時分前目]{0,2}(?:です|だ)?$/;

/** What stands between two issues in one message, as normalised. */
const JOINTS = ['。', '。', 'し。', 'ので。', 'けど。', 'のに', '。それと', '。あと'];

/** Learns from intents.yaml, in well under 300 ms. The same file always gives the same model. */
export function learn(source: IntentSource): IntentModel {
  const kana = makeKana(source.readings);
  const lexicon = makeLexicon(source.words, source.signs, kana, makeFold(source.mixups));
  const topicIds = Object.keys(source.topics);
  const outsideIds = Object.keys(source.outside);
  const commandIds = Object.keys(source.commands);
  const outside = topicIds.length;
  const command = outside + 1;
  const read = ({ text }: Example): Tokens => tokensOf(lexicon, normalise(text));

  const written = [...examplesOf(source.topics), ...severalOf(source)];
  const onTopic: Read[] = [...written, ...inKana(written, kana)].map((example) => ({
    tokens: read(example),
    classes: example.ids.map((id) => topicIds.indexOf(id)),
  }));
  const kindIds = [...outsideIds, ...commandIds];
  const others = [...examplesOf(source.outside), ...examplesOf(source.commands)];
  const offTopic: Read[] = others.map((example) => ({
    tokens: read(example),
    classes: example.ids.map((id) => kindIds.indexOf(id)),
  }));
  const isCommand = ({ classes }: Read): boolean => (classes[0] ?? 0) >= outsideIds.length;
  const polite = new Set(['greeting', 'thanks'].map((id) => kindIds.indexOf(id)));
  const tokensOfSign = (names: string): number[] =>
    listed(names).map((name) => tokenOfWord(lexicon.names.indexOf(name)));
  const shop = tokensOfSign(source.signs['other-shop']);
  const amazon = tokensOfSign(source.signs.amazon);
  const elsewhere = [...shop, ...tokensOfSign(source.signs.elsewhere)];

  const context: Read[] = sentences(source.context).map((text) => ({
    tokens: tokensOf(lexicon, normalise(text)),
    classes: [outside],
  }));
  const kindSamples = offTopic.map(sampleOf);
  const topicSamples = [
    ...onTopic.map(sampleOf),
    ...offTopic.map((one, index) => ({
      features: kindSamples[index]?.features ?? [],
      classes: [isCommand(one) ? command : outside],
    })),
    ...context.map(sampleOf),
    ...variations(
      onTopic,
      offTopic.filter(({ classes }) => polite.has(classes[0] ?? -1)),
      context,
      {
        elsewhere,
        amazon: amazon.slice(0, 1),
        joints: JOINTS.map((joint) => tokensOf(lexicon, joint)),
      },
      outside,
    ),
  ];
  const commands = examplesOf(source.commands);
  return {
    lexicon,
    signs: {
      despair: new Set(tokensOfSign(source.signs.despair)),
      emergency: new Set(tokensOfSign(source.signs.emergency)),
      fire: new Set(tokensOfSign(source.signs.fire)),
      over: new Set(tokensOfSign(source.signs.over)),
      distress: new Set(tokensOfSign(source.signs.distress)),
      shop: new Set(shop),
      aside: new Set([...shop, ...tokensOfSign(source.signs.fraud)]),
      elsewhere: new Set(elsewhere),
      amazon: new Set(amazon),
    },
    typed: new Map(commands.map(({ text, ids }) => [normalise(text), ids[0] ?? ''])),
    topicIds,
    near: new Set(listed(source.near)),
    grave: new Set(listed(source.grave)),
    topics: train(topicSamples, topicIds.length + 2),
    outsideIds,
    commandIds,
    kinds: train(kindSamples, kindIds.length),
  };
}

/** What somebody means. Pure; the work is bounded by the longest text of LINE (5,000 characters). */
export function understand(model: IntentModel, text: string): Understanding {
  const normalised = normalise(text);
  if (normalised === '' || A_NUMBER.test(normalised)) return { decision: 'none', intents: [] };
  const typed = model.typed.get(normalised);
  if (typed !== undefined) return commanded(typed, 1);
  const tokens = tokensOf(model.lexicon, normalised);
  const features = featuresOf(tokens);
  const scores = scoresOf(model.topics, features);
  const outside = scores[model.topicIds.length] ?? 0;
  const command = scores[model.topicIds.length + 1] ?? 0;
  const kinds = scoresOf(model.kinds, features);
  const outsideKind = best(model.outsideIds, kinds);
  const has = (signs: ReadonlySet<number>): boolean => tokens.some((token) => signs.has(token));

  if (has(model.signs.despair)) return { decision: 'none', intents: [], outside: 'despair' };
  const burning = has(model.signs.fire) && !has(model.signs.over);
  if (burning || has(model.signs.emergency))
    return { decision: 'none', intents: [], outside: 'emergency' };
  if (has(model.signs.shop) && !has(model.signs.amazon)) {
    const told = tokens.filter((token) => !model.signs.aside.has(token));
    const likely = ranked(model.topicIds, scoresOf(model.topics, featuresOf(told)));
    const grave = likely.find(({ id, score }) => score >= WORTH_AN_ALARM && model.grave.has(id));
    if (grave) return { decision: 'open', intents: [grave] };
    const kind = outside > 0.5 ? outsideKind.id : 'other-shop';
    return { decision: 'none', intents: [], outside: kind, ...insteadOf(model, told) };
  }
  const topics = ranked(model.topicIds, scores);
  const elsewhere = Math.max(outside, command);
  const onTopic = decideTopic({ topics, elsewhere }, model.near);
  if (onTopic?.decision === 'open') return apart(model, normalised, topics) ?? onTopic;
  if (onTopic) return onTopic;
  if (command > outside && command >= 0.5) {
    const word = best(model.commandIds, kinds.subarray(model.outsideIds.length));
    if (word.score >= 0.4) return commanded(word.id, word.score);
  }
  const despairing =
    has(model.signs.distress) ||
    (outsideKind.score >= SURELY && normalised.length > IN_A_FEW_WORDS);
  const rude = outside * outsideKind.score >= SURELY_RUDE;
  const heard =
    (outsideKind.id !== 'despair' || despairing) && (outsideKind.id !== 'insult' || rude);
  if (outside < 0.5 || outsideKind.score < 0.3 || !heard) return { decision: 'none', intents: [] };
  const instead = outsideKind.id === 'other-shop' ? insteadOf(model, tokens) : {};
  return { decision: 'none', intents: [], outside: outsideKind.id, ...instead };
}

/** The topic that is told of beside the name of another shop, when it is worth a button. */
function insteadOf(model: IntentModel, tokens: Tokens): { instead?: string } {
  const told = tokens.filter((token) => !model.signs.elsewhere.has(token));
  const topic = best(model.topicIds, scoresOf(model.topics, featuresOf(told)));
  return topic.score >= WORTH_A_BUTTON ? { instead: topic.id } : {};
}

/** Two issues where the whole text shows one much clearer than the other; undefined when there is only one. */
function apart(
  model: IntentModel,
  normalised: string,
  topics: readonly Scored[],
): Understanding | undefined {
  const clauses = clausesOf(normalised);
  if (clauses.length === 0) return undefined;
  const parts = clauses.map((clause) =>
    ranked(model.topicIds, scoresOf(model.topics, featuresOf(tokensOf(model.lexicon, clause)))),
  );
  const intents = issuesOf(topics, parts, model.near);
  return intents && { decision: 'choose', intents, several: true };
}

/** The same sentences as somebody types who uses no kanji; one of four is enough to learn it. */
function inKana(examples: readonly Example[], kana: Kana): Example[] {
  return examples.flatMap(({ text, ids }) => {
    const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
    const typed = sequence(seedOf(letters))() < 1 / 4 ? kana(text) : undefined;
    return typed === undefined ? [] : [{ text: typed, ids }];
  });
}

function commanded(id: string, score: number): Understanding {
  return BARE_ANSWERS.has(id)
    ? { decision: 'none', intents: [] }
    : { decision: 'command', intents: [{ id, score }] };
}

function sampleOf({ tokens, classes }: Read): Sample {
  return { features: featuresOf(tokens), classes };
}

function ranked(ids: readonly string[], scores: Float32Array): Scored[] {
  return ids
    .map((id, index) => ({ id, score: scores[index] ?? 0 }))
    .toSorted((a, b) => b.score - a.score);
}

function best(ids: readonly string[], scores: Float32Array): Scored {
  return ranked(ids, scores)[0] ?? { id: '', score: 0 };
}
