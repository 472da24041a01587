/** Times as people in Japan read them, whatever the browser's zone. */

const japanMs = 9 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
const hours = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
});
const days = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
});

/** "9:05". */
export function hour(ms: number): string {
  return hours.format(ms);
}

/** "11月21日(土)". */
export function day(ms: number): string {
  return days.format(ms);
}

/** "11月21日(土) 9:05". */
export function moment(ms: number): string {
  return `${day(ms)} ${hour(ms)}`;
}

/** "2026-11-21T09:05", as a field for a date and a time holds it. */
export function fieldValue(ms: number): string {
  return new Date(ms + japanMs).toISOString().slice(0, 16);
}

/** The opposite of `fieldValue`. */
export function readField(value: string): number {
  return Date.parse(`${value}:00+09:00`);
}

/** Nine o'clock of the next day: no quiet hour. */
export function nextMorning(ms: number): number {
  return readField(`${fieldValue(ms + dayMs).slice(0, 10)}T09:00`);
}
