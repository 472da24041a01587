import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, LineCounter, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { ParseCache } from './parse-cache.ts';
import type { Problem } from './problem.ts';
import { type Path, shapeFaults } from './shape-faults.ts';
import { yamlFaults } from './yaml-faults.ts';

/** A YAML file as data, and the line on which each part of it stands. */
export type Source = {
  /** Path from the project's root, with `/`. */
  file: string;
  data: unknown;
  /** 1-based line on which the part at that path begins, or the nearest part above it. */
  lineOf: (path: Path) => number;
  problems: Problem[];
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads one YAML file. Never throws: what is wrong with it is in `problems`. With `cache` it is parsed once. */
export function readSource(root: string, file: string, cache?: ParseCache): Source {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, file));
  } catch {
    return broken(
      file,
      0,
      'ファイルを読めません。',
      'ファイルがあるか、読む権限があるかをご確認ください。',
    );
  }
  const text = textOf(bytes);
  if (text === undefined) {
    const what = '文字コードが UTF-8 ではありません。';
    return broken(file, 0, what, 'UTF-8 で保存し直してください。');
  }
  const known = cache?.get(file, bytes);
  if (known !== undefined) {
    let parsed: Source | undefined;
    const lineOf = (path: Path) => (parsed ??= parse(file, text)).lineOf(path);
    return { file, data: known, lineOf, problems: [] };
  }
  const source = parse(file, text);
  if (source.problems.length === 0) cache?.put(file, bytes, source.data);
  return source;
}

function parse(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const above: unknown =
        length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
      const pairs = isMap(above) ? above.items : [];
      const key = pairs.find(
        ({ key: each }) => isScalar(each) && each.value === path[length - 1],
      )?.key;
      const node: unknown = key ?? document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const problems = yamlFaults(text, document, lines).map((fault): Problem => ({
    severity: 'error',
    file,
    ...fault,
  }));
  let data: unknown;
  try {
    // `maxAliasCount` keeps a small file from unfolding into a huge one.
    if (problems.length === 0) data = document.toJS({ maxAliasCount: 100 });
  } catch {
    const what = '同じ内容の使い回し（& と *）が多すぎるか、たどれません。';
    problems.push({
      severity: 'error',
      file,
      line: aliasLine(document, lines),
      what,
      remedy: "& と * を使わずに書いてください。& か * で始まる文は、文全体を '…' で囲みます。",
    });
  }
  return { file, data, lineOf, problems };
}

/** Names of the YAML files in a folder, without their ending, sorted. */
export function yamlNames(root: string, folder: string): string[] {
  return namesIn(root, folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .toSorted();
}

/** Files that are meant as YAML and that `yamlNames` passes over, because their names end in another way. */
export function unreadFiles(root: string, folder: string): Problem[] {
  return namesIn(root, folder)
    .filter((name) => /\.ya?ml(?:\.txt)?$/i.test(name) && !name.endsWith('.yaml'))
    .map((name) => ({
      severity: 'error',
      file: `${folder}/${name}`,
      line: 0,
      what: 'このファイルは読まれません。',
      remedy: '名前の終わりを「.yaml」（小文字）に変えてください。',
    }));
}

/** Without hidden files: editors and computers keep copies of their own there. */
function namesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder)).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** The data as its schema has it; undefined, and the problems with their lines added, when it does not fit. */
export function fit<T>(source: Source, schema: z.ZodType<T>): T | undefined {
  if (source.problems.length > 0) return undefined;
  const result = shapeFaults(schema, source.data);
  if ('data' in result) return result.data;
  for (const { path, what, remedy } of result.faults) {
    const line = source.lineOf(path);
    source.problems.push({ severity: 'error', file: source.file, line, what, remedy });
  }
  return undefined;
}

/** Undefined when it is no UTF-8. UTF-16 and JIS can pass for it, but hold a byte (NUL, ESC) that no YAML has. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0x00) || bytes.includes(0x1b)) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** 1-based line of the first `*name`. */
function aliasLine(document: Document.Parsed, lines: LineCounter): number {
  let at = 0;
  visit(document, {
    Alias(_key, { range }) {
      at = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return lines.linePos(at).line;
}

function broken(file: string, line: number, what: string, remedy: string): Source {
  const problem: Problem = { severity: 'error', file, line, what, remedy };
  return { file, data: undefined, lineOf: () => line, problems: [problem] };
}
