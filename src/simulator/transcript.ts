/*
 * A conversation as a text that anyone can read. Golden conversations (test/conversations) have this form, and what the
 * chat page saves and plays again:
 *
 *   # 見出し                                  a remark
 *   > 荷物が届かない                          the user types
 *   > [メニュー]                              the user taps a button, the newest one that says so
 *   > [日付を選ぶ 2026-11-20]                 … and picks a date (or 2026-11-20T10:00)
 *   > (友だち追加) (スタンプ) (画像) (7時間後)  something else happens, or time passes
 *   > (送信取消)                              the user takes back the text sent last
 *   > (14時間止まっていた)                     time passes, and reminders come only at its end
 *   | …                                       what the bot says
 */

import { DAY_MS, HOUR_MS, MINUTE_MS, inJapan, momentInWords } from '../japan-time.ts';

const UNITS_MS = { 日: DAY_MS, 時間: HOUR_MS, 分: MINUTE_MS } as const;

/** What a user did, or what happened to them. */
export type Deed =
  | { kind: 'says'; text: string }
  | { kind: 'taps'; label: string; picked?: string }
  /** `down`: the bot did not run meanwhile, so that what fell due comes late. */
  | { kind: 'waits'; ms: number; down?: boolean }
  | { kind: 'happens'; what: string };

/** What stands behind `>`; whatever is no other notation was typed. */
export function readDeed(line: string): Deed {
  const later = /^\((\d{1,6})(分|時間|日)(後|止まっていた)\)$/.exec(line);
  if (later) {
    const ms = Number(later[1]) * UNITS_MS[later[2] as '分'];
    return { kind: 'waits', ms, ...(later[3] !== '後' && { down: true }) };
  }
  const what = /^\((.+)\)$/.exec(line)?.[1];
  if (what !== undefined) return { kind: 'happens', what };
  const tap = /^\[(.+?)(?: (\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?))?\]$/.exec(line);
  if (!tap?.[1]) return { kind: 'says', text: line };
  return { kind: 'taps', label: tap[1], ...(tap[2] ? { picked: tap[2] } : {}) };
}

/** The opposite of `readDeed`. Time is rounded up to minutes, so that whatever became due in it does so again. */
export function writeDeed(deed: Deed): string {
  switch (deed.kind) {
    case 'says': {
      // A line is a line: breaks become spaces, and a text must not pass for another notation.
      const text = deed.text.replaceAll(/\s*\n\s*/g, ' ').trim();
      return readDeed(text).kind === 'says' ? text : text.replace('(', '（').replace('[', '［');
    }
    case 'taps':
      return `[${deed.label}${deed.picked ? ` ${deed.picked}` : ''}]`;
    case 'waits': {
      const ms = Math.ceil(deed.ms / MINUTE_MS) * MINUTE_MS;
      const [unit = '分', unitMs = MINUTE_MS] =
        Object.entries(UNITS_MS).find(([, length]) => ms % length === 0) ?? [];
      return `(${ms / unitMs}${unit}${deed.down ? '止まっていた' : '後'})`;
    }
    case 'happens':
      return `(${deed.what})`;
    default:
      return deed satisfies never;
  }
}

/** The lines of one turn of the bot: its texts, and last the ways out that stood below them. */
export function writeTurn(texts: readonly string[], ways: readonly string[]): string[] {
  if (texts.length === 0) return ['| （何も言わない）'];
  const lines = texts.flatMap((text, index) => [
    ...(index > 0 ? ['|'] : []),
    ...text.split('\n').map((line) => `| ${line}`.trimEnd()),
  ]);
  if (ways.length > 0) lines.push('|', `| ${ways.map((label) => `［${label}］`).join('')}`);
  return lines;
}

/** The remark that says when a saved conversation began. What the bot offers depends on the time of the day. */
export function writeStart(ms: number): string {
  return `# ${momentInWords(ms, ms)} からのトーク`;
}

/** How long to wait from `nowMs` on until it is the time of the day at which the conversation began; 0 if unknown. */
export function waitForStart(script: string, nowMs: number): number {
  const time = /^#.{1,40}[^\d](\d{1,2}):(\d{2}) からのトーク/m.exec(script);
  if (!time) return 0;
  const { hour, minute } = inJapan(nowMs);
  const minutes = (Number(time[1]) - hour) * 60 + Number(time[2]) - minute;
  return (minutes * MINUTE_MS + DAY_MS) % DAY_MS;
}

/** What the user did, line by line; `line` counts from 1. What the bot said is for readers and is skipped. */
export function readScript(script: string): { line: number; deed: Deed }[] {
  return script.split(/\r?\n/).flatMap((text, index) => {
    const did = text.startsWith('>') ? text.slice(1).trim() : '';
    return did === '' ? [] : [{ line: index + 1, deed: readDeed(did) }];
  });
}
