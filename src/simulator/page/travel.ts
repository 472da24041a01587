import type { Reminder } from '../wire.ts';
import { botNowMs } from './clock.ts';
import { button, h } from './element.ts';
import { fieldValue, moment, nextMorning, readField } from './japan-time.ts';
import { pick } from './picker.ts';
import { post } from './server.ts';
import { toast, toastWhy } from './toast.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The buttons that put the clock forward. `onChosen`: a choice was made, and a sheet can close. */
export function travelButtons(onChosen: () => void = () => {}): HTMLElement {
  const go = (toMs: () => number) => () => {
    onChosen();
    void travel(toMs());
  };
  const choose = () => {
    onChosen();
    const action = { mode: 'datetime', min: fieldValue(botNowMs() + minuteMs) } as const;
    pick({ type: 'datetimepicker', ...action, initial: action.min }, ({ datetime }) => {
      if (datetime) void travel(readField(datetime));
    });
  };
  return h(
    'div',
    'moves',
    button(
      'plain',
      '+10分',
      go(() => botNowMs() + 10 * minuteMs),
    ),
    button(
      'plain',
      '+1時間',
      go(() => botNowMs() + hourMs),
    ),
    button(
      'plain',
      '翌朝9時',
      go(() => nextMorning(botNowMs())),
    ),
    button('plain', '日時を選ぶ', choose),
  );
}

/** What the bot has promised this user, each with a way to its moment. */
export function reminderList(
  reminders: readonly Reminder[],
  onChosen: () => void = () => {},
): HTMLElement {
  if (reminders.length === 0) return h('p', 'hint', 'お預かりしているお知らせは、ありません。');
  const items = reminders.map(({ dueMs, title }) =>
    h(
      'li',
      '',
      h('span', '', h('strong', '', moment(dueMs)), ` ${title}`),
      button('plain', 'ここまで進める', () => {
        onChosen();
        void travel(dueMs);
      }),
    ),
  );
  return h('ul', 'reminders', ...items);
}

async function travel(toMs: number): Promise<void> {
  toast('時計を進めています…');
  try {
    const { nowMs } = await post<{ nowMs: number }>('/travel', { toMs: Math.ceil(toMs) });
    toast(`${moment(nowMs)}になりました`);
  } catch (error) {
    toastWhy(error, '時計を進められませんでした');
  }
}
