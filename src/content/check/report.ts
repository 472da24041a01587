import type { Labels } from '../../message/labels.ts';
import type { Messages, Phrase } from '../../message/schema.ts';
import type { Dialog } from '../../dialog/schema.ts';
import type { Facts } from '../../safety/facts.ts';
import type { Problem } from '../problem.ts';
import type { Path } from '../shape-faults.ts';
import type { Source } from '../source.ts';

/** A file that fits its schema, with the way back to its lines. */
export type Parsed<T> = { source: Source; data: T };

/** Everything that is checked, by name. Files that did not fit their schema stand in `broken` and are already reported. */
export type Draft = {
  dialogs: ReadonlyMap<string, Parsed<Dialog>>;
  messages: ReadonlyMap<string, Parsed<Messages>>;
  phrases: Parsed<Readonly<Record<string, Phrase>>>;
  facts: Parsed<Facts>;
  labels: Parsed<Labels>;
  /** Names of files that are there but cannot be read: what others say of them cannot be judged. */
  broken: { dialogs: ReadonlySet<string>; messages: ReadonlySet<string> };
};

export type Report = (
  severity: Problem['severity'],
  source: Source,
  path: Path,
  what: string,
  remedy: string,
) => void;

/** Adds a problem to the file it stands in. */
export const report: Report = (severity, source, path, what, remedy) => {
  source.problems.push({ severity, file: source.file, line: source.lineOf(path), what, remedy });
};
