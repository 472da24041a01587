/** The same shape with the median of each number: what happened in one round alone does not count. */
export function medianOf<T extends object>(rounds: readonly T[]): T {
  const [first] = rounds;
  if (first === undefined) throw new Error('There is no median of nothing.');
  const entries = Object.entries(first).map(([name, value]) => {
    const values = rounds.map((round): unknown => Reflect.get(round, name));
    return [name, typeof value === 'number' ? middle(values) : medianOf(values as object[])];
  });
  return Object.fromEntries(entries) as T;
}

function middle(values: readonly unknown[]): number {
  const sorted = values.map(Number).toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}
