import type { FakeLine } from './line.ts';
import { createRing, type Ring } from './line/ring.ts';
import type { Emitted, News as LineNews } from './line/world.ts';
import type { Chat, Entry, News } from './wire.ts';

/** A user's chat as the server keeps it. */
export type Room = Pick<Chat, 'userId' | 'name' | 'chipsUsed'> & { entries: Ring<Entry> };

const mostChats = 50;
const entriesKept = 400;

export type Chats = {
  /** The chat of that user, made when there is none; undefined when there are too many. */
  open(userId: string, name: string): Room | undefined;
  get(userId: string): Room | undefined;
  list(): Room[];
  isBlocked(userId: string): boolean;
  /** A line that no webhook event carries: a postback's displayText, a note about a block. */
  add(
    userId: string,
    from: 'user' | 'system',
    text: string,
    state?: Entry['state'],
  ): Entry | undefined;
  setState(userId: string, entry: Entry, state: NonNullable<Entry['state']>): void;
  clear(userId: string): void;
  /** Tells the pages something that is no line of a chat. */
  tell(news: News): void;
  listenTo(listener: (news: News) => void): () => void;
};

/** The chats of the page's users, filled from what happens on the fake LINE. In memory and bounded. */
export function createChats(line: FakeLine, clock: () => number): Chats {
  const chats = new Map<string, Room>();
  const listeners = new Set<(news: News) => void>();
  // Beyond those that a page still shows from before the bot was started anew.
  let nextId = clock();

  function tell(news: News): void {
    for (const listener of listeners) listener(news);
  }

  function append(userId: string, entry: Omit<Entry, 'id' | 'atMs'>): Entry | undefined {
    const chat = chats.get(userId);
    if (!chat) return undefined;
    const whole = { id: nextId++, atMs: clock(), ...entry };
    chat.entries.push(whole);
    if (entry.from === 'bot') chat.chipsUsed = false;
    tell({ type: 'entry', userId, entry: whole });
    return whole;
  }

  function setState(userId: string, entry: Entry, state: NonNullable<Entry['state']>): void {
    // What was unsent stays unsent, however late its delivery is reported.
    if (entry.state === 'unsent' || entry.state === state) return;
    entry.state = state;
    tell({ type: 'entry', userId, entry });
  }

  function settle(emitted: Emitted): void {
    const entry = chats
      .get(emitted.to)
      ?.entries.list()
      .findLast((one) => one.eventId === emitted.eventId);
    if (!entry) return;
    const taken = emitted.deliveries.some(({ status }) => status >= 200 && status < 300);
    setState(emitted.to, entry, taken ? 'read' : 'failed');
  }

  function hear(news: LineNews): void {
    if (news.type === 'sent' && news.sent.delivered)
      for (const [index, message] of news.sent.messages.entries())
        append(news.sent.to, {
          from: 'bot',
          message: message as Entry['message'],
          messageId: news.sent.messageIds[index] ?? '',
        });
    if (news.type === 'emitted') {
      const said = sayingOf(news.emitted);
      if (said)
        append(news.emitted.to, {
          from: 'user',
          state: 'sending',
          eventId: news.emitted.eventId,
          ...said,
        });
    }
    if (news.type === 'delivered') settle(news.emitted);
    if (news.type === 'loading') tell({ type: 'loading', userId: news.to, seconds: news.seconds });
    tell({ type: 'activity' });
  }

  line.listenTo(hear);
  return {
    open(userId, name) {
      const known = chats.get(userId);
      if (known) return known;
      if (chats.size >= mostChats) return undefined;
      const chat = { userId, name, entries: createRing<Entry>(entriesKept), chipsUsed: false };
      chats.set(userId, chat);
      line.people.meet(userId, name);
      tell({ type: 'users' });
      return chat;
    },
    get: (userId) => chats.get(userId),
    list: () => [...chats.values()],
    isBlocked: (userId) => line.people.find(userId)?.blocked ?? false,
    add: (userId, from, text, state) =>
      append(userId, { from, message: { type: 'text', text }, ...(state && { state }) }),
    setState,
    tell,
    clear(userId) {
      chats.get(userId)?.entries.clear();
      tell({ type: 'users' });
    },
    listenTo(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What the user's own event looks like in the chat; a postback or a follow shows nothing of its own. */
function sayingOf({ event }: Emitted): Pick<Required<Entry>, 'message' | 'messageId'> | undefined {
  const { type, message } = event as { type?: unknown; message?: Record<string, unknown> };
  if (type !== 'message' || !message) return undefined;
  const { id, quoteToken: _quote, markAsReadToken: _mark, ...shown } = message;
  return { message: shown as Entry['message'], messageId: String(id) };
}
