import { json, Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Chats } from './chats.ts';
import { newUserId } from './line/id.ts';
import type { FakeLine } from './line.ts';

export type ApiDeps = {
  line: FakeLine;
  chats: Chats;
  /** The bot's view of a conversation, for the panel beside the chat. */
  inspect: (userId: string) => unknown;
  /** Deletes the bot's memory of a user. */
  forget: (userId: string) => unknown;
};

const userId = z.string().regex(/^U[0-9a-f]{32}$/);
const shapes = {
  user: z.strictObject({ userId }),
  newUser: z.strictObject({ name: z.string().trim().min(1).max(20).optional() }),
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
export function createApi({ line, chats, inspect, forget }: ApiDeps): Router {
  const api = Router();
  api.use(json({ limit: '64kb' }));

  api.get('/state', (_request, response) => {
    response.json({
      users: chats.list().map((chat) => ({
        userId: chat.userId,
        name: chat.name,
        blocked: line.people.find(chat.userId)?.blocked ?? false,
      })),
    });
  });

  api.get('/chat/:userId', (request, response) => {
    const chat = chats.get(request.params.userId);
    if (!chat) {
      response.sendStatus(404);
      return;
    }
    response.json({
      userId: chat.userId,
      name: chat.name,
      blocked: line.people.find(chat.userId)?.blocked ?? false,
      chipsUsed: chat.chipsUsed,
      entries: chat.entries.list(),
    });
  });

  api.get('/inspect/:userId', async (request, response) => {
    const { userId: user } = request.params;
    if (!chats.get(user)) {
      response.sendStatus(404);
      return;
    }
    response.json({
      state: (await inspect(user)) ?? null,
      events: line
        .events()
        .filter((one) => one.to === user)
        .slice(-20),
      calls: line.calls(20),
      quota: { limit: line.quota.limit ?? null, used: line.quota.used() },
    });
  });

  post('/users', shapes.newUser, ({ name }) => {
    const user = newUserId();
    const chat = chats.open(user, name ?? nameFor(chats.list().length));
    if (!chat) return undefined;
    chats.add(user, 'system', '友だちに追加しました');
    void line.emit(user, { kind: 'follow' });
    return { userId: user, name: chat.name };
  });

  post('/text', shapes.text, ({ userId: user, text }) => act(user, { kind: 'text', text }));
  post('/media', shapes.media, ({ userId: user, media }) => act(user, { kind: 'media', media }));
  post('/postback', shapes.postback, ({ userId: user, data, displayText, params }) => {
    // LINE shows the text as the user's own, but the bot gets only the data.
    if (displayText !== undefined) chats.add(user, 'user', displayText, 'read');
    return act(user, { kind: 'postback', data, ...(params && { params }) });
  });
  post('/chips-used', shapes.user, ({ userId: user }) => {
    const chat = chats.get(user);
    if (chat) chat.chipsUsed = true;
    return chat && {};
  });

  post('/unsend', shapes.unsend, ({ userId: user, messageId }) => {
    const entry = chats
      .get(user)
      ?.entries.list()
      .find((one) => one.messageId === messageId && one.from === 'user');
    if (!entry) return undefined;
    chats.setState(user, entry, 'unsent');
    void line.emit(user, { kind: 'unsend', messageId });
    return {};
  });

  post('/block', shapes.user, ({ userId: user }) => {
    if (!chats.get(user)) return undefined;
    chats.add(user, 'system', 'ブロックしました');
    void line.block(user);
    return {};
  });
  post('/unblock', shapes.user, ({ userId: user }) => {
    if (!chats.get(user)) return undefined;
    chats.add(user, 'system', 'ブロックを解除しました');
    void line.unblock(user);
    return {};
  });

  post('/reset', shapes.user, async ({ userId: user }) => {
    if (!chats.get(user)) return undefined;
    await forget(user);
    Object.assign(line.people.meet(user), { friend: true, blocked: false });
    chats.clear(user);
    chats.add(user, 'system', '友だちに追加しました');
    void line.emit(user, { kind: 'follow' });
    return {};
  });

  function act(user: string, what: Parameters<FakeLine['emit']>[1]): object | undefined {
    const chat = chats.get(user);
    if (!chat || line.people.find(user)?.blocked) return undefined;
    chat.chipsUsed = true;
    void line.emit(user, what);
    return {};
  }

  /** 400 for a body of another shape, 404 where `run` finds nothing to act on. */
  function post<Input>(
    path: string,
    shape: z.ZodType<Input>,
    run: (input: Input) => object | undefined | Promise<object | undefined>,
  ): void {
    const handler: RequestHandler = async (request, response) => {
      const input = shape.safeParse(request.body);
      if (!input.success) {
        response.status(400).json({ message: z.prettifyError(input.error) });
        return;
      }
      const result = await run(input.data);
      if (result) response.json(result);
      else response.sendStatus(404);
    };
    api.post(path, handler);
  }

  return api;
}

/** ユーザーA, B, … Z, then numbers. */
function nameFor(index: number): string {
  return `ユーザー${index < 26 ? String.fromCodePoint(65 + index) : index + 1}`;
}
