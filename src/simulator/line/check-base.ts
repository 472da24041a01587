import { z } from 'zod';

/**
 * A text of a length LINE allows. Lengths are UTF-16 units: LINE counts some fields in larger units, so this is never
 * laxer than LINE. A lone surrogate is no text.
 */
export function chars(max: number, min = 1) {
  return z.string().superRefine((value, context) => {
    if (value.length < min) context.addIssue(min === 1 ? 'May not be empty' : 'Too short');
    else if (value.length > max) context.addIssue(`Length must be between 0 and ${max}`);
    else if (!value.isWellFormed()) context.addIssue('Must be well-formed Unicode');
  });
}

/** An https address of a picture or film, percent-encoded. */
export const media = chars(2000).regex(/^https:\/\/[\x21-\x7e]+$/, 'invalid uri');

/** An address behind an action. */
export const link = chars(1000).regex(
  /^(?:https?:\/\/|line:\/\/|tel:)[\x21-\x7e]+$/i,
  'invalid uri scheme',
);

export const hexColor = z.string().regex(/^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/i, 'invalid color');
export const px = z.string().regex(/^\d{1,5}(?:\.\d{1,5})?px$/, 'invalid property');
export const percent = z.string().regex(/^\d{1,5}(?:\.\d{1,5})?%$/, 'invalid property');
export const count = z.int().min(0);

const spaces = z.enum(['none', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl']);
/** Spacing and margin: no percentages. */
export const gap = z.union([spaces, px]);
/** Padding and corners: percentages as well. */
export const padding = z.union([spaces, px, percent]);
/** Offsets may point back. */
export const offset = z.union([
  spaces,
  z.string().regex(/^-?\d{1,5}(?:\.\d{1,5})?(?:px|%)$/, 'invalid property'),
]);
export const length = z.union([px, percent]);
export const textSize = z.union([
  z.enum(['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl', '3xl', '4xl', '5xl']),
  px,
]);
export const imageSize = z.union([textSize, z.literal('full'), percent]);

/** `w:h`, each 1 to 100000, not higher than three times the width. */
export const aspectRatio = z.string().superRefine((value, context) => {
  const match = /^(\d{1,6}(?:\.\d{1,5})?):(\d{1,6}(?:\.\d{1,5})?)$/.exec(value);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  const fits = width >= 1 && width <= 100_000 && height >= 1 && height <= 100_000;
  if (!fits || height > width * 3) context.addIssue('invalid property');
});
