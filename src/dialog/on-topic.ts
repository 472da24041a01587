import { CLOSING, type Content, SCAM, own, titleOf, topicOf } from './content.ts';
import { type Understanding, isGrave } from './intent.ts';
import { miss } from './miss.ts';
import { interpose, openTopic, pending, topicChoice, waysOn } from './moves.ts';
import type { Choice } from './reply.ts';
import { type Question, inTopic } from './question.ts';
import type { State } from './state.ts';
import { SYSTEM_NODES, type SystemNode, commandChoice } from './system.ts';
import type { Scene, Turn } from './turn.ts';

const CHOOSING: ReadonlySet<string> = new Set([
  'choose',
  'choose-first',
  'reminder-due',
  'reminder-late',
] satisfies SystemNode[]);

/** An answer in few words sounds like these: they are said to whoever begins, not to whoever was asked something. */
const SOUNDS_LIKE_ANYTHING: ReadonlySet<string> = new Set([
  'outside-smalltalk',
  'outside-products',
  'outside-seller-side',
  'outside-jobs',
  'outside-developer',
  'outside-company',
  'outside-carrier',
] satisfies SystemNode[]);

/** The bank that was paid and the firm that somebody posed as are part of the matter. */
const NO_WAY_OUT_OF_A_FRAUD: ReadonlySet<string> = new Set([
  'outside-other-shop',
  'outside-carrier',
] satisfies SystemNode[]);

/** A topic in the user's own words. In the middle of another one the user decides, and nothing is lost either way. */
export function onTopic(
  scene: Scene,
  state: State,
  meant: Understanding,
  question: Question | undefined,
): Turn {
  const { content } = scene;
  const named = topicsOf(content, meant);
  if (question && named[0] === topicOf(state)) {
    const surely = meant.decision === 'open' || meant.several;
    if (surely && question.place.dialog === CLOSING) return seeAgain(scene, state);
    // What is most of all about the running matter is an answer in other words, not a wish for the next likely topic.
    if (!meant.several) return miss(scene, state);
  }
  const topics = named.filter((id) => id !== question?.place.dialog);
  const [first] = topics;
  if (first === undefined) return onNoTopic(scene, state, meant, question);
  const choices = topics.map((id) => topicChoice(content, id));
  const values = { topic: titleOf(content, first) };
  if (inTopic(question)) {
    // An answer in odd words resembles some other topic, too.
    const least = topicOf(state) === SCAM ? WORTH_LEAVING_A_FRAUD : WORTH_A_SWITCH;
    const unsure = meant.decision === 'choose' || topicOf(state) === SCAM;
    if (unsure && !meant.several && likely(meant) < least) return miss(scene, state);
    // Who is asked whether to go there, and goes on telling of it, need not say yes.
    const asked = state.pending?.node === ('switch' satisfies SystemNode);
    if (asked && meant.decision === 'open' && isFirst(state, choices)) {
      return openTopic(scene, state, first);
    }
    const offer = pending('switch', [...choices, commandChoice(content, 'continue')], values);
    return interpose(state, offer);
  }
  // 「押してない」, to two topics to choose from, is faintly like a third: what is asked is worth more.
  const choosing = CHOOSING.has(state.pending?.node ?? '');
  const offered = choices.slice(0, 1).some(({ data }) => isOffered(state, data));
  if (choosing && !offered && !meant.several && isFaint(meant)) return miss(scene, state);
  if (meant.decision === 'open') return openTopic(scene, state, first);
  const next = meant.several ? { ...state, later: topics } : state;
  // Whoever may be in the hands of a fraudster is not asked what to begin with.
  if (meant.several && first === SCAM) return openTopic(scene, next, SCAM);
  const node = meant.several ? 'choose-first' : 'choose';
  return interpose(next, pending(node, [...choices, commandChoice(content, 'menu')], values));
}

/** Says which other place is the right one, or that nothing was understood. */
function onNoTopic(
  scene: Scene,
  state: State,
  meant: Understanding,
  question: Question | undefined,
): Turn {
  const outside = SYSTEM_NODES.find((node) => node === `outside-${meant.outside}`);
  const choosing = CHOOSING.has(state.pending?.node ?? '');
  const midway = choosing || inTopic(question);
  if (outside && topicOf(state) === SCAM && NO_WAY_OUT_OF_A_FRAUD.has(outside))
    return miss(scene, state);
  if (outside && midway && SOUNDS_LIKE_ANYTHING.has(outside)) return miss(scene, state);
  const alone = isGrave(meant) || (question === undefined && !choosing);
  if (!outside || !alone) return miss(scene, state, outside);
  const { instead } = meant;
  const known = instead !== undefined && own(scene.content.dialogs, instead) !== undefined;
  const bought = known ? [topicChoice(scene.content, instead)] : [];
  return interpose(state, pending(outside, [...bought, ...waysOn(scene.content, state)]));
}

/** 「コードも教えていました」, said of the matter when its steps have been shown. */
function seeAgain(scene: Scene, state: State): Turn {
  const topic = topicOf(state);
  const choices = [topicChoice(scene.content, topic), commandChoice(scene.content, 'continue')];
  const values = { topic: titleOf(scene.content, topic) };
  return interpose(state, pending('again', choices, values));
}

/** How likely a topic must be before somebody in the middle of another one is asked about it. */
const WORTH_A_SWITCH = 0.4;

/** 「まだ切ってない」 sounds like a parcel, and is said with the caller still on the line. */
const WORTH_LEAVING_A_FRAUD = 0.9;

function isOffered({ pending: asked }: State, data: string): boolean {
  return asked?.choices.some((choice) => choice.data === data) ?? false;
}

function isFirst({ pending: asked }: State, [choice]: readonly Choice[]): boolean {
  return choice !== undefined && asked?.choices[0]?.data === choice.data;
}

/** Whether a text resembles a topic so little that whoever was asked something else is not asked about it. */
export function isFaint(meant: Understanding): boolean {
  return likely(meant) < WORTH_A_SWITCH;
}

function likely({ intents: [first] }: Understanding): number {
  return first?.score ?? 0;
}

/** After a long pause: go on, start over, or the topic that was just named. */
export function offerToResume(scene: Scene, state: State, meant: Understanding): Turn {
  const { content } = scene;
  const topics = meant.decision === 'open' ? topicsOf(content, meant).slice(0, 1) : [];
  const choices = [
    ...topics.map((id) => topicChoice(content, id)),
    commandChoice(content, 'continue'),
    commandChoice(content, 'restart'),
  ];
  const values = { topic: titleOf(content, topicOf(state)) };
  const node = topics.length > 0 ? 'resume-topic' : 'resume';
  return interpose(state, pending(node, choices, values));
}

const FAINT = 0.1;

/** The topics that are meant, the likeliest first; none for a text about something else. */
export function topicsOf(content: Content, meant: Understanding): string[] {
  if (meant.decision !== 'open' && meant.decision !== 'choose') return [];
  // Who surely means one topic is not shown what it faintly resembles.
  const least = meant.decision === 'open' ? FAINT : 0;
  return meant.intents
    .filter(({ id, score }) => score > least && own(content.dialogs, id) !== undefined)
    .map(({ id }) => id);
}
