import type { Chats } from './chats.ts';
import type { Happening } from './line/happening.ts';
import type { Emitted } from './line/world.ts';
import type { FakeLine } from './line.ts';

/** What can be done in a chat. Undefined: there is no such chat, or it is blocked and nothing can be sent. */
export type Acts = {
  send(userId: string, what: Happening): Promise<Emitted> | undefined;
  /** A button: LINE shows its text as the user's own, but the bot gets only the data. */
  tap(
    userId: string,
    tap: { data: string; displayText?: string; params?: Record<string, string> },
  ): Promise<Emitted> | undefined;
  /** Takes a message of the user's back; the newest one when none is named. */
  unsend(userId: string, messageId?: string): Promise<Emitted> | undefined;
  follow(userId: string): Promise<Emitted> | undefined;
  block(userId: string): Promise<Emitted> | undefined;
  unblock(userId: string): Promise<Emitted> | undefined;
};

export function createActs(line: FakeLine, chats: Chats): Acts {
  function send(userId: string, what: Happening): Promise<Emitted> | undefined {
    const chat = chats.get(userId);
    if (!chat || chats.isBlocked(userId)) return undefined;
    chat.chipsUsed = true;
    return line.emit(userId, what);
  }

  return {
    send,
    tap(userId, { data, displayText, params }) {
      if (displayText !== undefined && !chats.isBlocked(userId))
        chats.add(userId, 'user', displayText, 'read');
      return send(userId, { kind: 'postback', data, ...(params && { params }) });
    },
    unsend(userId, messageId) {
      const entry = chats
        .get(userId)
        ?.entries.list()
        .findLast(
          (one) =>
            one.from === 'user' &&
            one.messageId !== undefined &&
            one.state !== 'unsent' &&
            (messageId === undefined || one.messageId === messageId),
        );
      if (entry?.messageId === undefined) return undefined;
      chats.setState(userId, entry, 'unsent');
      return line.emit(userId, { kind: 'unsend', messageId: entry.messageId });
    },
    follow(userId) {
      if (!chats.get(userId)) return undefined;
      line.people.meet(userId).blocked = false;
      chats.add(userId, 'system', '友だちに追加しました');
      return line.emit(userId, { kind: 'follow' });
    },
    block(userId) {
      if (!chats.get(userId)) return undefined;
      chats.add(userId, 'system', 'ブロックしました');
      return line.block(userId);
    },
    unblock(userId) {
      if (!chats.get(userId)) return undefined;
      chats.add(userId, 'system', 'ブロックを解除しました');
      return line.unblock(userId);
    },
  };
}
