import { icons } from '../line/rich-menu/icons.ts';
import { type RichMenu, richMenuFor } from '../message/rich-menu.ts';
import type { MenuView } from './wire.ts';

/** The rich menu as the page draws it. */
export function menuView(menu: RichMenu): MenuView {
  const { chatBarText, selected, areas } = richMenuFor(menu);
  return {
    bar: chatBarText,
    open: selected,
    tiles: menu.tiles.flatMap(({ words, icon, strong }, index) => {
      const action = areas[index]?.action;
      return action ? [{ words, icon: icons[icon], strong, action }] : [];
    }),
  };
}
