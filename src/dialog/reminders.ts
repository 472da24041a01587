import { HOME, titleOf } from './content.ts';
import { HOUR_MS, isQuiet, momentInWords } from './japan-time.ts';
import {
  cleared,
  goTo,
  interpose,
  leave,
  openTopic,
  pending,
  sayWithWayOn,
  waysOn,
} from './moves.ts';
import { type Action, encode } from './postback.ts';
import { questionOf } from './question.ts';
import { LONGEST_AHEAD_MS, outsideQuiet, pickedMoment, timePicker } from './reminder-offers.ts';
import type { Choice, Reply } from './reply.ts';
import { type Reminder, type State, freshState, sessionOf } from './state.ts';
import { type SystemNode, commandChoice, systemReply, wayLabel } from './system.ts';
import type { Scene, Turn } from './turn.ts';

const MOST_REMINDERS = 10;

/** Later than this, a reminder says that it is late: everything was down. */
const STALE_MS = 12 * HOUR_MS;

/** A conversation in which something happened this recently is not to be disturbed. */
const BUSY_MS = HOUR_MS / 2;

/** The dialog that all topics close with; what a reminder leads on to stands there. */
const CLOSING = { dialog: 'solved', ask: 'next', thanks: 'thanks', later: 'later' } as const;

export type Wish = { dueMs: number } | { problem: SystemNode };

/** Why a moment cannot be kept, if it cannot. The picker's bounds can be forged, and typed dates have none. */
export function wishFor(scene: Scene, state: State, dueMs: number | undefined): Wish {
  if (dueMs === undefined) return { problem: 'reminder-unclear' };
  if (dueMs <= scene.nowMs) return { problem: 'reminder-past' };
  if (dueMs - scene.nowMs > LONGEST_AHEAD_MS) return { problem: 'reminder-far' };
  if ((state.reminders?.length ?? 0) >= MOST_REMINDERS) return { problem: 'reminder-full' };
  return { dueMs };
}

/** Keeps a new reminder of the present matter; at night it is moved to the morning, and the user can insist. */
export function setReminder(scene: Scene, state: State, wantedMs: number): Turn {
  const reminder: Reminder = {
    id: sessionOf(scene.eventId),
    dueMs: wantedMs,
    topic: state.answers['topic'] ?? state.dialog ?? HOME,
    matter: state.session,
  };
  return keep(scene, state, reminder, wantedMs);
}

function keep(scene: Scene, state: State, reminder: Reminder, wantedMs: number): Turn {
  const dueMs = outsideQuiet(scene, wantedMs);
  const { wantedMs: _wanted, exact: _exact, ...plain } = reminder;
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
    case 'change': {
      const others = withoutReminders(state, [id]);
      const wish = wishFor(scene, others, picked === undefined ? undefined : pickedMoment(picked));
      if ('problem' in wish) return sayWithWayOn(scene, state, wish.problem);
      return keep(scene, state, reminder, wish.dueMs);
    }
    case 'exact': {
      const { wantedMs, ...rest } = reminder;
      const exact = { ...rest, dueMs: wantedMs ?? rest.dueMs, exact: true as const };
      if (exact.dueMs <= scene.nowMs) return sayWithWayOn(scene, state, 'reminder-past');
      return confirm(scene, withReminder(state, exact), exact);
    }
  }
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
    label: momentInWords(reminder.dueMs, nowMs).slice(0, 17),
    data: encode({ kind: 'reminder', id: reminder.id, act: 'show' }),
  }));
  const choices = [...rows, commandChoice(content, 'menu')];
  return interpose(state, pending('reminder-list', choices, { list: lines.join('\n') }));
}

/**
 * A reminder is due. One that was withdrawn or moved meanwhile says nothing; one that comes in quiet hours, because
 * something was late, waits for the morning. A conversation in progress keeps its question and its numbers.
 */
export function onDue(
  scene: Scene,
  state: State | undefined,
  { reminderId, dueMs }: { reminderId: string; dueMs: number },
): Turn {
  const reminder = state?.reminders?.find((each) => each.id === reminderId);
  if (!state || !reminder || reminder.dueMs !== dueMs) return { state: state ?? null, replies: [] };
  if (!reminder.exact && isQuiet(scene.nowMs, scene.quiet)) {
    const moved = { ...reminder, dueMs: outsideQuiet(scene, scene.nowMs) };
    return {
      state: withReminder(state, moved),
      replies: [],
      schedule: [{ id: moved.id, dueMs: moved.dueMs }],
    };
  }
  const rest = withoutReminders(state, [reminderId]);
  const late = scene.nowMs - dueMs > STALE_MS;
  const said = ask(scene, reminder, late ? 'reminder-late' : 'reminder-due');
  const busy = questionOf(scene.content, state) && scene.nowMs - state.at < BUSY_MS;
  return busy ? { state: rest, replies: [said] } : interpose(rest, said);
}

/** How it went: done withdraws what else was set for the matter; not yet leads one step up; snooze asks when. */
export function onOutcome(
  scene: Scene,
  state: State,
  { topic, matter, outcome }: Extract<Action, { kind: 'outcome' }>,
): Turn {
  const left = leave(scene.content, cleared(state));
  const on: State = { ...left, session: matter, answers: { topic } };
  const closing = (node: string): Turn => goTo(scene, on, CLOSING.dialog, node);
  switch (outcome) {
    case 'done': {
      const mine = on.reminders?.filter((each) => each.matter === matter) ?? [];
      const ids = mine.map(({ id }) => id);
      const turn = goTo(scene, withoutReminders(on, ids), CLOSING.dialog, CLOSING.thanks);
      return ids.length > 0 ? { ...turn, unschedule: ids } : turn;
    }
    case 'not-yet':
      return closing(CLOSING.ask);
    case 'snooze':
      return closing(CLOSING.later);
  }
}

function ask(
  scene: Scene,
  { topic, matter }: Reminder,
  node: SystemNode,
): Reply & { choices: readonly Choice[] } {
  const { content } = scene;
  const choices = (['done', 'not-yet', 'snooze'] as const).map((outcome) => ({
    label: wayLabel(content, outcome),
    data: encode({ kind: 'outcome', topic, matter, outcome }),
  }));
  const values = { topic: titleOf(content, topic) };
  return { ...systemReply(node, { values }), answers: { topic }, choices };
}

function changes(scene: Scene, reminder: Reminder): Choice[] {
  const picker = timePicker(scene.nowMs, reminder.dueMs);
  return [{ ...choice(scene, reminder, 'change'), picker }, choice(scene, reminder, 'withdraw')];
}

function choice(scene: Scene, { id }: Reminder, act: 'change' | 'withdraw' | 'exact'): Choice {
  return { label: wayLabel(scene.content, act), data: encode({ kind: 'reminder', id, act }) };
}

function withReminder(state: State, reminder: Reminder): State {
  const others = state.reminders?.filter(({ id }) => id !== reminder.id) ?? [];
  return { ...state, reminders: [...others, reminder] };
}

function withoutReminders(state: State, ids: readonly string[]): State {
  const { reminders = [], ...rest } = state;
  const left = reminders.filter(({ id }) => !ids.includes(id));
  return left.length > 0 ? { ...rest, reminders: left } : rest;
}

/** A state that keeps nothing but the promises made: for a fresh start that must not break them. */
export function startOver(scene: Scene, state: State): Turn {
  const fresh = freshState(scene.eventId, scene.nowMs);
  return openTopic(
    scene,
    state.reminders ? { ...fresh, reminders: state.reminders } : fresh,
    'menu',
  );
}
