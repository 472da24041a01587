import type { Inside } from '../wire.ts';
import { copy } from './copy.ts';
import { button, byId, h } from './element.ts';
import { get } from './server.ts';

const titles: [keyof Inside, string][] = [
  ['state', '会話の状態'],
  ['events', 'イベント（LINE → ボット）'],
  ['calls', '呼び出し（ボット → LINE）'],
  ['quota', '今月のプッシュ通数'],
];

/** What goes on inside, as JSON beside the chat. `refresh` reads anew, at most four times a second and only while open. */
export function createInspector(userId: () => string | undefined): { refresh(): void } {
  const details = byId('inside', HTMLDetailsElement);
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

  let waiting: number | undefined;
  async function load(): Promise<void> {
    waiting = undefined;
    const user = userId();
    if (!details.open || !user) return;
    const inside = await get<Inside>(`/inspect/${user}`);
    for (const [key, box] of boxes) {
      const list = inside[key];
      box.textContent = JSON.stringify(Array.isArray(list) ? list.toReversed() : list, null, 2);
    }
  }
  const refresh = () => {
    waiting ??= window.setTimeout(() => void load().catch(() => {}), 250);
  };
  details.addEventListener('toggle', refresh);
  if (matchMedia('(min-width: 860px)').matches) details.open = true;
  return { refresh };
}
