/** Text as HTML; everything that is shown goes through it. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A bar from the left, as wide as its share of `most`, with its number behind it. */
export function bar(value: number, most: number, kind: 'opened' | 'solved' | 'unsolved'): string {
  const width = most > 0 ? Math.max(value > 0 ? 1 : 0, Math.round((value / most) * 200)) : 0;
  return `<svg class="bar" viewBox="0 0 200 14" preserveAspectRatio="none" role="img" aria-label="${value}"><rect class="${kind}" width="${width}" height="14" rx="3"/></svg><span class="number">${value}</span>`;
}

const WIDTH = 640;
const HEIGHT = 160;
const FOOT = 22;

/** Columns side by side, one a day, with the day under every second or sixth. */
export function columns(values: readonly { label: string; value: number }[]): string {
  const most = Math.max(1, ...values.map(({ value }) => value));
  const step = WIDTH / Math.max(1, values.length);
  const every = values.length > 10 ? 5 : 1;
  const drawn = values.map(({ label, value }, index) => {
    const height = Math.round((value / most) * (HEIGHT - FOOT - 16));
    const x = Math.round(index * step);
    const middle = Math.round(x + step / 2);
    const y = HEIGHT - FOOT - height;
    const name =
      index % every === 0
        ? `<text x="${Math.max(18, middle)}" y="${HEIGHT - 6}" class="axis">${escape(label)}</text>`
        : '';
    const number = value > 0 ? `<text x="${middle}" y="${y - 4}" class="axis">${value}</text>` : '';
    return `<rect class="opened" x="${x + 3}" y="${y}" width="${Math.max(2, Math.round(step) - 6)}" height="${height}" rx="3"/>${number}${name}`;
  });
  const title = values.map(({ label, value }) => `${label} ${value}`).join('、');
  return `<svg class="columns" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}"><line x1="0" x2="${WIDTH}" y1="${HEIGHT - FOOT}" y2="${HEIGHT - FOOT}" class="rule"/>${drawn.join('')}</svg>`;
}
