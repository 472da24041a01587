import { h } from './element.ts';

/** One line of the chat: who, what, when. `first`: the first of a run of messages, the one that shows the avatar. */
export function row(
  from: 'bot' | 'user',
  content: HTMLElement,
  options: { timeMs?: number; first: boolean; read?: boolean },
): HTMLElement {
  const element = h('div', `row row-${from}${options.first ? ' row-first' : ''}`);
  if (from === 'bot') element.append(avatar(options.first));
  const meta = h('div', 'meta');
  if (options.read) meta.append(h('span', 'read', '既読'));
  if (options.timeMs !== undefined) meta.append(h('time', '', clock(options.timeMs)));
  element.append(h('div', 'cell', content, meta));
  return element;
}

/** "9:05", in Japan's time whatever the browser's zone. */
export function clock(timeMs: number): string {
  return hours.format(timeMs);
}

/** "11月21日(土)", for the divider between days. */
export function day(timeMs: number): string {
  return days.format(timeMs);
}

const hours = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  hour: 'numeric',
  minute: '2-digit',
  hour12: false,
});
const days = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
});

function avatar(shown: boolean): HTMLElement {
  const element = h('div', shown ? 'avatar' : 'avatar avatar-blank');
  element.setAttribute('aria-hidden', 'true');
  if (shown) element.append('窓');
  return element;
}
