import { createRecent } from '../line/recent.ts';
import { retryKey } from '../line/retry-key.ts';
import { type Button, labelOf } from './buttons.ts';
import type { Chats } from './chats.ts';
import { deedOf } from './deed-of.ts';
import { createRing, type Ring } from './line/ring.ts';
import type { Emitted, Sent } from './line/world.ts';
import type { FakeLine } from './line.ts';
import { type Deed, writeDeed, writeStart, writeTurn } from './transcript.ts';
import { type Sendable, type Wording, wordingOf } from './wording.ts';

/** Time that passes while somebody thinks or types is not worth a line. */
const worthALineMs = 10 * 60_000;
const blocksKept = 1000;
const wordingsKept = 1000;

/** An answer of the bot on its way to LINE; `plain` says the same in text messages. */
type Letter = {
  event: { id: string; owner: string };
  /** Names the retry key of a push where the event's id does not. */
  key?: string;
  messages: { length: number };
  plain: () => Sendable;
};
/** What happened, and what the bot said to it; or a remark. */
type Block = { deed: Deed; lines: string[] } | { remark: string };
type Chapter = { blocks: Ring<Block>; startMs: number; lastMs: number };

export type Recorder = {
  /** Wraps the bot's way of sending: only there the words of a card are known as the golden conversations have them. */
  overhear<L extends Letter, D>(deliver: (letter: L) => Promise<D>): (letter: L) => Promise<D>;
  /** The clock is about to be put forward to `untilMs`. */
  waits(untilMs: number, down: boolean): void;
  /** Something that the golden conversations have no notation for, as a remark. */
  remark(text: string, userId?: string): void;
  /** The conversation so far, in the form of the golden conversations. */
  textOf(userId: string): string;
  clear(userId: string): void;
};

/** Writes down every chat of the page as a conversation that can be read, kept and played again. */
export function createRecorder(options: {
  line: FakeLine;
  chats: Chats;
  clock: () => number;
  /** What the user can tap, oldest first. */
  buttons: (userId: string) => Button[];
}): Recorder {
  const { line, chats, clock, buttons } = options;
  const chapters = new Map<string, Chapter>();
  /** By the id of the event, and by the retry key of what is pushed for it. */
  const wordings = new Map<string, Wording>();
  const silent = createRecent(wordingsKept);

  function chapterOf(userId: string): Chapter {
    const chapter = chapters.get(userId) ?? {
      blocks: createRing<Block>(blocksKept),
      startMs: clock(),
      lastMs: clock(),
    };
    chapters.set(userId, chapter);
    return chapter;
  }

  function write(userId: string, deed: Deed): void {
    const { blocks } = chapterOf(userId);
    const last = blocks.list(1)[0];
    const before = last && 'deed' in last && last.lines.length === 0 ? last.deed : undefined;
    // Two pauses with nothing in between are one.
    if (isPause(deed) && before && isPause(before)) before.ms += deed.ms;
    else blocks.push({ deed: { ...deed }, lines: [] });
  }

  /** Writes how much time went by since the last line, unless it was put forward and is written already. */
  function pass(userId: string, worthMs: number): void {
    const chapter = chapterOf(userId);
    const passedMs = clock() - chapter.lastMs;
    if (passedMs >= worthMs) write(userId, { kind: 'waits', ms: passedMs });
    chapter.lastMs = Math.max(chapter.lastMs, clock());
  }

  function heardEvent({ to, event }: Emitted): void {
    if (!chats.get(to)) return;
    const deed = deedOf(event, (data) => tapped(to, data));
    pass(to, worthALineMs);
    write(to, deed);
  }

  function heardAnswer(sent: Sent): void {
    if (!chats.get(sent.to) || !sent.delivered) return;
    // What comes by itself came because of the time that passed.
    if (sent.by === 'push') pass(sent.to, 60_000);
    const { texts, ways } =
      wordings.get(sent.eventId ?? sent.retryKey ?? '') ?? wordingOf(sent.messages);
    say(sent.to, writeTurn(texts, ways));
  }

  function say(userId: string, lines: string[]): void {
    const { blocks } = chapterOf(userId);
    blocks
      .list()
      .findLast((block) => 'deed' in block)
      ?.lines.push(...lines);
  }

  function tapped(userId: string, data: string): string {
    const button = buttons(userId).findLast((one) => one.data === data);
    return button ? labelOf(button) : data;
  }

  line.listenTo((news) => {
    if (news.type === 'emitted') heardEvent(news.emitted);
    if (news.type === 'sent') heardAnswer(news.sent);
  });

  return {
    overhear: (deliver) => (letter) => {
      const { id, owner } = letter.event;
      if (letter.messages.length > 0) {
        const wording = wordingOf(letter.plain());
        const { key = id } = letter;
        for (const name of [id, retryKey(key), retryKey(`${key}/plain`)])
          keep(wordings, name, wording);
      } else if (chats.get(owner) && !silent.has(id)) {
        silent.add(id);
        say(owner, writeTurn([], []));
      }
      return deliver(letter);
    },
    waits(untilMs, down) {
      for (const { userId } of chats.list()) {
        // Before anybody has said anything no conversation has begun.
        if (!chapters.get(userId)?.blocks.total()) {
          chapters.delete(userId);
          continue;
        }
        pass(userId, worthALineMs);
        write(userId, { kind: 'waits', ms: untilMs - clock(), ...(down && { down }) });
        chapterOf(userId).lastMs = untilMs;
      }
    },
    remark(text, userId) {
      for (const chat of chats.list())
        if (userId === undefined || chat.userId === userId)
          chapterOf(chat.userId).blocks.push({ remark: text });
    },
    textOf(userId) {
      const { blocks, startMs } = chapterOf(userId);
      return `${[writeStart(startMs), ...blocks.list().map(writeBlock)].join('\n\n')}\n`;
    },
    clear: (userId) => void chapters.delete(userId),
  };
}

/** A pause in which the bot ran. */
function isPause(deed: Deed): deed is Extract<Deed, { kind: 'waits' }> {
  return deed.kind === 'waits' && !deed.down;
}

function writeBlock(block: Block): string {
  if ('remark' in block) return `# ${block.remark}`;
  return [`> ${writeDeed(block.deed)}`, ...block.lines].join('\n');
}

function keep(wordings: Map<string, Wording>, key: string, wording: Wording): void {
  wordings.set(key, wording);
  const [oldest] = wordings.keys();
  if (wordings.size > wordingsKept && oldest !== undefined) wordings.delete(oldest);
}
