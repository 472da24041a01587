import { isQuestion } from '../../dialog/question.ts';
import type { Dialog, Node, Target } from '../../dialog/schema.ts';
import type { Path } from '../shape-faults.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Draft, Parsed, Report } from './report.ts';

/** The ways out of a node: where each leads, and where in the file it says so. */
export function exits(node: Node): { target: Target; path: Path }[] {
  switch (node.kind) {
    case 'say':
    case 'ask_text':
    case 'ask_date':
      return [{ target: node.next, path: ['next'] }];
    case 'ask':
      return Object.entries(node.answers).map(([answer, target]) => ({
        target,
        path: ['answers', answer],
      }));
    case 'deadline':
      return (['next', 'over', 'unknown'] as const).map((path) => ({
        target: node[path],
        path: [path],
      }));
    case 'hours':
      return (['inside', 'outside'] as const).map((path) => ({
        target: node[path],
        path: [path],
      }));
    case 'branch':
      return [
        ...Object.entries(node.cases).map(([value, target]) => ({
          target,
          path: ['cases', value],
        })),
        { target: node.else, path: ['else'] },
      ];
    case 'remind':
      return (['next', 'none'] as const).map((path) => ({ target: node[path], path: [path] }));
    case 'open': {
      const target =
        node.return === undefined ? { open: node.open } : { open: node.open, return: node.return };
      return [{ target, path: ['open'] }];
    }
    case 'end':
      return [];
  }
}

/** Where an exit goes on within this dialog; undefined when it leaves it for good. */
function within(target: Target): string | undefined {
  return typeof target === 'string' ? target : target.return;
}

/** False while an exit names a node that is not there: which nodes are reached is not known until it is mended. */
export function leadsOn({ start, nodes }: Dialog): boolean {
  const targets = Object.values(nodes).flatMap((node) => exits(node).map(({ target }) => target));
  return [start, ...targets.flatMap((target) => within(target) ?? [])].every((name) =>
    Object.hasOwn(nodes, name),
  );
}

/**
 * Unknown targets, nodes that nothing leads to, nodes from which no end is reached, rounds without a question, hours that
 * never come.
 */
export function checkGraph(draft: Draft, report: Report): void {
  for (const parsed of draft.dialogs.values()) {
    checkTargets(draft, parsed, report);
    checkHours(parsed, report);
    if (!leadsOn(parsed.data)) continue;
    checkReach(parsed, report);
    checkEnds(parsed, report);
    checkRounds(parsed, report);
  }
}

function checkTargets(draft: Draft, { source, data }: Parsed<Dialog>, report: Report): void {
  const names = Object.keys(data.nodes);
  const missing = (path: Path, name: string) =>
    report('error', source, path, `「${name}」という node はありません。`, didYouMean(name, names));
  if (!Object.hasOwn(data.nodes, data.start)) missing(['start'], data.start);
  for (const [name, node] of Object.entries(data.nodes)) {
    for (const { target, path } of exits(node)) {
      const at = ['nodes', name, ...path];
      const inside = within(target);
      if (inside !== undefined && !Object.hasOwn(data.nodes, inside)) missing(at, inside);
      if (typeof target === 'string' || draft.broken.dialogs.has(target.open)) continue;
      if (!draft.dialogs.has(target.open)) {
        const hint = didYouMean(target.open, draft.dialogs.keys());
        report('error', source, at, `「${target.open}」という dialog はありません。`, hint);
      }
    }
  }
}

/** `from` <= hour < `to`: the other way round, or of no length, it is never that time. */
function checkHours({ source, data }: Parsed<Dialog>, report: Report): void {
  for (const [name, node] of Object.entries(data.nodes)) {
    if (node.kind !== 'hours' || node.from < node.to) continue;
    const what = `「${name}」の時間帯（${node.from}時から${node.to}時まで）は、一日のどこにもありません。`;
    const remedy =
      'from を to より前の時刻にしてください。夜をまたぐときは、昼の時間帯を書いて inside と outside を入れかえます。';
    report('error', source, ['nodes', name, 'from'], what, remedy);
  }
}

function checkReach({ source, data }: Parsed<Dialog>, report: Report): void {
  const reached = new Set<string>();
  const open = [data.start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = Object.hasOwn(data.nodes, name) ? data.nodes[name] : undefined;
    if (!node || reached.has(name)) continue;
    reached.add(name);
    open.push(...exits(node).flatMap(({ target }) => within(target) ?? []));
  }
  for (const name of Object.keys(data.nodes).filter((each) => !reached.has(each))) {
    const what = `node「${name}」へ進む道がありません。`;
    report(
      'error',
      source,
      ['nodes', name],
      what,
      'どこかの next や answers からつなぐか、消してください。',
    );
  }
}

function checkEnds({ source, data }: Parsed<Dialog>, report: Report): void {
  const ending = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const [name, node] of Object.entries(data.nodes)) {
      if (ending.has(name)) continue;
      const ends =
        node.kind === 'end' ||
        exits(node).some(({ target }) => {
          const inside = within(target);
          return inside === undefined || ending.has(inside);
        });
      if (ends) ending.add(name);
      grown ||= ends;
    }
  }
  for (const name of Object.keys(data.nodes).filter((each) => !ending.has(each))) {
    const what = `node「${name}」からは、終わり（end）にたどり着けません。`;
    report(
      'error',
      source,
      ['nodes', name],
      what,
      'end の node か、別の dialog へつないでください。',
    );
  }
}

/** A round of nodes none of which listens would never stop talking. */
function checkRounds({ source, data }: Parsed<Dialog>, report: Report): void {
  const done = new Set<string>();
  const visit = (name: string, above: readonly string[]): void => {
    const node = Object.hasOwn(data.nodes, name) ? data.nodes[name] : undefined;
    if (!node || isQuestion(node) || done.has(name)) return;
    if (above.includes(name)) {
      const round = [...above.slice(above.indexOf(name)), name].join(' → ');
      const what = `質問のないまま同じ所を回ります（${round}）。`;
      report(
        'error',
        source,
        ['nodes', name],
        what,
        '途中に ask を入れるか、つなぎ先を変えてください。',
      );
      return;
    }
    for (const { target } of exits(node)) {
      const inside = within(target);
      if (inside !== undefined) visit(inside, [...above, name]);
    }
    done.add(name);
  };
  for (const name of Object.keys(data.nodes)) visit(name, []);
}
