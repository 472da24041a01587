import { z } from 'zod';
import { flexAction, flexButtonAction } from './check-action.ts';
import {
  aspectRatio,
  chars,
  count,
  gap,
  hexColor,
  imageSize,
  length,
  link,
  media,
  offset,
  padding,
  percent,
  px,
  textSize,
} from './check-base.ts';

const placed = {
  flex: count.optional(),
  margin: gap.optional(),
  position: z.enum(['relative', 'absolute']).optional(),
  offsetTop: offset.optional(),
  offsetBottom: offset.optional(),
  offsetStart: offset.optional(),
  offsetEnd: offset.optional(),
};
const gravity = z.enum(['top', 'bottom', 'center']).optional();
const align = z.enum(['start', 'end', 'center']).optional();
const look = {
  size: textSize.optional(),
  weight: z.enum(['regular', 'bold']).optional(),
  style: z.enum(['normal', 'italic']).optional(),
  decoration: z.enum(['none', 'underline', 'line-through']).optional(),
  color: hexColor.optional(),
};
const adjustMode = z.literal('shrink-to-fit').optional();

const span = z.strictObject({ type: z.literal('span'), text: z.string(), ...look });

const text = z
  .strictObject({
    type: z.literal('text'),
    text: chars(2000).optional(),
    contents: z.array(span).optional(),
    ...look,
    ...placed,
    align,
    gravity,
    wrap: z.boolean().optional(),
    lineSpacing: px.optional(),
    maxLines: count.optional(),
    adjustMode,
    scaling: z.boolean().optional(),
    action: flexAction.optional(),
  })
  .refine((one) => one.text !== undefined || (one.contents?.length ?? 0) > 0, {
    message: 'must specify either text or contents',
    path: ['text'],
  });

const button = z.strictObject({
  type: z.literal('button'),
  action: flexButtonAction,
  ...placed,
  height: z.enum(['sm', 'md']).optional(),
  style: z.enum(['primary', 'secondary', 'link']).optional(),
  color: hexColor.optional(),
  gravity,
  adjustMode,
  scaling: z.boolean().optional(),
});

const image = z.strictObject({
  type: z.literal('image'),
  url: media,
  ...placed,
  align,
  gravity,
  size: imageSize.optional(),
  aspectRatio: aspectRatio.optional(),
  aspectMode: z.enum(['fit', 'cover']).optional(),
  backgroundColor: hexColor.optional(),
  action: flexAction.optional(),
  animated: z.boolean().optional(),
});

const { flex: _flex, ...iconPlaced } = placed;
const icon = z.strictObject({
  type: z.literal('icon'),
  url: media,
  ...iconPlaced,
  size: textSize.optional(),
  aspectRatio: aspectRatio.optional(),
  scaling: z.boolean().optional(),
});

const separator = z.strictObject({
  type: z.literal('separator'),
  margin: gap.optional(),
  color: hexColor.optional(),
});
const filler = z.strictObject({ type: z.literal('filler'), flex: count.optional() });

const background = z.strictObject({
  type: z.literal('linearGradient'),
  angle: z.string().regex(/^\d{1,3}(?:\.\d{1,5})?deg$/, 'invalid property'),
  startColor: hexColor,
  endColor: hexColor,
  centerColor: hexColor.optional(),
  centerPosition: percent.optional(),
});

const component: z.ZodType<{ type: string }> = z.lazy(() =>
  z.discriminatedUnion('type', [box, text, button, image, icon, separator, filler]),
);

const inBaseline = new Set(['icon', 'text', 'filler']);
const elsewhere = new Set(['box', 'button', 'image', 'text', 'separator', 'filler']);

const box = z
  .strictObject({
    type: z.literal('box'),
    layout: z.enum(['horizontal', 'vertical', 'baseline']),
    contents: z.array(component),
    ...placed,
    spacing: gap.optional(),
    paddingAll: padding.optional(),
    paddingTop: padding.optional(),
    paddingBottom: padding.optional(),
    paddingStart: padding.optional(),
    paddingEnd: padding.optional(),
    width: length.optional(),
    maxWidth: length.optional(),
    height: length.optional(),
    maxHeight: length.optional(),
    backgroundColor: hexColor.optional(),
    borderColor: hexColor.optional(),
    borderWidth: z
      .union([z.enum(['none', 'light', 'normal', 'medium', 'semi-bold', 'bold']), px])
      .optional(),
    cornerRadius: padding.optional(),
    justifyContent: z
      .enum(['center', 'flex-start', 'flex-end', 'space-between', 'space-around', 'space-evenly'])
      .optional(),
    alignItems: z.enum(['center', 'flex-start', 'flex-end']).optional(),
    background: background.optional(),
    action: flexAction.optional(),
  })
  .superRefine((one, context) => {
    const allowed = one.layout === 'baseline' ? inBaseline : elsewhere;
    for (const [index, child] of one.contents.entries()) {
      if (!allowed.has(child.type)) {
        const message = `invalid property: ${child.type} is not allowed in a ${one.layout} box`;
        context.addIssue({ code: 'custom', message, path: ['contents', index] });
      }
      if (one.layout !== 'baseline') continue;
      for (const key of ['gravity', 'offsetBottom'])
        if (key in child)
          context.addIssue({
            code: 'custom',
            message: 'invalid property',
            path: ['contents', index, key],
          });
    }
  });

const video = z.strictObject({
  type: z.literal('video'),
  url: media,
  previewUrl: media,
  altContent: z.union([box, image]),
  aspectRatio: aspectRatio.optional(),
  action: z.strictObject({ type: z.literal('uri'), label: chars(40), uri: link }).optional(),
});

const blockStyle = z.strictObject({
  backgroundColor: hexColor.optional(),
  separator: z.boolean().optional(),
  separatorColor: hexColor.optional(),
});

const bubble = z
  .strictObject({
    type: z.literal('bubble'),
    size: z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga']).optional(),
    direction: z.enum(['ltr', 'rtl']).optional(),
    header: box.optional(),
    hero: z.discriminatedUnion('type', [box, image, video]).optional(),
    body: box.optional(),
    footer: box.optional(),
    styles: z
      .strictObject({
        header: blockStyle.optional(),
        hero: blockStyle.optional(),
        body: blockStyle.optional(),
        footer: blockStyle.optional(),
      })
      .optional(),
    action: flexAction.optional(),
  })
  .superRefine((one, context) => {
    if (one.hero?.type === 'video' && !['kilo', 'mega', 'giga'].includes(one.size ?? 'mega'))
      context.addIssue({ code: 'custom', message: 'invalid property', path: ['hero'] });
    limitBytes(one, 30_000, context);
  });

const carousel = z
  .strictObject({ type: z.literal('carousel'), contents: z.array(bubble).min(1).max(12) })
  .superRefine((one, context) => {
    for (const [index, each] of one.contents.entries()) {
      const path = ['contents', index];
      if ((each.size ?? 'mega') !== (one.contents[0]?.size ?? 'mega'))
        context.addIssue({ code: 'custom', message: 'All bubbles must have the same size', path });
      if (each.hero?.type === 'video')
        context.addIssue({ code: 'custom', message: 'invalid property', path: [...path, 'hero'] });
    }
    limitBytes(one, 50_000, context);
  });

/** LINE says "30 KB" and "50 KB" without saying which KB: the smaller one. */
function limitBytes(value: unknown, max: number, context: z.RefinementCtx): void {
  if (Buffer.byteLength(JSON.stringify(value)) > max)
    context.addIssue({ code: 'custom', message: `size must not exceed ${max} bytes`, path: [] });
}

/** What stands in a Flex message's `contents`. */
export const flexContents = z.discriminatedUnion('type', [bubble, carousel]);

/** The properties this check knows, by LINE's name of the component; a test compares them with LINE's own schema. */
export const knownProperties: Record<string, string[]> = {
  FlexBox: Object.keys(box.shape),
  FlexText: Object.keys(text.shape),
  FlexSpan: Object.keys(span.shape),
  FlexButton: Object.keys(button.shape),
  FlexImage: Object.keys(image.shape),
  FlexIcon: Object.keys(icon.shape),
  FlexSeparator: Object.keys(separator.shape),
  FlexFiller: Object.keys(filler.shape),
  FlexVideo: Object.keys(video.shape),
  FlexBubble: Object.keys(bubble.shape),
};
