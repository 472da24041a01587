import { expect, test } from 'vitest';
import type { Event } from '../../src/dialog/event.ts';
import { createLog } from '../../src/log.ts';
import { createSample } from '../../src/worker/sample.ts';

const UNMATCHED = ['unmatched:kana:30'];

function said(text: string): Event {
  const body = { kind: 'text', messageId: 'm', text } as const;
  return { id: 'e', owner: 'U1', timestampMs: 0, receivedMs: 0, body };
}

/** What the log holds after the texts, each of them not understood. */
function logOf(on: boolean, texts: readonly string[], counts: readonly string[] = UNMATCHED) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLog({ level: 'info', destination });
  const sample = createSample({ on, log, clock: () => 0 });
  for (const text of texts) sample(said(text), counts);
  return lines;
}

test('each hour has its sample, of eighty characters at most', () => {
  let nowMs = 0;
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const sample = createSample({ on: true, log, clock: () => nowMs });
  for (let hour = 0; hour < 3; hour += 1) {
    nowMs = hour * 3_600_000;
    for (let i = 0; i < 25; i += 1) sample(said('ふが'.repeat(100)), UNMATCHED);
  }
  expect(lines).toHaveLength(60);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ sample: 'ふが'.repeat(40) });
});

test('no text is logged unless the operator asks for a sample', () => {
  expect(logOf(false, ['ふがふが'])).toEqual([]);
});

test('a sample hides numbers, links and addresses', () => {
  const [line = ''] = logOf(true, [
    'ふがふが 250-1234567-1234567 http://evil.example/x a@b.example',
  ]);
  expect(line).toContain('ふがふが');
  expect(line).not.toMatch(/1234567|evil|@b/);
});

test.each([
  ['〇九〇一二三四五六七八です', '…です'],
  ['〇九〇－一二三四－五六七八 にかけた', '…-…-… にかけた'],
  ['⓪⑨⓪①②③④⑤⑥⑦⑧', '00000000000'],
  ['ふが account-check.newending/token/AbCd', 'ふが …'],
  ['ふが account-check[.]newending/token/AbCd', 'ふが …'],
  ['ふが https://evil.deals/あ?id=abc です', 'ふが … です'],
  ['ふが たろう@gmail.com', 'ふが …'],
  ['ふが taro ＠ gmail.com', 'ふが …'],
  ['詳しくはevil.xyzまで', '詳しくは…まで'],
  ['一つと二つ、三日前', '一つと二つ、三日前'],
])('a sample hides them however they are written: %s', (text, sample) => {
  const [line = ''] = logOf(true, [text]);
  expect(JSON.parse(line)).toMatchObject({ sample });
});

test('what was understood is never sampled, and an hour holds twenty at most', () => {
  expect(logOf(true, ['返品したい'], ['opened:return-refund'])).toEqual([]);
  expect(
    logOf(
      true,
      Array.from({ length: 50 }, () => 'ふがふが'),
    ),
  ).toHaveLength(20);
});
