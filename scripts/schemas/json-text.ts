const WIDTH = 100;
const lists = /^( *)(.*)\[\n((?: *"(?:[^"\\\n]|\\.)*",?\n)+) *\](,?)$/gm;

/** JSON as the formatter of this project writes it: lists of words stand on one line where they fit. */
export function jsonText(value: unknown): string {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return text.replaceAll(
    lists,
    (all, indent: string, head: string, items: string, comma: string) => {
      const line = `${indent}${head}[${items.trim().split(/\n */).join(' ')}]${comma}`;
      return line.length <= WIDTH ? line : all;
    },
  );
}
