import { act } from './act.ts';
import { buttonOf, chosen, isDoubtful } from './chosen.ts';
import { type Content, SCAM, titleOf } from './content.ts';
import { type Understanding, isGrave } from './intent.ts';
import { numberIn } from './match/number.ts';
import { bareAnswer } from './match/polarity.ts';
import { bare, spelling } from './match/spelling.ts';
import { interpose, pending, topicChoice } from './moves.ts';
import { answeredAhead } from './on-answer.ts';
import { isFaint, topicsOf } from './on-topic.ts';
import { outcomeChoices } from './outcome-choices.ts';
import type { Choice } from './reply.ts';
import { settledWords } from './settled.ts';
import type { State } from './state.ts';
import { waySayings } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/**
 * 「届きました」, of the one matter that a reminder is still to ask about: what it would be answered with. To a question that
 * stands out of sight, neither はい nor 1 is an answer.
 */
export function awaited(
  scene: Scene,
  state: State,
  text: string,
  meant: Understanding,
): Choice | undefined {
  const [reminder, ...more] = state.reminders ?? [];
  if (!reminder || more.length > 0) return undefined;
  const choices = outcomeChoices(scene.content, reminder);
  const spelt = spelling(text);
  if (bareAnswer(bare(spelt)) || numberIn(spelt, choices.length) !== undefined) return undefined;
  const button = chosen(scene, state, text, choices, meant);
  if (!button || button.choice !== choices[0]) return undefined;
  return isDoubtful(scene.content, state, text, button, meant) ? undefined : button.choice;
}

/** 「お米が届きました」, to a reminder: it may be the end of the matter, or of another one the beginning. */
export function doubtEnd(
  { content }: Scene,
  state: State,
  end: Choice,
  meant: Understanding,
): Turn | undefined {
  const asked = howItWent(state);
  const topics = topicsOf(content, meant).filter((id) => id !== asked?.topic);
  // Who surely tells of a fraud is not asked what he means.
  if (!asked || topics[0] === SCAM) return undefined;
  const others = asked.choices.filter((choice) => choice !== end);
  const choices = [end, ...topics.slice(0, 1).map((id) => topicChoice(content, id)), ...others];
  return interpose(state, pending('near-end', choices, { answer: endOf(content, asked).label }));
}

/**
 * What is said to a reminder besides its answers: where it stopped (「断られた」), which "not yet" would ask next, or what
 * may be another matter, of which the user is asked.
 */
export function onHowItWent(
  scene: Scene,
  state: State,
  text: string,
  meant: Understanding,
): Turn | undefined {
  const { content } = scene;
  const asked = howItWent(state);
  if (!asked || isGrave(meant)) return undefined;
  const stopped = answeredAhead(scene, act(scene, state, asked.notYet.data), text);
  if (stopped) return stopped;
  const first = topicsOf(content, meant).find((id) => id !== asked.topic);
  if (first === undefined || (isFaint(meant) && !meant.several)) return undefined;
  const others = asked.choices.filter((choice) => choice !== asked.end);
  const choices = [topicChoice(content, first), endOf(content, asked), ...others];
  return interpose(state, pending('near-topic', choices, { topic: titleOf(content, first) }));
}

type HowItWent = { topic: string; choices: readonly Choice[]; end: Choice; notYet: Choice };

/** The reminder that waits for its answer. */
function howItWent({ pending: waiting }: State): HowItWent | undefined {
  const choices = waiting?.choices ?? [];
  const outcomes = choices
    .map(buttonOf)
    .flatMap(({ choice, action }) => (action?.kind === 'outcome' ? [{ choice, ...action }] : []));
  const [end, notYet] = (['done', 'not-yet'] as const).map((outcome) =>
    outcomes.find((each) => each.outcome === outcome),
  );
  return end && notYet
    ? { topic: end.topic, choices, end: end.choice, notYet: notYet.choice }
    : undefined;
}

/** 「はい」 says nothing by itself: the button in the words of the matter, 「届いた」. */
function endOf(content: Content, { topic, end }: HowItWent): Choice {
  const label = settledWords(content, topic)[0] ?? waySayings(content, end.label)[0] ?? end.label;
  return { ...end, label };
}
