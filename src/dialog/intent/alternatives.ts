/**
 * Writes out `[荷物|商品]が届かない`: every combination of the alternatives, at most `limit` of them, spread evenly.
 * A bracket without `|` or without its other half is taken as it stands.
 */
export function alternatives(pattern: string, limit: number): string[] {
  if (!pattern.includes('|')) return [pattern];
  const parts = pattern.split(/(\[[^[\]]*\|[^[\]]*\])/).map(options);
  const total = parts.reduce((product, { length }) => product * length, 1);
  const count = Math.min(total, limit);
  return Array.from({ length: count }, (_, nth) =>
    // The shift visits every option of each bracket even when only some of the combinations are taken.
    combination(parts, total <= limit ? nth : Math.floor((nth * total) / count) + nth),
  );
}

/** Texts in one line of the editor's file: separated by `、`, but not inside brackets. */
export function listed(line: string): string[] {
  return (line.includes('[') ? line.split(/、(?![^[\]]*\])/) : line.split('、'))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function options(part: string): string[] {
  return part.startsWith('[') && part.endsWith(']') && part.includes('|')
    ? part.slice(1, -1).split('|')
    : [part];
}

function combination(parts: readonly string[][], nth: number): string {
  let rest = nth;
  return parts
    .map((choices) => {
      const chosen = choices[rest % choices.length] ?? '';
      rest = Math.floor(rest / choices.length);
      return chosen;
    })
    .join('');
}
