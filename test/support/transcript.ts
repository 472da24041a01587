import type { Bundle } from '../../src/content/load.ts';
import type { EventBody } from '../../src/dialog/event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/dialog/japan-time.ts';
import type { Choice } from '../../src/dialog/reply.ts';
import { readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';

/*
 * A conversation as a text that anyone can read:
 *
 *   # 見出し                                  a remark
 *   > 荷物が届かない                          the user types
 *   > [メニュー]                              the user taps a button, the newest one that says so
 *   > [日付を選ぶ 2026-11-20]                 … and picks a date (or 2026-11-20T10:00)
 *   > (友だち追加) (スタンプ) (画像) (7時間後)  something else happens, or time passes
 *   | …                                       what the bot says: written by the test, with `vitest -u`
 */

const START_MS = Date.parse('2026-11-21T10:00:00+09:00');

const HAPPENINGS: Readonly<Record<string, EventBody>> = {
  友だち追加: { kind: 'follow', returning: false },
  ブロック解除: { kind: 'follow', returning: true },
  ブロック: { kind: 'unfollow' },
  スタンプ: { kind: 'media', messageId: 'm', media: 'sticker' },
  画像: { kind: 'media', messageId: 'm', media: 'image' },
  音声: { kind: 'media', messageId: 'm', media: 'audio' },
  グループに招待: { kind: 'group', addressed: true },
};

/** Plays the lines that begin with `>` and returns the whole text with what the bot says to each. */
export function play({ content, letters }: Bundle, script: string): string {
  const lines: string[] = [];
  const seen: Choice[] = [];
  let state: unknown = undefined;
  let nowMs = START_MS;
  let count = 0;
  let timers: { id: string; dueMs: number }[] = [];

  const turn = (body: EventBody): void => {
    count += 1;
    const id = `01EVENT0000000000000${String(count).padStart(6, '0')}`;
    const event = { id, owner: 'U1', timestampMs: nowMs, receivedMs: nowMs, body };
    const result = step(content, readState(state), event, nowMs);
    // As the store would: what cannot be written as JSON would be lost.
    state = result.state === null ? undefined : JSON.parse(JSON.stringify(result.state));
    timers = timers.filter(({ id: timer }) => !result.unschedule?.includes(timer));
    for (const timer of result.schedule ?? []) {
      timers = [...timers.filter((each) => each.id !== timer.id), timer];
    }
    const { problems } = letters.render(result.replies, nowMs);
    if (problems.length > 0) throw new Error(`LINE would refuse this turn: ${problems.join('; ')}`);
    const last = result.replies.at(-1);
    for (const reply of result.replies) {
      for (const message of letters.plain([{ ...reply, ways: [] }], nowMs)) {
        if (message.type === 'text')
          lines.push(...message.text.split('\n').map((line) => `| ${line}`.trimEnd()), '|');
      }
      seen.push(...(reply.choices ?? []), ...(reply.ways ?? []));
    }
    if (last?.ways?.length)
      lines.push(`| ${last.ways.map(({ label }) => `［${label}］`).join('')}`);
    else if (lines.at(-1) === '|') lines.pop();
    if (result.replies.length === 0) lines.push('| （何も言わない）');
  };

  const pass = (ms: number): void => {
    const until = nowMs + ms;
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

  const input = (what: string): void => {
    const happening = /^\((.+)\)$/.exec(what)?.[1];
    const later = /^\((\d+)(分|時間|日)後\)$/.exec(what);
    if (later)
      return pass(
        Number(later[1]) * { 分: MINUTE_MS, 時間: HOUR_MS, 日: DAY_MS }[later[2] as '分'],
      );
    if (happening) {
      const body = HAPPENINGS[happening];
      if (!body) throw new Error(`「${happening}」は、この書き方にありません。`);
      return turn(body);
    }
    const tap = /^\[(.+?)(?: (\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?))?\]$/.exec(what);
    if (!tap) return turn({ kind: 'text', messageId: `m${count}`, text: what });
    const choice = seen.findLast(({ label }) => label === tap[1]);
    if (!choice) throw new Error(`ボタン「${tap[1]}」は、まだ出ていません。`);
    turn({ kind: 'postback', data: choice.data, ...(tap[2] ? { picked: tap[2] } : {}) });
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
