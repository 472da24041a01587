/** An action of LINE that sends something to the bot. */
export type Button = {
  type: 'postback' | 'datetimepicker' | 'message';
  label: string;
  data?: string;
  displayText?: string;
  text?: string;
  mode?: string;
};

const types = new Set(['postback', 'datetimepicker', 'message']);

/** Every button of a LINE message object, in the order of the JSON: cards first, then the quick replies. */
export function buttonsOf(message: unknown): Button[] {
  if (typeof message !== 'object' || message === null) return [];
  if (isButton(message)) return [message];
  return Object.values(message).flatMap(buttonsOf);
}

/** What the button says to a reader; the number that the bot puts before an answer is no part of it. */
export function labelOf({ displayText, label }: Button): string {
  return displayText ?? label.replace(/^\d{1,2} /, '');
}

function isButton(value: object): value is Button {
  const { type, label } = value as { type?: unknown; label?: unknown };
  return typeof type === 'string' && types.has(type) && typeof label === 'string';
}
