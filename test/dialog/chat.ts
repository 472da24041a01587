import type { Content } from '../../src/dialog/content.ts';
import type { EventBody } from '../../src/dialog/event.ts';
import type { Choice, Reply } from '../../src/dialog/reply.ts';
import { type State, readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import type { Turn } from '../../src/dialog/turn.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

// Loaded with the file, so that no single test waits for it.
const { content, letters } = bundle();

export type Chat = {
  /** Changed between two events: what the store gives back, the time, the content as it has been edited. */
  stored: unknown;
  nowMs: number;
  content: Content;
  /** Everything that could be tapped so far, the oldest first. */
  seen: Choice[];
  say: (text: string, more?: { masked?: true; messageId?: string }) => Heard;
  /** The newest button of that label. */
  tap: (label: string, picked?: string) => Heard;
  /** `lateMs`: LINE brings it so long after it happened. */
  happen: (body: EventBody, lateMs?: number) => Heard;
  state: () => State | undefined;
};

export type Heard = {
  turn: Turn;
  /** `dialog.node` of what was said, in order. */
  said: string[];
  /** All that was said, as text. */
  text: string;
};

/** A conversation of one user with the real content, on a Saturday at ten in the morning. */
export function startChat(): Chat {
  let count = 0;
  const chat: Chat = {
    stored: undefined,
    nowMs: TEST_DAY_MS,
    content,
    seen: [],
    state: () => readState(chat.stored),
    say: (text, { masked, messageId = `m${count}` } = {}) =>
      chat.happen({ kind: 'text', messageId, text, ...(masked ? { masked } : {}) }),
    tap: (label, picked) => {
      const choice = chat.seen.findLast((each) => each.label === label);
      if (!choice) throw new Error(`No button says "${label}".`);
      return chat.happen({ kind: 'postback', data: choice.data, ...(picked ? { picked } : {}) });
    },
    happen: (body, lateMs = 0) => {
      count += 1;
      const id = `01CHAT0000000000${String(count).padStart(10, '0')}`;
      const { nowMs } = chat;
      const event = { id, owner: 'U1', timestampMs: nowMs - lateMs, receivedMs: nowMs, body };
      const turn = step(chat.content, readState(chat.stored), event, nowMs);
      // As the store would: what is no JSON would be lost.
      chat.stored = turn.state === null ? undefined : JSON.parse(JSON.stringify(turn.state));
      chat.seen.push(...turn.replies.flatMap(buttonsOf));
      return { turn, said: turn.replies.map(nameOf), text: textOf(turn.replies, nowMs) };
    },
  };
  return chat;
}

/** In the middle of a topic: who wants to return something is asked who sent it. */
export function askedForSeller(): Chat {
  const chat = startChat();
  chat.say('メニュー');
  chat.tap('返品・返金');
  chat.tap('返品したい');
  return chat;
}

/** And then on which day it arrived. */
export function askedForDay(): Chat {
  const chat = askedForSeller();
  chat.tap('Amazonが発送');
  return chat;
}

function buttonsOf({ choices = [], ways = [] }: Reply): Choice[] {
  return [...choices, ...ways];
}

function nameOf({ dialog, node }: Reply): string {
  return `${dialog}.${node}`;
}

function textOf(replies: readonly Reply[], nowMs: number): string {
  const messages = letters.plain(replies, nowMs);
  return messages.map((message) => (message.type === 'text' ? message.text : '')).join('\n');
}
