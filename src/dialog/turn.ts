import type { Content } from './content.ts';
import type { QuietHours } from '../japan-time.ts';
import type { Reply } from './reply.ts';
import type { State } from './state.ts';

/** What one event leads to. Nothing of it has happened yet: the worker delivers the replies and commits the rest. */
export type Turn = {
  /** Null: nothing of the user is kept. */
  state: State | null;
  replies: Reply[];
  forget?: true;
  /** Reminders to set or move, and ids of those to drop. */
  schedule?: readonly { id: string; dueMs: number }[];
  unschedule?: readonly string[];
  /** The message that its sender took back. */
  forgetMessage?: string;
};

/** What every part of a turn may look at. */
export type Scene = {
  content: Content;
  eventId: string;
  nowMs: number;
  quiet: QuietHours;
};
