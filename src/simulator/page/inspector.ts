import type { Inside } from '../wire.ts';
import { copy } from './copy.ts';
import { button, byId, h } from './element.ts';
import { createPanel } from './panel.ts';
import { get } from './server.ts';

const titles: [keyof Inside, string][] = [
  ['state', '会話の状態'],
  ['events', 'イベント（LINE → ボット）'],
  ['calls', '呼び出し（ボット → LINE）'],
  ['quota', '今月のプッシュ通数'],
];

/** What goes on inside, as JSON beside the chat. What it gives back reads anew. */
export function createInspector(userId: () => string | undefined): () => void {
  const boxes = new Map<keyof Inside, HTMLElement>();
  const panes = titles.map(([key, title]) => {
    const box = h('pre', '');
    box.tabIndex = 0;
    box.setAttribute('aria-label', title);
    boxes.set(key, box);
    const copying = button('plain', 'コピー', () => void copy(box.textContent), `${title}をコピー`);
    return h('section', 'pane', h('h2', '', title, copying), box);
  });
  byId('panes', HTMLElement).replaceChildren(...panes);

  return createPanel('inside', async () => {
    const user = userId();
    if (!user) return;
    const inside = await get<Inside>(`/inspect/${user}`);
    for (const [key, box] of boxes) {
      const list = inside[key];
      box.textContent = JSON.stringify(Array.isArray(list) ? list.toReversed() : list, null, 2);
    }
  });
}
