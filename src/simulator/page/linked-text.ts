import { h } from './element.ts';

const address = /https?:\/\/[^\s　-〿、。「」（）]{1,1000}/gi;

/** A text with its web addresses made tappable, as LINE does it. */
export function linkedText(text: string): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    nodes.push(new Text(text.slice(at, match.index)));
    const anchor = h('a', '', match[0]);
    anchor.href = match[0];
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
    nodes.push(anchor);
    at = match.index + match[0].length;
  }
  nodes.push(new Text(text.slice(at)));
  return nodes;
}
