import { HOME, SOLVED, UNSOLVED, WAITING, titleOf, topicOf } from './content.ts';
import { HOUR_MS, MINUTE_MS, isQuiet, momentInWords } from '../japan-time.ts';
import {
  asked,
  cleared,
  goTo,
  interpose,
  leave,
  openTopic,
  pending,
  sayWithWayOn,
  waysOn,
} from './moves.ts';
import type { Event } from './event.ts';
import { outcomeChoices } from './outcome-choices.ts';
import { type Action, encode } from './postback.ts';
import { questionOf } from './question.ts';
import { postponed, promisedBy, withReminder, withoutReminders } from './promise.ts';
import { LONGEST_AHEAD_MS, outsideQuiet, pickedMoment, timePicker } from './reminder-offers.ts';
import type { Choice, Reply } from './reply.ts';
import { type Reminder, type State, freshState, sessionOf, withoutDeadline } from './state.ts';
import { type SystemNode, commandChoice, systemReply, wayLabel } from './system.ts';
import type { Scene, Turn } from './turn.ts';

const MOST_REMINDERS = 10;

/** Later than this, a reminder says that it is late: everything was down. */
const STALE_MS = 12 * HOUR_MS;

/** A conversation in which something happened this recently is not to be disturbed. */
const BUSY_MS = HOUR_MS / 2;

/** Two reminders of one topic are further apart than this. */
const SAME_WISH_MS = 10 * MINUTE_MS;

export type Wish = { dueMs: number } | { problem: SystemNode };

/** Why a moment cannot be kept, if it cannot. The picker's bounds can be forged, and typed dates have none. */
export function wishFor(scene: Scene, state: State, dueMs: number | undefined): Wish {
  if (dueMs === undefined) return { problem: 'reminder-unclear' };
  if (dueMs <= scene.nowMs) return { problem: 'reminder-past' };
  if (dueMs - scene.nowMs > LONGEST_AHEAD_MS) return { problem: 'reminder-far' };
  if ((state.reminders?.length ?? 0) >= MOST_REMINDERS) return { problem: 'reminder-full' };
  return { dueMs };
}

/**
 * Keeps a reminder of the present matter; at night it is moved to the morning, and the user can insist. One of the same
 * topic for nearly the same moment is the same wish: the button was tapped twice.
 */
export function setReminder(scene: Scene, state: State, wantedMs: number): Turn {
  const topic = topicOf(state);
  const twin = twinOf(scene, state, topic, wantedMs);
  const id = twin?.id ?? sessionOf(scene.eventId);
  return keep(scene, state, { id, dueMs: wantedMs, topic, matter: state.session }, wantedMs);
}

function twinOf(scene: Scene, state: State, topic: string, wantedMs: number): Reminder | undefined {
  const dueMs = outsideQuiet(scene, wantedMs);
  return state.reminders?.find(
    (each) => each.topic === topic && Math.abs(each.dueMs - dueMs) < SAME_WISH_MS,
  );
}

function keep(scene: Scene, state: State, reminder: Reminder, wantedMs: number): Turn {
  const dueMs = outsideQuiet(scene, wantedMs);
  const { wantedMs: _wanted, exact: _exact, tried: _tried, ...plain } = reminder;
  const kept = { ...plain, dueMs, ...(dueMs === wantedMs ? {} : { wantedMs }) };
  return confirm(scene, withReminder(state, kept), kept);
}

function confirm(scene: Scene, state: State, reminder: Reminder): Turn {
  const { content, nowMs } = scene;
  const when = momentInWords(reminder.dueMs, nowMs);
  const moved = reminder.wantedMs !== undefined && !reminder.exact;
  const insist = moved ? [choice(scene, reminder, 'exact')] : [];
  const choices = [...insist, ...changes(scene, reminder), ...waysOn(content, state)];
  const offer = pending(moved ? 'reminder-quiet' : 'reminder-set', choices, { when });
  const turn = interpose(state, offer);
  return { ...turn, schedule: [{ id: reminder.id, dueMs: reminder.dueMs }] };
}

/** A tap on something about a reminder that the user has, or had. */
export function onReminderAction(
  scene: Scene,
  state: State,
  { id, act }: Extract<Action, { kind: 'reminder' }>,
  picked: string | undefined,
): Turn {
  const reminder = state.reminders?.find((each) => each.id === id);
  if (!reminder) return sayWithWayOn(scene, state, 'reminder-gone');
  switch (act) {
    case 'show': {
      const when = momentInWords(reminder.dueMs, scene.nowMs);
      const choices = [...changes(scene, reminder), ...waysOn(scene.content, state)];
      return interpose(state, pending('reminder-set', choices, { when }));
    }
    case 'withdraw': {
      const turn = sayWithWayOn(scene, withoutReminders(state, [id]), 'reminder-withdrawn');
      return { ...turn, unschedule: [id] };
    }
    case 'change':
      // A PC has no picker: the button is chosen by its number, and the moment is typed.
      return picked === undefined
        ? askMoment(scene, state, reminder, 'reminder-when')
        : changeReminder(scene, state, reminder, pickedMoment(picked));
    case 'exact': {
      const { wantedMs, ...rest } = reminder;
      const exact = { ...rest, dueMs: wantedMs ?? rest.dueMs, exact: true as const };
      if (exact.dueMs <= scene.nowMs) return sayWithWayOn(scene, state, 'reminder-past');
      return confirm(scene, withReminder(state, exact), exact);
    }
  }
}

/** Moves a reminder to that moment; asks again, saying why, when it cannot be kept. */
export function changeReminder(
  scene: Scene,
  state: State,
  reminder: Reminder,
  dueMs: number | undefined,
): Turn {
  const wish = wishFor(scene, withoutReminders(state, [reminder.id]), dueMs);
  return 'problem' in wish
    ? askMoment(scene, state, reminder, wish.problem)
    : keep(scene, state, reminder, wish.dueMs);
}

function askMoment(scene: Scene, state: State, reminder: Reminder, words: SystemNode): Turn {
  const choices = [...changes(scene, reminder), ...waysOn(scene.content, state)];
  return interpose(state, pending(words, choices));
}

/** リマインド: what is kept, with a button for each. */
export function listReminders(scene: Scene, state: State): Turn {
  const { content, nowMs } = scene;
  const sorted = (state.reminders ?? []).toSorted((a, b) => a.dueMs - b.dueMs);
  if (sorted.length === 0) return sayWithWayOn(scene, state, 'reminder-none');
  const lines = sorted.map(
    ({ dueMs, topic }, index) =>
      `${index + 1}. ${momentInWords(dueMs, nowMs)} ${titleOf(content, topic)}`,
  );
  const rows = sorted.map((reminder): Choice => ({
    label: shortMoment(reminder.dueMs, nowMs),
    data: encode({ kind: 'reminder', id: reminder.id, act: 'show' }),
  }));
  const choices = [...rows, commandChoice(content, 'menu')];
  return interpose(state, pending('reminder-list', choices, { list: lines.join('\n') }));
}

/** A label has 20 characters, of which its number takes up to three: a moment of another year goes without weekday. */
function shortMoment(ms: number, nowMs: number): string {
  const words = momentInWords(ms, nowMs);
  return words.length > 17 ? words.replace(/（.）/, ' ') : words;
}

/**
 * A reminder is due. One that was withdrawn or moved meanwhile says nothing; one that comes in quiet hours, because
 * something was late, waits for the morning. A conversation in progress keeps its question and its numbers.
 */
export function onDue(scene: Scene, state: State | undefined, event: Event): Turn {
  const promised = promisedBy(state, event);
  if (!state || !promised) return { state: state ?? null, replies: [] };
  const { reminder, dueMs } = promised;
  if (!reminder.exact && isQuiet(scene.nowMs, scene.quiet)) {
    return postponed(state, promised, event, outsideQuiet(scene, scene.nowMs));
  }
  const rest = withoutReminders(state, [reminder.id]);
  const late = scene.nowMs - dueMs > STALE_MS;
  const said = ask(scene, reminder, late ? 'reminder-late' : 'reminder-due');
  const busy = questionOf(scene.content, state) && scene.nowMs - state.at < BUSY_MS;
  // The question in progress comes last: typed numbers mean its answers.
  return busy ? { state: rest, replies: [said, ...asked(scene, rest)] } : interpose(rest, said);
}

/** How it went: done withdraws what else was set for the matter; not yet leads one step up; snooze asks when. */
export function onOutcome(
  scene: Scene,
  state: State,
  { topic, matter, outcome }: Extract<Action, { kind: 'outcome' }>,
): Turn {
  const same = state.session === matter;
  const left = leave(scene.content, cleared(same ? state : withoutDeadline(state)));
  const on: State = { ...left, session: matter, answers: { topic } };
  switch (outcome) {
    case 'done': {
      const mine = state.reminders?.filter((each) => each.matter === matter) ?? [];
      const ids = mine.map(({ id }) => id);
      const another = questionOf(scene.content, state) && state.session !== matter;
      const turn = another
        ? thank(scene, withoutReminders(state, ids))
        : goTo(scene, withoutReminders(on, ids), SOLVED.dialog, SOLVED.node);
      return ids.length > 0 ? { ...turn, unschedule: ids } : turn;
    }
    case 'not-yet':
      return goTo(scene, on, UNSOLVED.dialog, UNSOLVED.node);
    case 'snooze':
      return goTo(scene, on, WAITING.dialog, WAITING.node);
  }
}

/** For what was solved while the user is in the middle of something else, which goes on. */
function thank(scene: Scene, state: State): Turn {
  return interpose(cleared(state), { ...SOLVED, choices: waysOn(scene.content, state) });
}

function ask(
  scene: Scene,
  { topic, matter }: Reminder,
  node: SystemNode,
): Reply & { choices: readonly Choice[] } {
  const values = { topic: titleOf(scene.content, topic) };
  const choices = outcomeChoices(scene.content, { topic, matter });
  return { ...systemReply(node, { values }), answers: { topic }, choices };
}

function changes(scene: Scene, reminder: Reminder): Choice[] {
  const picker = timePicker(scene.nowMs, reminder.dueMs);
  return [{ ...choice(scene, reminder, 'change'), picker }, choice(scene, reminder, 'withdraw')];
}

function choice(scene: Scene, { id }: Reminder, act: 'change' | 'withdraw' | 'exact'): Choice {
  return { label: wayLabel(scene.content, act), data: encode({ kind: 'reminder', id, act }) };
}

/** A state that keeps nothing but the promises made: for a fresh start that must not break them. */
export function startOver(scene: Scene, state: State): Turn {
  const fresh = freshState(scene.eventId, scene.nowMs);
  return openTopic(scene, state.reminders ? { ...fresh, reminders: state.reminders } : fresh, HOME);
}
