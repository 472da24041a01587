export type Scored = { id: string; score: number };

/**
 * `open`: sure of one topic. `choose`: unsure, or two issues at once (`several`): up to three topics. `command`: an
 * operation or a politeness. `none`: not understood, or out of scope (`outside` says which kind); no intents.
 */
export type Understanding = {
  decision: 'open' | 'choose' | 'none' | 'command';
  /** Best first; scores from 0 to 1. */
  intents: readonly Scored[];
  /** Two issues in one message: the bot asks which comes first and keeps the other. */
  several?: true;
  /** A kind of intents.yaml's `outside`, such as `other-shop` or `despair`. */
  outside?: string;
  /** The topic it would be but for the shop that is named: 「ニトリの棚」 may have come from Amazon. */
  instead?: string;
};

/** Scores of all topics, best first, and how likely the text is out of scope or a command. */
export type Evidence = { topics: readonly Scored[]; elsewhere: number };

// Found by cross-validation (npm run intents) and on texts that the examples do not have: the fewest wrong openings that
// still open nine of ten everyday texts.
/** A topic is opened when it is this much likelier than the next one and a part of "out of scope or a command" together. */
const AHEAD = 0.15;
const ELSEWHERE_COUNTS = 0.6;
/** Two issues are not offered beside a text that is this likely out of scope. */
const IN_SCOPE = 0.35;
/** Two topics, both this likely, are two issues. */
const BOTH = 0.55;
const OFFER = 0.06;
const MOST_CHOICES = 3;
/** Topics are not offered when "out of scope" is this many times as likely. */
const FAR_MORE = 3;

/**
 * What to do about a text by its evidence; undefined when it belongs to no topic. `near` are topics of which either
 * will do (how to call, and what to do when nobody answers): they do not stand in each other's way.
 */
export function decideTopic(
  { topics, elsewhere }: Evidence,
  near: ReadonlySet<string>,
): Understanding | undefined {
  const [first] = topics;
  if (!first || first.score < OFFER || elsewhere > first.score * FAR_MORE) return undefined;
  const isNear = ({ id }: Scored): boolean => near.has(first.id) && near.has(id);
  const rival = topics.find((topic) => topic !== first && !isNear(topic));
  const sure = near.has(first.id) ? eitherOf(topics.filter(isNear)) : first.score;
  const intents = topics.filter(({ score }) => score >= OFFER).slice(0, MOST_CHOICES);
  if (rival && rival.score >= BOTH && elsewhere < IN_SCOPE) {
    const issues = intents.filter((topic) => topic === first || topic.score >= BOTH);
    return { decision: 'choose', intents: issues, several: true };
  }
  const ahead = sure - (rival?.score ?? 0) - ELSEWHERE_COUNTS * elsewhere;
  const open = ahead >= AHEAD && (rival?.score ?? 0) < BOTH;
  return { decision: open ? 'open' : 'choose', intents };
}

function eitherOf(topics: readonly Scored[]): number {
  return 1 - topics.reduce((neither, { score }) => neither * (1 - score), 1);
}

/** A topic that is this likely in the whole text and, in a part of it, more likely than not. */
const IN_THE_WHOLE = 0.2;
const IN_A_PART = 0.6;

/**
 * The topics of a text whose parts tell different issues, when there are two: `parts` holds the scores of each part, best
 * first. A topic counts that leads a part and is also seen in the whole.
 */
export function issuesOf(
  whole: readonly Scored[],
  parts: readonly (readonly Scored[])[],
  near: ReadonlySet<string>,
): readonly Scored[] | undefined {
  const leading = new Set(
    parts.flatMap(([best]) => (best && best.score >= IN_A_PART ? [best.id] : [])),
  );
  const issues = whole.filter(({ id, score }) => leading.has(id) && score >= IN_THE_WHOLE);
  const apart = issues.some(
    ({ id }) => !(near.has(id) && near.has(issues[0]?.id ?? '')) && id !== issues[0]?.id,
  );
  return apart ? issues.slice(0, MOST_CHOICES) : undefined;
}
