/** Whether two words differ by no more letters than a slip of the finger: none below 4 letters, two from 9 on. */
export function isNear(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  const slips = length < 4 ? 0 : length < 9 ? 1 : 2;
  return Math.abs(a.length - b.length) <= slips && distance(a, b) <= slips;
}

/** Letters left out, added, replaced, or exchanged with the next. Both words are short: the work is their product. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const options = [
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
      ];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        options.push((before[j - 2] ?? 0) + 1);
      }
      next.push(Math.min(...options));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
