import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { shapeWords } from './shape-words.ts';

type Issue = z.core.$ZodIssue;

/** Where something stands in a file's data. */
export type Path = readonly PropertyKey[];

/** Something about a file that does not fit its schema, in words for its editor. */
export type ShapeFault = { path: Path; what: string; remedy: string };

const REMEDY =
  '同じ種類の別のファイルの書き方にそろえてください。書ける項目は schemas/ の JSON Schema でも確かめられます。';
const FULL_WIDTH = '行の頭の全角の空白を、半角の空白に直してください。';

/** Checks `data` against its schema; each fault stands at the narrowest place that can be named. */
export function shapeFaults<T>(
  schema: z.ZodType<T>,
  data: unknown,
): { data: T } | { faults: ShapeFault[] } {
  const parsed = schema.safeParse(data, { error: z.locales.ja().localeError });
  if (parsed.success) return { data: parsed.data };
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(narrow(issue), data)) };
}

/** Of a choice between shapes, what keeps the value from the one that it comes nearest to. */
function narrow(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const shapes = issue.errors.map((issues) => issues.flatMap(narrow));
  // A text where a block is meant (or the other way round) is the farthest of all.
  const near = shapes.filter((issues) => !issues.some(isOtherKind));
  // The names on top tell which shape was meant, however much is wrong below them.
  const [best = []] = (near.length > 0 ? near : shapes).toSorted(
    (a, b) => strangeNames(a) - strangeNames(b) || a.length - b.length,
  );
  return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function strangeNames(issues: readonly Issue[]): number {
  const onTop = issues.filter(({ path }) => path.length === 0);
  return onTop.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])).length;
}

function isOtherKind({ code, path }: Issue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

function faultsOf(issues: readonly Issue[], data: unknown): ShapeFault[] {
  return issues.flatMap((issue): ShapeFault[] => {
    const { path } = issue;
    const where = path.length > 0 ? path.map(String).join(' › ') : 'ファイル全体';
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          path: [...path, key],
          what: `「${where}」に「${key}」とは書けません。`,
          remedy: key.startsWith('\u3000') ? FULL_WIDTH : REMEDY,
        }));
      case 'invalid_key':
        return [
          {
            path,
            what: `「${where}」という名前は使えません（${issue.issues[0]?.message ?? issue.message}）。`,
            remedy: '名前を変えて、それを使うところもそろえてください。',
          },
        ];
      case 'invalid_union':
        if (!('options' in issue) || issue.options === undefined) break;
        if (at(data, path) === undefined) {
          const remedy = `${issue.options.map(String).join('、')} のどれかを書いてください。`;
          return [{ path, what: `「${where}」がありません。`, remedy }];
        }
        return [
          {
            path,
            what: `「${where}」の「${String(at(data, path))}」という種類はありません（${issue.options.map(String).join('、')} のどれか）。`,
            remedy: didYouMean(String(at(data, path)), issue.options.map(String)),
          },
        ];
      case 'invalid_type':
        if (at(data, path) !== undefined) break;
        return [{ path, what: `「${where}」がありません。`, remedy: REMEDY }];
      default:
    }
    const words = shapeWords(issue, where, at(data, path));
    if (words) return [{ path, ...words }];
    return [
      { path, what: `「${where}」が決まりに合いません（${issue.message}）。`, remedy: REMEDY },
    ];
  });
}

function at(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    data,
  );
}
