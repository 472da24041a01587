/** Keywords of LINE in px (Messaging API reference, "Flex Message"; text sizes as its simulator draws them). */
const spaces: Record<string, number> = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const borders: Record<string, number> = {
  none: 0,
  light: 0.5,
  normal: 1,
  medium: 2,
  'semi-bold': 3,
  bold: 4,
};
const texts: Record<string, number> = {
  xxs: 11,
  xs: 13,
  sm: 14,
  md: 16,
  lg: 19,
  xl: 22,
  xxl: 29,
  '3xl': 35,
  '4xl': 48,
  '5xl': 74,
};
const images: Record<string, string> = {
  xxs: '40px',
  xs: '60px',
  sm: '80px',
  md: '100px',
  lg: '120px',
  xl: '140px',
  xxl: '160px',
  '3xl': '180px',
  '4xl': '200px',
  '5xl': '220px',
  full: '100%',
};

const measure = /^-?\d{1,4}(?:\.\d{1,4})?(?:px|%)$/;

/** Spacing, margin, padding, offset, corner: a keyword, px or %. Undefined: say nothing. */
export function space(value: string | undefined): string | undefined {
  return keyword(value, spaces);
}

export function border(value: string | undefined): string | undefined {
  return keyword(value, borders);
}

/** Text and icon size in px; `md` when absent. */
export function textPx(value: string | undefined): number {
  if (value === undefined) return 16;
  return texts[value] ?? (/^\d{1,3}(?:\.\d{1,3})?px$/.test(value) ? parseFloat(value) : 16);
}

/** CSS font size; with `scaling` it follows the user's font size as on a phone. */
export function fontSize(value: string | undefined, scaling: boolean | undefined): string {
  const px = textPx(value);
  return scaling ? `calc(${px}px * var(--font-scale, 1))` : `${px}px`;
}

export function imageWidth(value: string | undefined): string {
  if (value === undefined) return '100px';
  return images[value] ?? (measure.test(value) ? value : '100px');
}

/** "20:13" → "20 / 13". */
export function ratio(value: string | undefined): string {
  const match = /^(\d{1,6}(?:\.\d{1,3})?):(\d{1,6}(?:\.\d{1,3})?)$/.exec(value ?? '1:1');
  return match ? `${match[1]} / ${match[2]}` : '1 / 1';
}

/** `#RRGGBB` or `#RRGGBBAA`; anything else is not a colour for LINE. */
export function color(value: string | undefined): string | undefined {
  return value !== undefined && /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/i.test(value) ? value : undefined;
}

function keyword(value: string | undefined, table: Record<string, number>): string | undefined {
  if (value === undefined) return undefined;
  const px = table[value];
  if (px !== undefined) return `${px}px`;
  return measure.test(value) ? value : undefined;
}
