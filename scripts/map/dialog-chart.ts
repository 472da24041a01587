import { exits } from '../../src/content/check/graph.ts';
import type { Dialog, Node, Target } from '../../src/dialog/schema.ts';
import { type Shape, arrow, flowchart, node as box, nodeId } from './mermaid.ts';
import type { Dialogs } from './read-dialogs.ts';
import { exitLabel, nodeLines, titleOf } from './wording.ts';

const shapeOf: Readonly<Record<Node['kind'], Shape>> = {
  say: 'box',
  ask: 'question',
  ask_text: 'entry',
  ask_date: 'entry',
  deadline: 'fork',
  hours: 'fork',
  branch: 'fork',
  remind: 'flag',
  open: 'other',
  end: 'round',
};

/** The flowchart of one dialog, in the order of its file. */
export function dialogChart(dialogs: Dialogs, name: string, { start, nodes }: Dialog): string {
  const begin = 'begin';
  const lines = [box(begin, 'round', ['はじまり']), arrow(begin, nodeId('n', start))];
  const guests = new Map<string, string[]>();
  for (const [each, node] of Object.entries(nodes)) {
    const id = nodeId('n', each);
    lines.push(box(id, shapeOf[node.kind], nodeLines(dialogs, name, each, node)));
    if (node.kind === 'open') {
      if (node.return !== undefined)
        lines.push(arrow(id, nodeId('n', node.return), 'もどる', true));
      continue;
    }
    for (const { target, path } of exits(node)) {
      const label = exitLabel(dialogs, name, each, node, path);
      lines.push(arrow(id, arrivalOf(target), label));
      if (typeof target !== 'string') guests.set(arrivalOf(target), guestLines(dialogs, target));
    }
  }
  return flowchart('TD', [...lines, ...[...guests.values()].flat()]);
}

type Opened = Exclude<Target, string>;

/** Another dialog has one place in the chart for each place it returns to. */
function arrivalOf(target: Target): string {
  if (typeof target === 'string') return nodeId('n', target);
  return target.return === undefined
    ? nodeId('d', target.open)
    : nodeId('r', target.open, target.return);
}

function guestLines(dialogs: Dialogs, target: Opened): string[] {
  const id = arrivalOf(target);
  const lines = [box(id, 'other', [`→ ${titleOf(dialogs, target.open)}`])];
  if (target.return !== undefined)
    lines.push(arrow(id, nodeId('n', target.return), 'もどる', true));
  return lines;
}
