import type { Lab } from '../wire.ts';
import { byId, h } from './element.ts';
import { createPanel } from './panel.ts';
import { createScript } from './script.ts';
import { get, Refusal } from './server.ts';
import { sheet } from './sheet.ts';
import { createSwitchboard } from './switchboard.ts';
import { reminderList, travelButtons } from './travel.ts';

/** The panel beside the chat (below it on a phone): reminders, the clock, LINE's moods, saving and playing again. */
export function createLab(on: {
  userId: () => string | undefined;
  name: () => string;
  isBlocked: () => boolean;
  block: () => void;
  played: (userId: string) => void;
}): { refresh(): void; openClock(): void } {
  const reminders = h('div', '');
  const switchboard = createSwitchboard(on);
  const script = createScript(on);
  byId('lab-panes', HTMLElement).replaceChildren(
    section('時計を進める', travelButtons()),
    section('お知らせ', reminders),
    section('会話の保存と再生', script.element),
    section('LINEの不調をためす', switchboard.element),
  );

  const refresh = createPanel('lab', async () => {
    const user = on.userId();
    if (!user) return;
    const lab = await get<Lab>(`/lab/${user}`);
    if (user !== on.userId()) return;
    reminders.replaceChildren(reminderList(lab.reminders));
    switchboard.show(lab.switches);
    script.show(on.name());
  });

  return {
    refresh,
    openClock() {
      const user = on.userId();
      const list = h('div', '');
      sheet('ボットの時計を進める', (close) => {
        if (user)
          get<Lab>(`/lab/${user}`).then(
            (lab) => list.replaceChildren(reminderList(lab.reminders, close)),
            (error: unknown) => {
              if (!(error instanceof Refusal)) throw error;
              list.replaceChildren(h('p', 'hint', error.message));
            },
          );
        return [travelButtons(close), h('h3', '', 'お知らせ'), list];
      });
    },
  };
}

function section(title: string, ...children: Node[]): HTMLElement {
  const element = h('section', 'pane', h('h2', '', title), ...children);
  element.setAttribute('aria-label', title);
  return element;
}
