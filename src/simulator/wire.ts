import type { Action } from './page/flex/types.ts';
import type { Message } from './page/message.ts';

/*
 * What the chat page and its server say to each other. The server fills it (api.ts, lab.ts, chats.ts), the page draws it
 * (page/server.ts). Requests are checked by the shapes of api.ts and lab.ts.
 */

/** One line of a chat as the page shows it. */
export type Entry = {
  id: number;
  atMs: number;
  from: 'user' | 'bot' | 'system';
  /** Of `system` only `{ type: 'text', text }`. */
  message: Message;
  /** LINE's message id, for unsending. */
  messageId?: string;
  eventId?: string;
  /** Of a user's line: on its way, taken by the bot (2xx), or refused. */
  state?: 'sending' | 'read' | 'failed' | 'unsent';
};

export type User = { userId: string; name: string; blocked: boolean };

export type Chat = User & {
  /** The quick reply of the newest message was tapped and is gone. */
  chipsUsed: boolean;
  entries: Entry[];
};

/** What the page hears when something changes. */
export type News =
  | { type: 'entry'; userId: string; entry: Entry }
  | { type: 'loading'; userId: string; seconds: number }
  | { type: 'users' }
  | { type: 'clock'; nowMs: number; aheadMs: number }
  | { type: 'activity' };

/** What the page needs to draw the menu at its foot: the words, icons and actions that are published to LINE. */
export type MenuView = {
  bar: string;
  open: boolean;
  /** Two rows of three, from the top left. `icon`: inside of an SVG on a field of 24 by 24. */
  tiles: { words: string[]; icon: string; strong: boolean; action: Action }[];
};

/** `aheadMs`: how far the bot's clock is ahead of the real time. */
export type State = { nowMs: number; aheadMs: number; menu: MenuView | null; users: User[] };

/** What goes on inside, as it is: the page shows it as JSON. */
export type Inside = {
  state: unknown;
  events: unknown[];
  calls: unknown[];
  quota: { limit: number | null; used: number };
};

export type SwitchState = {
  /** Each event is delivered twice. */
  doubling: boolean;
  /** The reply token of the next event will be dead on arrival. */
  expiring: boolean;
  /** `times`: answers of LINE left that go wrong; absent: all until cleared. */
  mishaps: { mishap: string; times?: number }[];
  /** Pushes of this month; `left` null: no limit. */
  quota: { used: number; left: number | null };
};

export type Reminder = { id: string; dueMs: number; title: string };
export type Lab = { reminders: Reminder[]; switches: SwitchState };
