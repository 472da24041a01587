import type { EventBody } from '../dialog/event.ts';

/** Masks card numbers and the like, and says what it found. */
export type Redact = (text: string) => { text: string; found: readonly string[] };

/** What somebody said as it may be stored. */
export function masked(body: EventBody, redact: Redact): EventBody {
  if (body.kind !== 'text') return body;
  const { text, found } = redact(body.text);
  return { ...body, text, ...(found.length > 0 ? { masked: true } : {}) };
}
