import type { Finding } from './finding.ts';

const marks: Readonly<Record<Finding['state'], string>> = {
  ok: '✓ ok',
  check: '△ 要確認',
  problem: '✗ 問題',
};

/** The findings for a terminal, in Japanese; what to do stands below each that is not ok. */
export function reportOf(findings: readonly Finding[]): string {
  const lines = findings.map(({ state, title, says, remedy }) => {
    const line = `${marks[state]}  ${title}: ${says}`;
    return remedy === undefined ? line : `${line}\n    → ${remedy}`;
  });
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length;
  const sum = `ok ${count('ok')}、要確認 ${count('check')}、問題 ${count('problem')}`;
  return [...lines, '', sum].join('\n');
}
