/** The outlines of nodes in a flowchart, by what they mean to a reader. */
const shapes = {
  box: ['[', ']'],
  round: ['([', '])'],
  question: ['{{', '}}'],
  fork: ['{', '}'],
  entry: ['[/', '/]'],
  flag: ['>', ']'],
  other: ['[[', ']]'],
} as const;

export type Shape = keyof typeof shapes;

/** A node of a flowchart; each of `lines` stands on a line of its own. */
export function node(id: string, shape: Shape, lines: readonly string[]): string {
  const [open, close] = shapes[shape];
  return `${id}${open}"${lines.map(escape).join('<br>')}"${close}`;
}

/** An arrow; dotted for a way that comes back. */
export function arrow(from: string, to: string, label = '', dotted = false): string {
  const line = dotted ? '-.->' : '-->';
  return label === '' ? `${from} ${line} ${to}` : `${from} ${line}|"${escape(label)}"| ${to}`;
}

/** Ids of ours as Mermaid takes them: without `-`, and never one of its own words such as `end`. */
export function nodeId(kind: 'n' | 'd' | 'r', ...names: readonly string[]): string {
  return [kind, ...names.map((name) => name.replaceAll('-', '_'))].join('__');
}

export function flowchart(direction: 'TD' | 'LR', lines: readonly string[]): string {
  return ['```mermaid', `flowchart ${direction}`, ...lines.map((line) => `  ${line}`), '```'].join(
    '\n',
  );
}

/** Whatever Mermaid, HTML or Markdown would read as something else becomes an entity in Mermaid's form. */
function escape(text: string): string {
  return text.replaceAll(/["#&<>`()[\]{}|\\;*_~]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
