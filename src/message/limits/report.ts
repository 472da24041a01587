/** A place where LINE would refuse a message, and the rule it breaks. Holds lengths, never the text itself: it is logged. */
export type Violation = { path: string; rule: string };

export type Report = (path: string, rule: string) => void;

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A required or optional text with a length in UTF-16 units, which is never less than what LINE counts. */
export function checkText(
  owner: Json,
  key: string,
  path: string,
  report: Report,
  limit: { most: number; required?: boolean },
): void {
  const value = owner[key];
  const place = `${path}.${key}`;
  if (value === undefined) {
    if (limit.required) report(place, 'is required');
    return;
  }
  if (typeof value !== 'string') return report(place, 'must be a text');
  if (value.length === 0) return report(place, 'must not be empty');
  if (value.length > limit.most)
    report(place, `is ${value.length} characters; LINE takes ${limit.most}`);
  if (!value.isWellFormed()) report(place, 'holds half a character (a lone surrogate)');
}

/** Keys that LINE does not know make it refuse the whole request. */
export function checkKeys(
  owner: Json,
  known: readonly string[],
  path: string,
  report: Report,
): void {
  for (const key of Object.keys(owner))
    if (!known.includes(key)) report(`${path}.${key}`, 'is not a property LINE knows here');
}
