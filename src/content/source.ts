import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Problem } from './problem.ts';

export type Path = readonly PropertyKey[];

/** A YAML file as data, and the line on which each part of it stands. */
export type Source = {
  /** Path from the project's root, with `/`. */
  file: string;
  data: unknown;
  /** 1-based line of the value at that path, or of the nearest part above it. */
  lineOf: (path: Path) => number;
  problems: Problem[];
};

/** Reads one YAML file. Never throws: what is wrong with it is in `problems`. */
export function readSource(root: string, file: string): Source {
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    return broken(
      file,
      0,
      'ファイルを読めません。',
      'ファイルがあるか、読む権限があるかをご確認ください。',
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const problems = document.errors.map((error): Problem => ({
    severity: 'error',
    file,
    line: lines.linePos(error.pos[0]).line,
    what: `YAML の書き方に誤りがあります（${error.message}）。`,
    remedy: '字下げ（半角スペース）、コロンの後の空白、引用符の閉じ忘れをご確認ください。',
  }));
  // `maxAliasCount` keeps a small file from unfolding into a huge one.
  const data: unknown = problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  return { file, data, lineOf, problems };
}

/** Names of the YAML files in a folder, without their ending, sorted. */
export function yamlNames(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length))
      .toSorted();
  } catch {
    return [];
  }
}

/** The data as its schema has it; undefined, and the problems with their lines added, when it does not fit. */
export function fit<T>(source: Source, schema: z.ZodType<T>): T | undefined {
  if (source.problems.length > 0) return undefined;
  const parsed = schema.safeParse(source.data, { error: z.locales.ja().localeError });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const where = issue.path.length > 0 ? issue.path.map(String).join(' › ') : 'ファイル全体';
    source.problems.push({
      severity: 'error',
      file: source.file,
      line: source.lineOf(issue.path),
      what: `「${where}」が決まりに合いません（${issue.message}）。`,
      remedy:
        '同じ種類の別のファイルの書き方にそろえてください。書ける項目は schemas/ の JSON Schema でも確かめられます。',
    });
  }
  return undefined;
}

function broken(file: string, line: number, what: string, remedy: string): Source {
  const problem: Problem = { severity: 'error', file, line, what, remedy };
  return { file, data: undefined, lineOf: () => line, problems: [problem] };
}
