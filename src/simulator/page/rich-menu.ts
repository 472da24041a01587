import type { MenuView } from '../wire.ts';
import { button, byId, h } from './element.ts';
import type { Action } from './flex/types.ts';

/** The menu at the foot of the chat: a bar that opens and closes it, and large tiles. Typing closes it, as in LINE. */
export function createRichMenu(onAction: (action: Action) => void): {
  show(menu: MenuView | null | undefined, visible: boolean): void;
} {
  const place = byId('menu', HTMLElement);
  const bar = button('menu-bar', '', () => open(grid.hidden !== false));
  const grid = h('div', 'tiles');
  grid.id = 'tiles';
  grid.setAttribute('role', 'group');
  grid.setAttribute('aria-label', 'リッチメニュー');
  bar.setAttribute('aria-controls', 'tiles');
  let drawn = '';

  function open(yes: boolean): void {
    grid.hidden = !yes;
    bar.setAttribute('aria-expanded', String(yes));
    const log = byId('log', HTMLElement);
    log.scrollTop = log.scrollHeight;
  }

  byId('words', HTMLTextAreaElement).addEventListener('focus', () => {
    if (drawn) open(false);
  });

  return {
    show(menu, visible) {
      place.hidden = !menu || !visible;
      const next = JSON.stringify(menu ?? null);
      if (!menu || next === drawn) return;
      const isFirst = drawn === '';
      drawn = next;
      bar.textContent = menu.bar;
      grid.replaceChildren(
        ...menu.tiles.map(({ words, icon, strong, action }) => {
          const tile = button(strong ? 'tile strong' : 'tile', '', () => onAction(action));
          const lines = words.map((line) => h('span', 'tile-line', line));
          tile.append(drawing(icon), h('span', 'tile-words', ...lines));
          return tile;
        }),
      );
      place.replaceChildren(bar, grid);
      if (isFirst) open(menu.open);
    },
  };
}

/** The icons are the project's own (src/line/rich-menu/icons.ts), so their markup may be used as it is. */
function drawing(icon: string): SVGElement {
  const holder = document.createElement('template');
  holder.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg>`;
  const svg = holder.content.firstElementChild;
  if (!(svg instanceof SVGElement)) throw new Error('An icon of the rich menu is no SVG.');
  return svg;
}
