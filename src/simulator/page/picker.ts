import type { messagingApi } from '@line/bot-sdk';
import { botNowMs } from './clock.ts';
import { button, h } from './element.ts';
import { fieldValue } from './japan-time.ts';
import { sheet } from './sheet.ts';

const kinds = { date: 'date', time: 'time', datetime: 'datetime-local' } as const;
const titles = { date: '日付を選ぶ', time: '時刻を選ぶ', datetime: '日時を選ぶ' };

/** LINE's date and time picker. Gives what the postback's `params` hold: `{date}`, `{time}` or `{datetime}`. */
export function pick(
  action: messagingApi.DatetimePickerAction,
  onPicked: (params: Record<string, string>) => void,
): void {
  const mode = action.mode ?? 'datetime';
  const input = h('input', '');
  input.type = kinds[mode];
  input.setAttribute('aria-label', titles[mode]);
  if (action.min) input.min = normal(action.min);
  if (action.max) input.max = normal(action.max);
  input.required = true;
  input.value = normal(action.initial ?? nowFor(mode));
  const error = h('p', 'error');
  error.setAttribute('role', 'alert');
  sheet(
    titles[mode],
    (close) => [
      input,
      error,
      button('main', '決定', () => {
        if (!input.checkValidity()) {
          error.textContent = input.validationMessage || '選べる範囲の外です';
          return;
        }
        close();
        onPicked({ [mode]: input.value.slice(0, 16) });
      }),
    ],
    'キャンセル',
  );
}

function normal(value: string): string {
  return value.replace('t', 'T');
}

function nowFor(mode: keyof typeof kinds): string {
  const text = fieldValue(botNowMs());
  if (mode === 'date') return text.slice(0, 10);
  return mode === 'time' ? text.slice(11) : text;
}
