import { z } from 'zod';

const timer = z.object({ id: z.string(), dueMs: z.number() });
const reminder = z.object({ id: z.string(), topic: z.string() });
const conversation = z.object({ reminders: z.array(reminder).catch([]) });
const memory = z.object({
  waiting: z.array(z.unknown()).catch([]),
  timers: z.array(timer).catch([]),
  state: conversation.nullable().catch(null),
});

export type Memory = {
  /** Whether there is a conversation. */
  known: boolean;
  /** Events that the bot has not finished with. */
  waiting: number;
  /** The soonest first; `topic` is a dialog's id. */
  reminders: { id: string; dueMs: number; topic?: string }[];
};

/** What the chat page can use of the bot's memory of a user. Loose: another bot may stand behind the page. */
export function readMemory(inspected: unknown): Memory {
  const { waiting, timers, state } = memory.catch(empty).parse(inspected);
  const topics = new Map((state?.reminders ?? []).map(({ id, topic }) => [id, topic]));
  return {
    known: state !== null,
    waiting: waiting.length,
    reminders: timers
      .toSorted((a, b) => a.dueMs - b.dueMs)
      .map(({ id, dueMs }) => {
        const topic = topics.get(id);
        return { id, dueMs, ...(topic !== undefined && { topic }) };
      }),
  };
}

const empty = { waiting: [], timers: [], state: null };
