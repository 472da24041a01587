import type { messagingApi } from '@line/bot-sdk';
import type { Reply } from '../dialog/reply.ts';
import { violations } from '../message/limits.ts';
import { createPlain } from '../message/plain.ts';
import { createRender } from '../message/render.ts';
import { makeSafe } from '../message/safe.ts';
import { createLean } from '../message/lean.ts';
import type { Words } from '../message/spoken.ts';
import { type Rendered, write } from '../message/written.ts';
import type { Guard, Problem, ProblemKind } from '../safety/guard.ts';
import type { Examine } from './check/limits.ts';
import type { Unsafe } from './check/wording.ts';
import { keepLetters } from './kept-letters.ts';

/** From what is to be said to what LINE is given. */
export type Letters = {
  /** The cards; what LINE or the guard would refuse is plain text instead, and `problems` says why. */
  render: (replies: readonly Reply[], nowMs: number) => Rendered;
  /** The same as text alone, as safe. */
  plain: (replies: readonly Reply[], nowMs: number) => messagingApi.Message[];
  /** What the guard says against a text, in words for its editor. */
  unsafe: Unsafe;
  examine: Examine;
};

const FAULTS: Readonly<Record<ProblemKind, string>> = {
  phone: '確認済みの一覧にない電話番号',
  mail: '確認済みの一覧にないメールアドレス',
  url: '確認済みの一覧にないリンク',
  retired: '使われていない、または見せてはいけない番号',
  promise: '結果を約束する言葉',
  vouch: '安全や本物だと請け合う言葉',
  secret: '暗証・番号を尋ねる言葉',
};

const TO_FACTS =
  '正しい値を messages/facts.yaml に置き、{fact:…} か links で示してください（ボタンの文字や決まり文句には入れられません）。';
const REMEDIES: Readonly<Record<ProblemKind, string>> = {
  phone: TO_FACTS,
  mail: TO_FACTS,
  url: TO_FACTS,
  retired:
    'この番号は書かずに、messages/facts.yaml にある今の窓口を {fact:…} か links で示してください。',
  promise:
    '約束にならない言い方に直してください（「必ず返金されます」ではなく「返金されることがあります」など）。',
  vouch:
    '請け合わない言い方に直してください（「本物です」ではなく「ご自分で公式アプリからご確認ください」など）。',
  secret:
    'このボットでは尋ねられません。尋ねずに、公式の画面で入力していただく案内に直してください。',
};

export function createLetters(words: Words, guard: Guard): Letters {
  const draw = createRender(words);
  const inWords = createPlain(words);
  const lean = createLean(words);
  const render = keepLetters((replies, nowMs) => {
    const messages = draw(replies, nowMs);
    const safe = makeSafe(messages, () => inWords(replies, nowMs), guard, words.labels.withheld);
    return { messages: write(safe.messages), problems: safe.problems };
  });
  const plain = (replies: readonly Reply[], nowMs: number): messagingApi.Message[] => {
    const texts = inWords(replies, nowMs);
    return makeSafe(texts, () => texts, guard, words.labels.withheld).messages;
  };
  return {
    render: (replies, nowMs) => render(replies.map(lean), nowMs),
    plain,
    unsafe: (text) =>
      onceEach(guard.check(text)).map(({ kind, found }) => ({
        what: `「${found}」は${FAULTS[kind]}です。`,
        remedy: REMEDIES[kind],
      })),
    examine: {
      render: draw,
      faults: (messages) => [
        ...violations(messages).map(({ path, rule }) => `${path}: ${rule}`),
        ...guard.checkMessages(messages).map(({ path, kind }) => `${path}: ${FAULTS[kind]}`),
      ],
    },
  };
}

/** A retired number is no number of the list either, which need not be said. */
function onceEach(problems: readonly Problem[]): Problem[] {
  const retired = problems.filter(({ kind }) => kind === 'retired');
  const told = ({ kind, start, end }: Problem): boolean =>
    kind === 'phone' && retired.some((one) => start <= one.start && one.end <= end);
  return problems.filter((problem) => !told(problem));
}
