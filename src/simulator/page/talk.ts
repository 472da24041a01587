import type { Entry } from '../wire.ts';
import { button, h } from './element.ts';
import { shrinkToFit } from './flex/shrink.ts';
import type { Draw } from './flex/types.ts';
import { day } from './japan-time.ts';
import { message } from './message.ts';
import { row } from './row.ts';

export type Talk = {
  show(entries: readonly Entry[]): void;
  /** Adds a line, or draws it anew when its state changed. */
  put(entry: Entry): void;
  /** The newest line that somebody said: a notice takes no quick replies away. */
  last(): Entry | undefined;
  entries(): readonly Entry[];
  /** Three moving dots until the bot says something, at most so long. */
  wait(seconds: number): void;
  /** The font size or the width changed. */
  fit(): void;
};

/** The chat's lines. `onMore`: the user wants to do something with a line of their own. */
export function createTalk(log: HTMLElement, draw: Draw, onMore: (entry: Entry) => void): Talk {
  const drawn = new Map<number, HTMLElement>();
  let entries: Entry[] = [];
  let dots: HTMLElement | undefined;
  let dotsEnd: number | undefined;

  function put(entry: Entry): void {
    const isNew = !drawn.has(entry.id);
    shrinkToFit(place(entry));
    if (isNew) down();
  }

  /** Puts a line into the log; says which element it is. */
  function place(entry: Entry): HTMLElement {
    const index = entries.findIndex(({ id }) => id === entry.id);
    const element = line(entry, index === -1 ? entries.at(-1) : entries[index - 1]);
    if (index === -1) {
      entries.push(entry);
      if (entry.from === 'bot') stopWaiting();
      log.append(element);
      if (dots) log.append(dots);
    } else {
      entries[index] = entry;
      drawn.get(entry.id)?.replaceWith(element);
    }
    drawn.set(entry.id, element);
    return element;
  }

  function line(entry: Entry, before: Entry | undefined): HTMLElement {
    const frame = h('div', 'line');
    if (!before || day(before.atMs) !== day(entry.atMs))
      frame.append(h('div', 'day', day(entry.atMs)));
    if (entry.from === 'system' || entry.state === 'unsent') {
      const text = entry.state === 'unsent' ? 'メッセージの送信を取り消しました' : textOf(entry);
      frame.append(h('div', 'system', text));
      return frame;
    }
    const one = row(entry.from, message(entry.message, draw), {
      timeMs: entry.atMs,
      first: before?.from !== entry.from,
      read: entry.state === 'read',
    });
    const meta = one.querySelector('.meta');
    if (entry.state === 'failed') meta?.prepend(h('span', 'failed', '届きません'));
    if (entry.from === 'user' && entry.messageId)
      meta?.prepend(button('more', '⋯', () => onMore(entry), 'このメッセージの操作'));
    frame.append(one);
    return frame;
  }

  function down(): void {
    log.scrollTop = log.scrollHeight;
  }

  function stopWaiting(): void {
    clearTimeout(dotsEnd);
    dots?.remove();
    dots = undefined;
  }

  return {
    show(all) {
      stopWaiting();
      entries = [];
      drawn.clear();
      log.replaceChildren();
      for (const entry of all) place(entry);
      shrinkToFit(log);
      down();
    },
    put,
    last: () => entries.findLast(({ from }) => from !== 'system'),
    entries: () => entries,
    wait(seconds) {
      stopWaiting();
      const bubble = h('div', 'say typing', h('i', ''), h('i', ''), h('i', ''));
      bubble.setAttribute('aria-label', '返信を準備しています');
      dots = row('bot', bubble, { first: true });
      log.append(dots);
      down();
      dotsEnd = window.setTimeout(stopWaiting, seconds * 1000);
    },
    fit: () => shrinkToFit(log),
  };
}

function textOf(entry: Entry): string {
  return entry.message.type === 'text' ? entry.message.text : '';
}
