import { byId } from './element.ts';
import type { Action } from './flex/types.ts';
import type { Message } from './message.ts';
import { quickReply, staysAfterTap } from './quick-reply.ts';

export type QuickReplies = {
  /** Draws those that are to be seen now. */
  show(): void;
  /** One was tapped and they are gone; or there are new ones. */
  setUsed(used: boolean): void;
};

/** The quick replies above the message field: those of the newest message, until one is tapped. */
export function createQuickReplies(on: {
  /** The message whose quick replies are to be seen, if any. */
  message(): Message | undefined;
  /** `failed`: what was tapped did not reach the bot's side. */
  tapped(action: Action, failed: () => void): void;
  /** One was pressed on a keyboard. */
  pressed(): void;
  isPc(): boolean;
}): QuickReplies {
  const place = byId('replies', HTMLElement);
  let used = false;
  const draw = { onAction: tap, isPc: on.isPc };

  function tap(action: Action): void {
    if (!staysAfterTap(action)) setUsed(true);
    on.tapped(action, () => setUsed(false));
  }

  function setUsed(now: boolean): void {
    used = now;
    show();
  }

  function show(): void {
    const row = used ? undefined : quickReply(on.message(), draw);
    if (!row && !place.firstChild) return;
    // With the one that a keyboard has pressed the focus would be gone, and the way back leads over the whole page.
    // Not after a tap: the field would open the phone's keyboard.
    const pressed = place.querySelector(':focus-visible') !== null;
    place.replaceChildren(...(row ? [row] : []));
    if (pressed) on.pressed();
    const log = byId('log', HTMLElement);
    log.scrollTop = log.scrollHeight;
  }

  return { show, setUsed };
}
