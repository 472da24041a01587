import type { Router } from 'express';
import { z } from 'zod';
import type { Acts } from './acts.ts';
import type { Chats } from './chats.ts';
import type { MovableClock } from './clock.ts';
import { createEndpoints, userId } from './endpoints.ts';
import { newUserId } from './line/id.ts';
import type { FakeLine } from './line.ts';
import { readMemory } from './memory.ts';
import type { Chat, Inside, MenuView, State, User } from './wire.ts';

export type ApiDeps = {
  line: FakeLine;
  chats: Chats;
  acts: Acts;
  clock: MovableClock;
  menu: () => MenuView | undefined;
  /** The bot's view of a conversation, for the panel beside the chat. */
  inspect: (userId: string) => unknown;
  /** Deletes the bot's memory of a user. */
  forget: (userId: string) => unknown;
};

const shapes = {
  user: z.strictObject({ userId }),
  /** `userId`: of somebody whose page was open while the bot was started anew. */
  newUser: z.strictObject({
    userId: userId.optional(),
    name: z.string().trim().min(1).max(20).optional(),
  }),
  text: z.strictObject({ userId, text: z.string().min(1).max(5000) }),
  media: z.strictObject({
    userId,
    media: z.enum(['sticker', 'image', 'video', 'audio', 'file', 'location']),
  }),
  postback: z.strictObject({
    userId,
    data: z.string().min(1).max(300),
    displayText: z.string().min(1).max(300).optional(),
    params: z.record(z.string().max(30), z.string().max(30)).optional(),
  }),
  unsend: z.strictObject({ userId, messageId: z.string().max(40) }),
};

/** The page's own endpoints below /try/api. Events go out in the background: the page hears of them by the stream. */
export function createApi({ line, chats, acts, clock, menu, inspect, forget }: ApiDeps): Router {
  const { router, getOf, post } = createEndpoints(chats, '64kb');
  const userOf = ({ userId: id, name }: { userId: string; name: string }): User => ({
    userId: id,
    name,
    blocked: chats.isBlocked(id),
  });

  router.get('/state', (_request, response) => {
    const state: State = {
      nowMs: clock.now(),
      aheadMs: clock.aheadMs(),
      menu: menu() ?? null,
      users: chats.list().map(userOf),
    };
    response.json(state);
  });

  getOf('/chat', ({ chipsUsed, entries, ...user }): Chat => ({
    ...userOf(user),
    chipsUsed,
    entries: entries.list(),
  }));

  getOf('/inspect', async ({ userId: user }): Promise<Inside> => ({
    state: (await inspect(user)) ?? null,
    events: line
      .events()
      .filter((one) => one.to === user)
      .slice(-20),
    calls: line.calls(20),
    quota: { limit: line.quota.limit ?? null, used: line.quota.used() },
  }));

  post('/users', shapes.newUser, async ({ userId: before, name }) => {
    const open = before === undefined ? undefined : chats.get(before);
    // Another page has brought them back already.
    if (open) return userOf(open);
    const back = before !== undefined && readMemory(await inspect(before)).known;
    const user = back ? before : newUserId();
    const chat = chats.open(user, name ?? freeName(chats.list().map((one) => one.name)));
    if (!chat) return undefined;
    if (back) chats.add(user, 'system', 'ボットがまた動きだしました。続きから話せます。');
    else void acts.follow(user);
    return userOf(chat);
  });

  post('/text', shapes.text, ({ userId: user, text }) =>
    under(acts.send(user, { kind: 'text', text })),
  );
  post('/media', shapes.media, ({ userId: user, media }) =>
    under(acts.send(user, { kind: 'media', media })),
  );
  post('/postback', shapes.postback, ({ userId: user, data, displayText, params }) =>
    under(
      acts.tap(user, {
        data,
        ...(displayText !== undefined && { displayText }),
        ...(params && { params }),
      }),
    ),
  );
  post('/chips-used', shapes.user, ({ userId: user }) => {
    const chat = chats.get(user);
    if (chat) chat.chipsUsed = true;
    return chat && {};
  });
  post('/unsend', shapes.unsend, ({ userId: user, messageId }) =>
    under(acts.unsend(user, messageId)),
  );
  post('/block', shapes.user, ({ userId: user }) => under(acts.block(user)));
  post('/unblock', shapes.user, ({ userId: user }) => under(acts.unblock(user)));

  post('/reset', shapes.user, async ({ userId: user }) => {
    if (!chats.get(user)) return undefined;
    await forget(user);
    chats.clear(user);
    return under(acts.follow(user));
  });

  return router;
}

/** The event is on its way in the background. */
function under(event: Promise<unknown> | undefined): object | undefined {
  return event && {};
}

/** The first name that nobody has. */
function freeName(taken: readonly string[]): string {
  let index = 0;
  while (taken.includes(nameFor(index))) index += 1;
  return nameFor(index);
}

/** ユーザーA, B, … Z, then numbers. */
function nameFor(index: number): string {
  return `ユーザー${index < 26 ? String.fromCodePoint(65 + index) : index + 1}`;
}
