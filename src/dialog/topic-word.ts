import { type Content, HOME, labelOf, titleOf } from './content.ts';
import { bareWord } from './system.ts';

/** The topic whose very name a text is: its title, or its row in the menu. Whatever is learnt, a name means itself. */
export function topicWord(content: Content, text: string): string | undefined {
  const word = bareWord(text);
  for (const [name, node] of Object.entries(content.dialogs[HOME]?.nodes ?? {})) {
    if (node.kind !== 'ask') continue;
    for (const [answer, target] of Object.entries(node.answers)) {
      if (typeof target === 'string') continue;
      const label = labelOf(content, { dialog: HOME, node: name }, answer);
      const title = titleOf(content, target.open);
      if ([label, title].some((known) => bareWord(known) === word)) return target.open;
    }
  }
  return undefined;
}
