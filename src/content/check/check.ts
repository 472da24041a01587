import type { Content } from '../../dialog/content.ts';
import { checkGraph } from './graph.ts';
import { type Examine, checkLimits, checkTurns } from './limits.ts';
import type { Draft, Report } from './report.ts';
import { checkFacts, checkTexts } from './texts.ts';
import { checkWords } from './words.ts';

export type CheckOptions = {
  draft: Draft;
  content: Content;
  nowMs: number;
  /** What the output guard says against a text an editor wrote. */
  unsafe: (text: string) => readonly string[];
  examine: Examine;
};

/**
 * Everything that can be wrong with the content as a whole; each problem is added to the file it stands in. What is
 * said is rendered and measured only when the graph and the words agree: otherwise one slip would be told twice.
 */
export function check({ draft, content, nowMs, unsafe, examine }: CheckOptions): void {
  checkGraph(draft, report);
  checkWords(draft, report);
  checkTexts(draft, report, unsafe);
  checkFacts(draft, report, nowMs);
  const sound = [...draft.dialogs.values(), ...draft.messages.values()].every(
    ({ source }) => !source.problems.some(({ severity }) => severity === 'error'),
  );
  if (!sound) return;
  checkLimits(draft, content, nowMs, examine, report);
  checkTurns(draft, content, nowMs, examine, report);
}

const report: Report = (severity, source, path, what, remedy) => {
  source.problems.push({ severity, file: source.file, line: source.lineOf(path), what, remedy });
};
