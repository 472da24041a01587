const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

type CalendarDate = { year?: number; month: number; day: number };

/** A date as people give it: 11月3日, 2026年11月3日（火）, 2026-11-03, 11/3. */
export function readDate(value: string): CalendarDate | undefined {
  const date =
    /^(?:(\d{4})[年/-])?(\d{1,2})[月/-](\d{1,2})日?(?:[（(][日月火水木金土][）)])?$/.exec(value);
  const [month, day] = [Number(date?.[2]), Number(date?.[3])];
  if (!date || MONTHS[month - 1] === undefined || day < 1 || day > 31) return undefined;
  return { ...(date[1] === undefined ? {} : { year: Number(date[1]) }), month, day };
}

/** A date as an English sentence says it; other words stay. */
export function inEnglish(value: string): string {
  const date = readDate(value);
  if (!date) return value;
  const day = `${MONTHS[date.month - 1]} ${date.day}`;
  return date.year === undefined ? day : `${day}, ${date.year}`;
}
