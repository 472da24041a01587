import { describe, expect, test } from 'vitest';
import { matchAnswer } from '../../src/dialog/match-answer.ts';
import { normalise } from '../../src/dialog/normalise.ts';
import { decode } from '../../src/dialog/postback.ts';
import { step } from '../../src/dialog/step.ts';
import { readDay, readMoment } from '../../src/dialog/when.ts';
import { createGuard } from '../../src/safety/guard.ts';
import { canonicalPhone } from '../../src/safety/phone.ts';
import { redact } from '../../src/safety/redact.ts';
import { cutText } from '../../src/webhook/cut-text.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

const { content } = bundle();
const guard = createGuard(content.facts);
const options = [
  { id: 'found', label: '見つかった', say: ['あった'] },
  { id: 'missing', label: 'まだない' },
];

const readers: Record<string, (text: string) => unknown> = {
  understand: content.understand,
  redact,
  guard: guard.check,
  assess: content.assess,
  matchAnswer: (text) => matchAnswer(text, options),
  normalise,
  readDay: (text) => readDay(text, TEST_DAY_MS, true),
  readMoment: (text) => readMoment(text, TEST_DAY_MS),
  decode,
  canonicalPhone,
  cutText: (text) => cutText(text, 5000),
  step: (text) =>
    step(
      content,
      undefined,
      {
        id: '01GROWTH',
        owner: 'U1',
        timestampMs: TEST_DAY_MS,
        receivedMs: TEST_DAY_MS,
        body: { kind: 'text', messageId: 'm', text },
      },
      TEST_DAY_MS,
    ),
};

/** What makes careless patterns try everything: the parts that could belong to two halves of one. */
const WORDS =
  `a 1 - . @ / < <a 0120 1- +81 ( a. a@ xn-- http:// http://aん http://a。 http://a.jp。amazon.com 。amazon.com ^@ あ@a. 100 必ず カード番号 パスワードを パスワードをa@ パスワードを「あ」と 裏の番号 SMSの番号1 6桁の ギフトA1 ナナコA1B2 暗証番号は一 パスワードはた1 教えて ノレ アー 、 。 1月 /1 か
  じゃなく ﷺ ﷺー ﾞ 👨‍👩‍👧 😭 ０ 一 249- A.B % &a=`.split(/\s+/);
const UNITS = [...WORDS, ' ', '\n', '1 ', 'your ', 'tell ', '\u0301', '\u200D'];
const LONG = 5000;
/** Linear is 4, quadratic 16; a machine that is busy adds some. What explodes is beyond all this at once. */
const MOST_GROWTH = 32;
/** Below this, in ms, a time says more about the machine than about the text. */
const NOTICEABLE_MS = 4;

describe('the work a text makes grows with its length, whatever it is', () => {
  test.each(Object.entries(readers))(
    '%s',
    (_name, read) => {
      for (const unit of UNITS) {
        const short = fastest(read, fill(unit, LONG / 4));
        const long = fastest(read, fill(unit, LONG));
        const tooMuch = long / Math.max(short, NOTICEABLE_MS) > MOST_GROWTH;
        expect({ unit, tooMuch }).toEqual({ unit, tooMuch: false });
      }
    },
    60_000,
  );
});

function fill(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** The best of three, in ms. */
function fastest(read: (text: string) => unknown, text: string): number {
  const tries = [0, 1, 2].map(() => {
    const from = performance.now();
    read(text);
    return performance.now() - from;
  });
  return Math.min(...tries);
}
