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

/** A date as people give it (11月3日, 2026年11月3日, 2026-11-03, 11/3) as an English sentence says it; other words stay. */
export function inEnglish(value: string): string {
  const date =
    /^(?:(\d{4})[年/-])?(\d{1,2})[月/-](\d{1,2})日?(?:[（(][日月火水木金土][)）])?$/.exec(value);
  const month = MONTHS[Number(date?.[2]) - 1];
  if (!date || month === undefined) return value;
  const day = `${month} ${Number(date[3])}`;
  return date[1] === undefined ? day : `${day}, ${date[1]}`;
}
