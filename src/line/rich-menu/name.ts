import { createHash } from 'node:crypto';
import { type RichMenu, type RichMenuBody, richMenuFor } from '../../message/rich-menu.ts';
import { drawRichMenu } from './draw.ts';

/** Raise it when the same SVG comes out as another image: a new font or renderer. */
const IMAGE_VERSION = 1;
const PREFIX = 'madoguchi/';

/** LINE's object with a name that changes whenever the menu or its image does: who finds the name need not compare. */
export function namedRichMenu(menu: RichMenu): RichMenuBody & { name: string } {
  const body = richMenuFor(menu);
  const hash = createHash('sha256')
    .update(JSON.stringify([IMAGE_VERSION, body, drawRichMenu(menu)]))
    .digest('hex')
    .slice(0, 16);
  return { ...body, name: `${PREFIX}${hash}` };
}

/** Menus of the account that this bot made, in whatever version; all others are none of its business. */
export function isOurs({ name }: { name: string }): boolean {
  return name.startsWith(PREFIX);
}
