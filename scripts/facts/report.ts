import type { Fact } from '../../src/safety/facts.ts';
import type { DueFact } from './due.ts';
import type { LinkResult } from './links.ts';

/** In the order in which an editor looks at them: what is official can be checked at its source. */
const classes: readonly (readonly [Fact['class'], string])[] = [
  ['official', 'Amazon公式'],
  ['public', '公的機関'],
  ['third_party', '第三者の記載'],
  ['unverified', '未確認'],
];

/** What is due, by class, for a terminal. */
export function dueReport(due: readonly DueFact[], withinDays: number): string[] {
  if (due.length === 0) return [`${withinDays}日以内に見直す項目はありません。`];
  const late = due.filter(({ daysLeft }) => daysLeft <= 0).length;
  const groups = classes.flatMap(([name, title]) => {
    const members = due.filter(({ fact }) => fact.class === name);
    return members.length === 0
      ? []
      : ['', `■ ${title}（${members.length}件）`, ...members.flatMap(dueLines)];
  });
  return [
    `見直す項目: ${due.length}件（期限切れ ${late}件、${withinDays}日以内 ${due.length - late}件）`,
    ...groups,
    '',
    '出典を見直したら、messages/facts.yaml の checked_on を今日の日付にしてください。',
  ];
}

function dueLines({ id, fact, daysLeft }: DueFact): string[] {
  const when =
    daysLeft <= 0
      ? daysLeft === 0
        ? '✗ 今日で期限切れ'
        : `✗ ${-daysLeft}日超過`
      : `△ あと${daysLeft}日`;
  const sources = fact.sources.map(({ ref }) => ref).join(' / ');
  return [
    `${when}  ${id}  ${fact.name}: ${fact.value}（${fact.checked_on} に確認）`,
    `    出典: ${sources}`,
  ];
}

const marks: Readonly<Record<LinkResult['outcome'], string>> = {
  open: '✓ 開けます',
  broken: '✗ ページがありません',
  look: '△ 開いて確かめてください',
  unknown: '？ 判断できません',
};

/** How the links were found, the bad ones first. */
export function linkReport(results: readonly LinkResult[]): string[] {
  const order = ['broken', 'look', 'unknown', 'open'] as const;
  const lines = order.flatMap((outcome) =>
    results
      .filter((result) => result.outcome === outcome)
      .map(({ id, url, why }) => `${marks[outcome]}  ${id}  ${url}（${why}）`),
  );
  const offline =
    results.length > 0 && results.every(({ why }) => why === 'つながりません')
      ? ['どこにもつながりません。この機械がインターネットに出られるか、ご確認ください。']
      : [];
  return [`リンクの確認: ${results.length}件`, ...lines, ...offline];
}
