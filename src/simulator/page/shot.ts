import { shrinkToFit } from './flex/shrink.ts';
import type { Draw } from './flex/types.ts';
import { message, type Message } from './message.ts';
import { quickReply } from './quick-reply.ts';
import { row } from './row.ts';

/** Draws a given conversation without any server behind it, for pictures of single cards (test/support/shoot.ts). */
type Shot = {
  turns: { from: 'bot' | 'user'; messages: Message[] }[];
  scale: number;
  unfold: boolean;
};

const draw: Draw = { onAction: () => {}, isPc: () => false };
const log = document.querySelector('#log');

globalThis.addEventListener('shot', (event) => {
  const { turns, scale, unfold } = (event as CustomEvent<Shot>).detail;
  document.documentElement.style.setProperty('--font-scale', String(scale));
  document.body.classList.toggle('unfolded', unfold);
  const timeMs = Date.UTC(2026, 10, 21, 1, 5);
  const rows = turns.flatMap(({ from, messages }) =>
    messages.map((one, index) =>
      row(from, message(one, draw), { timeMs, first: index === 0, read: from === 'user' }),
    ),
  );
  const chips = quickReply(turns.at(-1)?.messages.at(-1), draw);
  log?.replaceChildren(...rows, ...(chips ? [chips] : []));
  shrinkToFit(document);
  document.body.dataset['drawn'] = 'yes';
});
document.body.dataset['ready'] = 'yes';
