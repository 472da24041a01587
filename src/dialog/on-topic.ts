import { CLOSING, HOME, SCAM, type Content, own, titleOf, topicOf } from './content.ts';
import { type Understanding, isGrave } from './intent.ts';
import { asked, interpose, openTopic, pending, sayWithWayOn, topicChoice } from './moves.ts';
import { decode } from './postback.ts';
import { type Question, inTopic, isGone, questionOf } from './question.ts';
import type { Choice } from './reply.ts';
import { settledWords } from './settled.ts';
import type { State } from './state.ts';
import { CHANGED, SYSTEM_NODES, type SystemNode, commandChoice, systemReply } from './system.ts';
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
    const offer = pending('switch', [...choices, commandChoice(content, 'continue')], values);
    return interpose(state, offer);
  }
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
  if (outside && midway && SOUNDS_LIKE_ANYTHING.has(outside)) return miss(scene, state);
  const alone = isGrave(meant) || (question === undefined && !choosing);
  return outside && alone ? sayWithWayOn(scene, state, outside) : miss(scene, state, outside);
}

/** 「コードも教えていました」, said of the matter when its steps have been shown. */
function seeAgain(scene: Scene, state: State): Turn {
  const topic = topicOf(state);
  const choices = [topicChoice(scene.content, topic), commandChoice(scene.content, 'continue')];
  const values = { topic: titleOf(scene.content, topic) };
  return interpose(state, pending('again', choices, values));
}

/** 「お米が届きました」, to a reminder: it may be the end of the matter, or of another one the beginning. */
export function doubtEnd(
  scene: Scene,
  state: State,
  end: Choice,
  meant: Understanding,
): Turn | undefined {
  const { content } = scene;
  const action = decode(end.data);
  const settled = action?.kind === 'outcome' ? action.topic : undefined;
  const topics = topicsOf(content, meant).filter((id) => id !== settled);
  // Who surely tells of a fraud is not asked what he means.
  if (settled === undefined || topics[0] === SCAM) return undefined;
  const others = state.pending?.choices.filter(({ data }) => data !== end.data) ?? [];
  const choices = [end, ...topics.slice(0, 1).map((id) => topicChoice(content, id)), ...others];
  const answer = settledWords(content, settled)[0] ?? end.label;
  return interpose(state, pending('near-end', choices, { answer }));
}

/** How likely a topic must be before somebody in the middle of another one is asked about it. */
const WORTH_A_SWITCH = 0.4;

/** 「まだ切ってない」 sounds like a parcel, and is said with the caller still on the line. */
const WORTH_LEAVING_A_FRAUD = 0.9;

function likely({ intents: [first] }: Understanding): number {
  return first?.score ?? 0;
}

/** Says that the text was not understood and asks again; from the second time in a row, offers ways out. */
export function miss(scene: Scene, state: State, words: SystemNode = 'unclear'): Turn {
  const { content } = scene;
  const missed = { ...state, misses: state.misses + 1 };
  const again = asked(scene, state);
  if (again.length === 0) {
    const home = openTopic(scene, missed, HOME);
    const why = isGone(content, state) ? CHANGED : words;
    return { ...home, replies: [systemReply(why), ...home.replies] };
  }
  const question = questionOf(content, state);
  if (missed.misses < 2) {
    const said = words === 'unclear' ? unclear(state.pending ? undefined : question) : words;
    return { state: missed, replies: [systemReply(said), ...again] };
  }
  const atHome = question?.place.dialog === HOME;
  const ways = [
    ...(atHome ? [] : [commandChoice(content, 'menu')]),
    topicChoice(content, 'contact-howto'),
  ];
  // First what was asked, under the same numbers as before.
  const asks = again.flatMap((reply) => reply.choices ?? []);
  const others = ways.filter(({ data }) => asks.every((choice) => choice.data !== data));
  const choices = [...asks, ...others];
  const said = words === 'unclear' ? [] : [systemReply(words)];
  return interpose(missed, pending('unclear-menu', choices), said);
}

/** Where a day or a moment is asked for, an example of one helps more. */
function unclear(question: Question | undefined): SystemNode {
  switch (question?.node.kind) {
    case 'ask_date':
      return 'slot-date';
    case 'remind':
      return 'reminder-unclear';
    default:
      return 'unclear';
  }
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

function topicsOf(content: Content, meant: Understanding): string[] {
  if (meant.decision !== 'open' && meant.decision !== 'choose') return [];
  // Who surely means one topic is not shown what it faintly resembles.
  const least = meant.decision === 'open' ? FAINT : 0;
  return meant.intents
    .filter(({ id, score }) => score > least && own(content.dialogs, id) !== undefined)
    .map(({ id }) => id);
}
