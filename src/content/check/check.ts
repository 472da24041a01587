import type { Content } from '../../dialog/content.ts';
import { checkApart } from './apart.ts';
import { checkButtons } from './buttons.ts';
import { checkEarlier } from './earlier.ts';
import { checkFacts } from './facts.ts';
import { checkGiven } from './given.ts';
import { checkGraph } from './graph.ts';
import { type Intents, checkKnown } from './known.ts';
import { type Examine, checkLimits, checkTurns } from './limits.ts';
import type { RichMenu } from '../../message/rich-menu.ts';
import { type Draft, type Parsed, report } from './report.ts';
import { checkRichMenu } from './rich-menu.ts';
import { checkSame } from './same.ts';
import { checkTexts } from './texts.ts';
import type { Unsafe } from './wording.ts';
import { checkWords } from './words.ts';

export type CheckOptions = {
  draft: Draft;
  richMenu: Parsed<RichMenu>;
  intents: Intents;
  content: Content;
  nowMs: number;
  /** What the output guard says against a text an editor wrote. */
  unsafe: Unsafe;
  /** Absent: what is said is not rendered, and what else takes long is left out: a start of what CI has checked. */
  examine?: Examine | undefined;
};

/**
 * Everything that can be wrong with the content as a whole; each problem is added to the file it stands in. What is
 * said is rendered and measured only when all else is sound: otherwise one slip would be told twice.
 */
export function check(options: CheckOptions): void {
  const { draft, richMenu, intents, content, nowMs, unsafe, examine } = options;
  checkGraph(draft, report);
  checkWords(draft, report);
  checkButtons(draft, report);
  checkSame(draft, report);
  checkRichMenu(richMenu, draft, report);
  checkKnown(draft, richMenu.data, intents, report);
  checkTexts(draft, report, unsafe);
  checkEarlier(draft, report);
  checkGiven(draft, report);
  checkFacts(draft, report, nowMs);
  // Takes as long as all of these.
  if (examine) checkApart(draft, report);
  const { dialogs, messages, phrases, facts, labels } = draft;
  const parts = [...dialogs.values(), ...messages.values(), phrases, facts, labels];
  const sound = parts.every(
    ({ source }) => !source.problems.some(({ severity }) => severity === 'error'),
  );
  const whole = draft.broken.dialogs.size + draft.broken.messages.size === 0;
  if (!sound || !whole || !examine) return;
  checkLimits(draft, content, nowMs, examine, report);
  checkTurns(draft, content, nowMs, examine, report);
}
