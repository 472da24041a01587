import { exits } from '../../src/content/check/graph.ts';
import { HOME } from '../../src/dialog/content.ts';
import { arrow, flowchart, node, nodeId } from './mermaid.ts';
import type { Dialogs } from './read-dialogs.ts';
import { titleOf } from './wording.ts';

/** Which dialog opens which; dotted where it comes back. The menu leads to all and can always be reached: it is left out. */
export function overview(dialogs: Dialogs): string {
  const names = [...dialogs.keys()].filter((name) => name !== HOME);
  const arrows = names.flatMap((name) => [
    ...new Set(
      opened(dialogs, name)
        .filter(({ open }) => open !== HOME)
        .map(({ open, returns }) => arrow(nodeId('d', name), nodeId('d', open), '', returns)),
    ),
  ]);
  const boxes = names.map((name) => node(nodeId('d', name), 'box', [titleOf(dialogs, name), name]));
  return flowchart('LR', [...boxes, ...arrows]);
}

function opened(dialogs: Dialogs, name: string): { open: string; returns: boolean }[] {
  const nodes = Object.values(dialogs.get(name)?.graph.nodes ?? {});
  return nodes
    .flatMap(exits)
    .flatMap(({ target }) => (typeof target === 'string' ? [] : [target]))
    .map(({ open, return: back }) => ({ open, returns: back !== undefined }))
    .toSorted((a, b) => a.open.localeCompare(b.open) || Number(a.returns) - Number(b.returns));
}
