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
};

/** Scores of all topics, best first, and how likely the text is out of scope or a command. */
export type Evidence = { topics: readonly Scored[]; elsewhere: number };

// Found by cross-validation (npm run intents): the fewest wrong openings that still open nine of ten everyday texts.
const OPEN = 0.38;
/** The next topic must be this unlikely, and this much less likely than the first, for the first to be opened. */
const UNRIVALLED = 0.46;
const CLEARLY_LESS = 0.5;
/** How likely it may be, beside an opened topic, that the text is out of scope or a command; more when the topic is certain. */
const IN_SCOPE = 0.35;
const CERTAIN = 0.85;
const IN_SCOPE_ANYWAY = 0.5;
/** Two topics, both this likely, are two issues. */
const BOTH = 0.5;
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
  const next = rival?.score ?? 0;
  const unrivalled = next < UNRIVALLED && next < first.score * CLEARLY_LESS;
  const inScope = elsewhere < (first.score >= CERTAIN ? IN_SCOPE_ANYWAY : IN_SCOPE);
  const open = sure >= OPEN && unrivalled && inScope;
  return { decision: open ? 'open' : 'choose', intents };
}

function eitherOf(topics: readonly Scored[]): number {
  return 1 - topics.reduce((neither, { score }) => neither * (1 - score), 1);
}
