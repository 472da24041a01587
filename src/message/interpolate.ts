const PLACEHOLDER = /\{(fact:)?([A-Za-z][A-Za-z0-9_-]{0,59})\}/g;

export type Placeholder = { kind: 'slot' | 'fact'; id: string };

/** The placeholders of a text, for the checker. */
export function placeholders(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, fact, id = '']) => ({
    kind: fact ? 'fact' : 'slot',
    id,
  }));
}

/** Fills `{slot}` and `{fact:id}`; whatever has no value becomes `open` (〇〇). Never throws, never fills twice. */
export function interpolate(
  text: string,
  sources: {
    slot: (id: string) => string | undefined;
    fact: (id: string) => string | undefined;
    open: string;
  },
): string {
  return text.replace(PLACEHOLDER, (_all, fact: string | undefined, id: string) => {
    const value = fact ? sources.fact(id) : sources.slot(id);
    return value === undefined || value === '' ? sources.open : value;
  });
}
