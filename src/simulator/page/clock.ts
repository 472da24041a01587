import { byId } from './element.ts';
import { moment } from './japan-time.ts';

const minuteMs = 60_000;

/** What the clock of the bot is ahead of this browser's, and of the real time. */
let ahead = { ofBrowserMs: 0, ofRealMs: 0 };

/** The bot's time as the server says it. */
export function setClock(server: { nowMs: number; aheadMs: number }): void {
  ahead = { ofBrowserMs: server.nowMs - Date.now(), ofRealMs: server.aheadMs };
  showClock();
}

/** Now by the bot's clock, in ms. */
export function botNowMs(): number {
  return Date.now() + ahead.ofBrowserMs;
}

export function showClock(): void {
  const button = byId('clock', HTMLButtonElement);
  const moved = ahead.ofRealMs >= minuteMs;
  byId('time', HTMLElement).textContent = moment(botNowMs());
  button.classList.toggle('moved', moved);
  const note = moved ? '（進めてあります）' : '';
  button.title = `ボットの時計${note}。押すと進められます`;
}
