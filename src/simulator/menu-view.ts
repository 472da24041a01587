import { icons } from '../line/rich-menu/icons.ts';
import { type RichMenu, richMenuFor } from '../message/rich-menu.ts';

/** What the page needs to draw the menu: the same words, icons and actions that are published to LINE. */
export type MenuView = {
  bar: string;
  open: boolean;
  /** Two rows of three, from the top left. `icon`: inside of an SVG on a field of 24 by 24. */
  tiles: { words: string[]; icon: string; strong: boolean; action: unknown }[];
};

export function menuView(menu: RichMenu): MenuView {
  const { chatBarText, selected, areas } = richMenuFor(menu);
  return {
    bar: chatBarText,
    open: selected,
    tiles: menu.tiles.map(({ words, icon, strong }, index) => ({
      words,
      icon: icons[icon],
      strong,
      action: areas[index]?.action,
    })),
  };
}
