import { act } from './act.ts';
import type { QuietHours } from '../japan-time.ts';
import { type Content, HOME, own } from './content.ts';
import { type Event, type EventBody, UnknownEvent } from './event.ts';
import { asked, askedAlone } from './moves.ts';
import { goOn } from './on-command.ts';
import { onText } from './on-text.ts';
import { putBy, saysWhy } from './promise.ts';
import type { Reply } from './reply.ts';
import { leftUntil } from './say.ts';
import { onDue, startOver } from './reminders.ts';
import { FORGET_TIMER, forgetSlots, forgetTimer } from './forget-slots.ts';
import { SLOT_LIFE_MS, type State, freshState } from './state.ts';
import { SYSTEM, type SystemNode, UNCLEAR, commandChoice, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** When no reminder is sent, unless the operator or the user says otherwise. */
const QUIET_HOURS: QuietHours = { from: 22, to: 8 };

/** What comes later than this was delivered again. */
const LATE_MS = 60_000;

/** LINE sends at most five messages with one reply token. */
const MOST_MESSAGES = 5;

/**
 * The bot's one decision: from what is known of a user and what just happened to what is said and what is known next.
 * Pure: the same content, state, event and time give the same turn, which is what makes a repeated turn harmless.
 * `stored` is undefined for somebody new, or when nothing readable was kept.
 */
export function step(
  content: Content,
  stored: State | undefined,
  event: Event,
  nowMs: number,
  quiet: QuietHours = QUIET_HOURS,
): Turn {
  const scene: Scene = { content, eventId: event.id, nowMs, quiet };
  const before = stored && forgetSlots(stored, ({ atMs }) => nowMs - atMs >= SLOT_LIFE_MS);
  const { body } = event;
  switch (body.kind) {
    case 'follow':
      return finish(scene, before, greet(scene, before, body.returning));
    case 'unfollow':
      // LINE keeps no order and may deliver late: whoever has been here since has come back.
      if (before && event.receivedMs - event.timestampMs > LATE_MS && before.at > event.timestampMs)
        return { state: before, replies: [] };
      return { state: null, replies: [], forget: true };
    case 'unsend':
      return {
        state: before ? forgetSlots(before, ({ messageId }) => messageId === body.messageId) : null,
        replies: [],
        forgetMessage: body.messageId,
      };
    case 'group':
      return group(scene, before, body.addressed);
    case 'media':
      return finish(
        scene,
        before,
        onMedia(scene, before ?? freshState(event.id, nowMs), body.media),
      );
    case 'burst':
      return finish(scene, before, onBurst(scene, before ?? freshState(event.id, nowMs)));
    case 'postback':
      return finish(scene, before, onPostback(scene, before, body));
    case 'text': {
      const turn = onText(scene, before ?? freshState(event.id, nowMs), body);
      return finish(scene, before, body.masked ? warned(turn) : turn);
    }
    case 'reminder':
      if (body.reminderId === FORGET_TIMER) {
        const kept: Turn = { state: before ?? null, replies: [] };
        // This timer is used up: whatever is left needs one of its own, also when it was given before.
        return before ? withForgetting(undefined, kept, before) : kept;
      }
      return onReminder(scene, before, event);
    default:
      // Written by a newer version during a deploy: the worker gives it back, and one of those takes it.
      body satisfies never;
      throw new UnknownEvent();
  }
}

/** Says what became of a secret number, and asks nobody to write again what was not understood: it would come again. */
function warned(turn: Turn): Turn {
  const rest = turn.replies.filter((reply) => reply.dialog !== SYSTEM || reply.node !== UNCLEAR);
  return { ...turn, replies: [systemReply('masked'), ...rest] };
}

/**
 * Puts what could not be said before in front, as much as there is room for beside the answer itself (which asks last,
 * so that a typed number means what is in sight), and gives the last message the ways out.
 */
function finish(scene: Scene, before: State | undefined, turn: Turn): Turn {
  const owed = turn.forget || !before ? [] : asOfNow(before, scene.nowMs);
  // A turn that says nothing itself was asked for the rest of what did not fit: that is no delay, and what is asked now
  // comes last once more.
  const goesOn = turn.replies.length === 0 && owed.length > 0;
  const answer = goesOn && turn.state ? asked(scene, turn.state) : turn.replies;
  const room = Math.max(0, MOST_MESSAGES - answer.length);
  const excuse = goesOn || owed.every(saysWhy) ? [] : [systemReply('late')];
  const first = [...excuse, ...owed].slice(0, room);
  const said = first.length > excuse.length ? first : [];
  const now = [...said, ...answer].slice(0, MOST_MESSAGES);
  const rest = [
    ...answer.slice(MOST_MESSAGES),
    ...owed.slice(Math.max(0, said.length - excuse.length)),
  ];
  const ways = rest.length > 0 ? (['more', 'menu'] as const) : waysOf(turn.state);
  const offered = now.at(-1)?.choices?.map(({ data }) => data) ?? [];
  const buttons = ways
    .map((command) => commandChoice(scene.content, command))
    .filter(({ data }) => !offered.includes(data));
  const replies = now.map((reply, index) =>
    index === now.length - 1 ? { ...reply, ways: buttons } : reply,
  );
  if (!turn.state) return { ...turn, replies };
  const { unsent: _unsent, ...state } = turn.state;
  const plain: State = { ...state, at: scene.nowMs };
  const kept = rest.length > 0 ? putBy(plain, rest) : plain;
  return withForgetting(before, { ...turn, state: kept, replies }, kept);
}

/** What is owed, with the days that are left now. */
function asOfNow({ unsent = [], slots }: State, nowMs: number): readonly Reply[] {
  const until = own(slots, 'deadline')?.value;
  return unsent.map((reply) =>
    until !== undefined && reply.values?.['left'] !== undefined
      ? { ...reply, values: { ...reply.values, left: leftUntil(until, nowMs) } }
      : reply,
  );
}

/** What was given in words leaves the store after its day even when the user never comes back. */
function withForgetting(before: State | undefined, turn: Turn, kept: State): Turn {
  const timer = forgetTimer(before, kept);
  return timer ? { ...turn, schedule: [...(turn.schedule ?? []), timer] } : turn;
}

/** Back, menu and help, wherever they lead somewhere else. */
function waysOf(state: State | null): readonly ('back' | 'menu' | 'help')[] {
  if (!state) return ['menu', 'help'];
  const back = state.trail.length > 0 ? (['back'] as const) : [];
  const menu = state.dialog === HOME ? [] : (['menu'] as const);
  return [...back, ...menu, 'help'];
}

function onPostback(
  scene: Scene,
  before: State | undefined,
  body: Extract<EventBody, { kind: 'postback' }>,
): Turn {
  return act(scene, before ?? freshState(scene.eventId, scene.nowMs), body.data, body.picked);
}

/** A reminder is no sign that the user is here: the time of the last visit stays. */
function onReminder(scene: Scene, before: State | undefined, event: Event): Turn {
  const turn = onDue(scene, before, event);
  if (!before || !turn.state || turn.replies.length === 0) return turn;
  const finished = finish(scene, before, turn);
  return finished.state ? { ...finished, state: { ...finished.state, at: before.at } } : finished;
}

function greet(scene: Scene, before: State | undefined, returning: boolean): Turn {
  const home = startOver(scene, before ?? freshState(scene.eventId, scene.nowMs));
  const known = returning || before !== undefined;
  return {
    ...home,
    replies: [systemReply(known ? 'greeting-again' : 'greeting'), ...home.replies],
  };
}

/** One short hint when the bot joins or first hears a group, then silence unless somebody addresses it. */
function group(scene: Scene, before: State | undefined, addressed: boolean): Turn {
  if (before && !addressed) return { state: before, replies: [] };
  // A hint that could not be said before is this one.
  const { unsent: _unsent, ...state } = before ?? freshState(scene.eventId, scene.nowMs);
  return { state: { ...state, at: scene.nowMs }, replies: [systemReply('group')] };
}

const MEDIA_WORDS: Readonly<Record<string, SystemNode>> = {
  sticker: 'media-sticker',
  image: 'media-image',
  video: 'media-image',
  audio: 'media-audio',
  location: 'media-location',
};

/** One answer to many messages: asks for patience, and again what is being asked. */
function onBurst(scene: Scene, state: State): Turn {
  const on = goOn(scene, state, askedAlone);
  return { ...on, replies: [systemReply('burst'), ...on.replies] };
}

function onMedia(scene: Scene, state: State, media: string): Turn {
  const words = systemReply(own(MEDIA_WORDS, media) ?? 'media-other');
  const on = goOn(scene, state, askedAlone);
  return { ...on, replies: [words, ...on.replies] };
}
