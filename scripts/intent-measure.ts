import { z } from 'zod';
import type { Understanding } from '../src/dialog/intent.ts';

/** A text and the topics it means: one, two, or none (out of scope, a command, a politeness). */
export type Labelled = { text: string; topics: readonly string[] };
export type Judged = Labelled & { meant: Understanding; verdict: Verdict };
export type Verdict =
  | 'opened'
  | 'offered'
  | 'missed'
  | 'wrong'
  | 'left'
  | 'offered-amiss'
  | 'opened-amiss';

/** What each verdict means, for the report's legend. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  opened: 'the right topic was opened',
  offered: 'the right topic was among the choices',
  missed: 'on topic, but not understood, or other choices offered',
  wrong: 'another topic was opened',
  left: 'out of scope, and no topic shown',
  'offered-amiss': 'out of scope, and topics offered',
  'opened-amiss': 'out of scope, and a topic opened',
};

/** Either is right where somebody cannot get through: how to call again, or what to do when it fails. */
const TWINS: ReadonlySet<string> = new Set(['contact-howto', 'no-connection']);

export function judge(labelled: Labelled, meant: Understanding): Judged {
  const { topics } = labelled;
  const [first] = meant.intents;
  const right = (id: string): boolean =>
    topics.some((topic) => topic === id || (TWINS.has(topic) && TWINS.has(id)));
  const open = meant.decision === 'open';
  const choose = meant.decision === 'choose';
  let verdict: Verdict = 'missed';
  if (topics.length === 0) verdict = open ? 'opened-amiss' : choose ? 'offered-amiss' : 'left';
  else if (open) verdict = first && right(first.id) ? 'opened' : 'wrong';
  else if (choose && meant.intents.some(({ id }) => right(id))) verdict = 'offered';
  return { ...labelled, meant, verdict };
}

/** How many of the judged have one of these verdicts, and of how many. */
export function share(
  judged: readonly Judged[],
  ...verdicts: readonly Verdict[]
): { count: number; of: number } {
  return {
    count: judged.filter(({ verdict }) => verdicts.includes(verdict)).length,
    of: judged.length,
  };
}

/** A line of a labelled file: ids with `_` or `-`; `other` for what is no topic. */
const labelledLine = z.union([
  z.object({ text: z.string(), intent: z.string() }),
  z.object({ text: z.string(), intents: z.array(z.string()).min(1) }),
]);

/** Reads `{"text","intent"}` or `{"text","intents"}` a line. Throws a sentence that names `path` and the line. */
export function readLabelled(jsonl: string, path: string): Labelled[] {
  return jsonl.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const value = labelledLine.parse(JSON.parse(line));
      const ids = 'intents' in value ? value.intents : [value.intent];
      const topics = ids.map((id) => id.replaceAll('_', '-')).filter((id) => id !== 'other');
      return [{ text: value.text, topics }];
    } catch (cause) {
      const place = `${path} の ${index + 1} 行目`;
      throw new Error(`${place}が読めません。{"text","intent"} の形で書いてください`, { cause });
    }
  });
}
