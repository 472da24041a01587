import { parseArgs } from 'node:util';
import { problemLine } from '../../src/content/problem.ts';
import { fit, readSource } from '../../src/content/source.ts';
import { facts as schema } from '../../src/safety/facts.ts';
import type { Ask } from './ask.ts';
import { dueFacts } from './due.ts';
import { checkLinks } from './links.ts';
import { dueReport, linkReport } from './report.ts';

const usage = '使い方: npm run facts -- [--days 30] [--links]';

/**
 * Lists the facts that want a look within 30 days (`--days`), and with `--links` asks whether the links still open.
 * Returns the exit code: 1 when one is past its date, a link is broken or wants a look, or the file is not right.
 */
export async function runFacts(options: {
  root: string;
  args: readonly string[];
  nowMs: number;
  ask: Ask;
  pause: () => Promise<unknown>;
  print: (line: string) => void;
}): Promise<0 | 1 | 2> {
  const { root, args, nowMs, ask, pause, print } = options;
  const wanted = read(args);
  if (!wanted) {
    print(usage);
    return 2;
  }
  const source = readSource(root, 'messages/facts.yaml');
  const facts = fit(source, schema);
  if (!facts) {
    for (const problem of source.problems) print(problemLine(problem));
    return 1;
  }
  const due = dueFacts(facts, nowMs, wanted.days);
  for (const line of dueReport(due, wanted.days)) print(line);
  const links = wanted.links ? await checkLinks(facts, ask, pause) : [];
  if (wanted.links) for (const line of ['', ...linkReport(links)]) print(line);
  const late = due.some(({ daysLeft }) => daysLeft <= 0);
  const bad = links.some(({ outcome }) => outcome === 'broken' || outcome === 'look');
  return late || bad ? 1 : 0;
}

function read(args: readonly string[]): { days: number; links: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        days: { type: 'string', default: '30' },
        links: { type: 'boolean', default: false },
      },
    });
    return /^\d{1,4}$/.test(values.days)
      ? { days: Number(values.days), links: values.links }
      : undefined;
  } catch {
    return undefined;
  }
}
