import { own } from '../../dialog/content.ts';
import { type Dialog, type Node, type Target, dateSlot } from '../../dialog/schema.ts';
import { placeholders } from '../../message/interpolate.ts';
import type { Messages } from '../../message/schema.ts';
import { exits, leadsOn } from './graph.ts';
import type { Draft, Parsed, Report } from './report.ts';
import { eachText } from './texts.ts';

/** What a `deadline` node counts out. */
const COUNTED: ReadonlySet<string> = new Set(['deadline', 'left']);
/** Days that only a question of the same topic gives. Other things a user may tell at any time. */
const ASKED: ReadonlySet<string> = new Set(dateSlot.exclude(['date']).options);

/** Days that are named in the words, or counted from, before anybody gave them: they would always be open. */
export function checkGiven({ dialogs, messages }: Draft, report: Report): void {
  for (const [name, dialog] of dialogs) {
    if (!leadsOn(dialog.data)) continue;
    checkCounted(dialog, report);
    const words = messages.get(name);
    if (words) checkNamed(dialog.data, words, report);
  }
}

function checkCounted({ source, data }: Parsed<Dialog>, report: Report): void {
  for (const [name, node] of Object.entries(data.nodes)) {
    if (node.kind !== 'deadline' || knownBy(data, node.from).has(name)) continue;
    const what = `「${name}」が数え始める日「${node.from}」は、ここまでにたずねられていません。`;
    const remedy = `from を直すか、先に slot: ${node.from} の ask_date を通るようにしてください。`;
    report('error', source, ['nodes', name, 'from'], what, remedy);
  }
}

function checkNamed(dialog: Dialog, { source, data }: Parsed<Messages>, report: Report): void {
  for (const [node, message] of Object.entries(data.nodes)) {
    eachText(message, (path, text) => {
      for (const { kind, id } of placeholders(text)) {
        if (kind !== 'slot' || !(COUNTED.has(id) || ASKED.has(id))) continue;
        if (knownBy(dialog, id).has(node)) continue;
        const giver = COUNTED.has(id) ? 'deadline' : `slot: ${id} の ask_date`;
        const what = `「${node}」では、{${id}} はまだ決まっていません。`;
        const remedy = `先に ${giver} を通るようにするか、{${id}} を使わずに書いてください。`;
        report('error', source, ['nodes', node, ...path], what, remedy);
      }
    });
  }
}

/** The nodes of the dialog at which the day may be known. */
function knownBy(dialog: Dialog, id: string): Set<string> {
  const known = new Set<string>();
  const open: Target[] = Object.entries(dialog.nodes).flatMap(([name, node]) =>
    gives(node, id, () => known.add(name)),
  );
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    const name = typeof target === 'string' ? target : target.return;
    const node = name === undefined ? undefined : own(dialog.nodes, name);
    if (name === undefined || !node || known.has(name)) continue;
    known.add(name);
    open.push(...exits(node).map((exit) => exit.target));
  }
  return known;
}

/** Where the day is known from here on; `hereToo` when the node itself may say it. */
function gives(node: Node, id: string, hereToo: () => void): Target[] {
  if (node.kind === 'ask_date' && node.slot === id) return [node.next];
  if (node.kind !== 'deadline' || !COUNTED.has(id)) return [];
  hereToo();
  return [node.next, node.over];
}
