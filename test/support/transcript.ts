import type { Bundle } from '../../src/content/load.ts';
import type { EventBody } from '../../src/dialog/event.ts';
import type { Choice } from '../../src/dialog/reply.ts';
import { FORGET_TIMER } from '../../src/dialog/forget-slots.ts';
import { readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import { richMenuFor } from '../../src/message/rich-menu.ts';
import { redact } from '../../src/safety/redact.ts';
import { readDeed, writeTurn } from '../../src/simulator/transcript.ts';
import { masked } from '../../src/webhook/mask.ts';

const START_MS = Date.parse('2026-11-21T10:00:00+09:00');

const HAPPENINGS: Readonly<Record<string, EventBody>> = {
  友だち追加: { kind: 'follow', returning: false },
  ブロック解除: { kind: 'follow', returning: true },
  ブロック: { kind: 'unfollow' },
  動画: { kind: 'media', messageId: 'm', media: 'video' },
  位置情報: { kind: 'media', messageId: 'm', media: 'location' },
  ファイル: { kind: 'media', messageId: 'm', media: 'file' },
  スタンプ: { kind: 'media', messageId: 'm', media: 'sticker' },
  画像: { kind: 'media', messageId: 'm', media: 'image' },
  音声: { kind: 'media', messageId: 'm', media: 'audio' },
  グループに招待: { kind: 'group', addressed: true },
};

/** Plays what the user did (the form is explained in src/simulator/transcript.ts) and writes what the bot says to it. */
export function play({ content, letters, richMenu }: Bundle, script: string): string {
  const lines: string[] = [];
  // The rich menu's buttons are there from the start.
  const seen: Choice[] = richMenuFor(richMenu).areas.flatMap(({ action }) => {
    const { label = '', data = '' } = action as { label?: string; data?: string };
    return [{ label, data }];
  });
  let state: unknown = undefined;
  let nowMs = START_MS;
  let count = 0;
  let timers: { id: string; dueMs: number }[] = [];
  let lastText = '';

  const turn = (body: EventBody): void => {
    count += 1;
    const id = `01EVENT0000000000000${String(count).padStart(6, '0')}`;
    const event = { id, owner: 'U1', timestampMs: nowMs, receivedMs: nowMs, body };
    const result = step(content, readState(state), event, nowMs);
    // As the store would: what cannot be written as JSON would be lost.
    state = result.state === null ? undefined : JSON.parse(JSON.stringify(result.state));
    timers = timers.filter(
      ({ id: timer }) => !result.forget && !result.unschedule?.includes(timer),
    );
    for (const timer of result.schedule ?? []) {
      timers = [...timers.filter((each) => each.id !== timer.id), timer];
    }
    const { problems } = letters.render(result.replies, nowMs);
    if (result.replies.length > 0 && problems.length > 0)
      throw new Error(`LINE would refuse this turn: ${problems.join('; ')}`);
    for (const { choices = [], ways = [] } of result.replies) seen.push(...choices, ...ways);
    if (body.kind === 'reminder' && body.reminderId === FORGET_TIMER) return;
    const texts = result.replies.flatMap((reply) =>
      letters
        .plain([{ ...reply, ways: [] }], nowMs)
        .flatMap((message) => (message.type === 'text' ? [message.text] : [])),
    );
    const ways = result.replies.at(-1)?.ways ?? [];
    lines.push(
      ...writeTurn(
        texts,
        ways.map(({ label }) => label),
      ),
    );
  };

  /** `down`: the bot was not running, so that what fell due meanwhile comes late. */
  const pass = (ms: number, down: boolean): void => {
    const until = nowMs + ms;
    if (down) nowMs = until;
    for (;;) {
      const due = timers
        .filter(({ dueMs }) => dueMs <= until)
        .toSorted((a, b) => a.dueMs - b.dueMs)[0];
      if (!due) break;
      timers = timers.filter((timer) => timer !== due);
      nowMs = Math.max(nowMs, due.dueMs);
      turn({ kind: 'reminder', reminderId: due.id, dueMs: due.dueMs });
    }
    nowMs = until;
  };

  const input = (line: string): void => {
    const deed = readDeed(line);
    switch (deed.kind) {
      case 'says': {
        lastText = `m${count}`;
        // As the webhook does before anything is stored.
        return turn(masked({ kind: 'text', messageId: lastText, text: deed.text }, redact));
      }
      case 'taps': {
        const choice = seen.findLast(({ label }) => label === deed.label);
        if (!choice) throw new Error(`ボタン「${deed.label}」は、まだ出ていません。`);
        const picked = deed.picked === undefined ? {} : { picked: deed.picked };
        return turn({ kind: 'postback', data: choice.data, ...picked });
      }
      case 'waits':
        return pass(deed.ms, deed.down ?? false);
      case 'happens': {
        if (deed.what === '送信取消') return turn({ kind: 'unsend', messageId: lastText });
        const body = HAPPENINGS[deed.what];
        if (!body) throw new Error(`「${deed.what}」は、この書き方にありません。`);
        return turn(body);
      }
    }
  };

  for (const line of script.split('\n')) {
    if (line.startsWith('|')) continue;
    if (line.startsWith('>')) {
      lines.push(line);
      input(line.slice(1).trim());
      lines.push('');
    } else if (line.startsWith('#')) lines.push(line, '');
  }
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
