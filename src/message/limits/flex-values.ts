/** What LINE takes as the value of a Flex property (reference: "Flex Message", line-openapi). */
type Rule = { takes: string; fits: (value: unknown) => boolean };

const oneOf = (...all: string[]): Rule => ({
  takes: `one of ${all.join(', ')}`,
  fits: (value) => typeof value === 'string' && all.includes(value),
});

const PX = /^\d{1,4}(?:\.\d{1,3})?px$/;
const PERCENT = /^\d{1,3}(?:\.\d{1,3})?%$/;
const SIGNED = /^-?\d{1,4}(?:\.\d{1,3})?(?:px|%)$/;

const length = (words: readonly string[], ...shapes: RegExp[]): Rule => ({
  takes: `${words.join(', ') || 'a length'} or a length such as 12px`,
  fits: (value) =>
    typeof value === 'string' &&
    (words.includes(value) || shapes.some((shape) => shape.test(value))),
});

const STEPS = ['none', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl'];
const FONT = ['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl', '3xl', '4xl', '5xl'];
const BORDERS = ['none', 'light', 'normal', 'medium', 'semi-bold', 'bold'];

const color: Rule = {
  takes: 'a colour as #RRGGBB or #RRGGBBAA',
  fits: (value) => typeof value === 'string' && /^#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?$/.test(value),
};
const whole: Rule = {
  takes: 'a whole number of 0 or more',
  fits: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const flag: Rule = { takes: 'true or false', fits: (value) => typeof value === 'boolean' };
const words: Rule = { takes: 'a text', fits: (value) => typeof value === 'string' };
const step = length(STEPS, PX);
const padding = length(STEPS, PX, PERCENT);
const extent = length([], PX, PERCENT);
const offset = length(STEPS, SIGNED);

/** Properties that are checked elsewhere, with their contents. */
const inside: Rule = { takes: 'anything', fits: () => true };

const place = {
  flex: whole,
  margin: step,
  position: oneOf('relative', 'absolute'),
  offsetTop: offset,
  offsetBottom: offset,
  offsetStart: offset,
  offsetEnd: offset,
};

export const flexRules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  box: {
    ...place,
    layout: oneOf('horizontal', 'vertical', 'baseline'),
    contents: inside,
    spacing: step,
    paddingAll: padding,
    paddingTop: padding,
    paddingBottom: padding,
    paddingStart: padding,
    paddingEnd: padding,
    width: extent,
    maxWidth: extent,
    height: extent,
    maxHeight: extent,
    backgroundColor: color,
    borderColor: color,
    borderWidth: length(BORDERS, PX),
    cornerRadius: length(STEPS, PX),
    justifyContent: oneOf(
      'center',
      'flex-start',
      'flex-end',
      'space-between',
      'space-around',
      'space-evenly',
    ),
    alignItems: oneOf('center', 'flex-start', 'flex-end'),
    action: inside,
  },
  text: {
    ...place,
    text: words,
    contents: inside,
    size: length(FONT, PX),
    weight: oneOf('regular', 'bold'),
    style: oneOf('normal', 'italic'),
    decoration: oneOf('none', 'underline', 'line-through'),
    color,
    align: oneOf('start', 'center', 'end'),
    gravity: oneOf('top', 'center', 'bottom'),
    wrap: flag,
    lineSpacing: length([], PX),
    maxLines: whole,
    adjustMode: oneOf('shrink-to-fit'),
    scaling: flag,
    action: inside,
  },
  span: {
    text: words,
    size: length(FONT, PX),
    weight: oneOf('regular', 'bold'),
    style: oneOf('normal', 'italic'),
    decoration: oneOf('none', 'underline', 'line-through'),
    color,
  },
  button: {
    ...place,
    action: inside,
    style: oneOf('primary', 'secondary', 'link'),
    height: oneOf('sm', 'md'),
    color,
    gravity: oneOf('top', 'center', 'bottom'),
    adjustMode: oneOf('shrink-to-fit'),
    scaling: flag,
  },
  separator: { margin: step, color },
};

export const bubbleSizes = oneOf('nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga');
export const directions = oneOf('ltr', 'rtl');
