import { h } from './element.ts';
import { hour } from './japan-time.ts';

/** One line of the chat: who, what, when. `first`: the first of a run of messages, the one that shows the avatar. */
export function row(
  from: 'bot' | 'user',
  content: HTMLElement,
  options: { timeMs?: number; first: boolean; read?: boolean },
): HTMLElement {
  const element = h('div', `row row-${from}${options.first ? ' row-first' : ''}`);
  // On the screen the side, the colour and the avatar say it.
  if (options.first) element.append(h('span', 'spoken', from === 'bot' ? '窓口' : 'あなた'));
  if (from === 'bot') element.append(avatar(options.first));
  const meta = h('div', 'meta');
  if (options.read) meta.append(h('span', 'read', '既読'));
  if (options.timeMs !== undefined) meta.append(h('time', '', hour(options.timeMs)));
  element.append(h('div', 'cell', content, meta));
  return element;
}

function avatar(shown: boolean): HTMLElement {
  const element = h('div', shown ? 'avatar' : 'avatar avatar-blank');
  element.setAttribute('aria-hidden', 'true');
  if (shown) element.append('窓');
  return element;
}
