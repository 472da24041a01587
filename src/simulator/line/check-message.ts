import { z } from 'zod';
import { imageCarouselAction, quickReplyAction, templateAction } from './check-action.ts';
import { chars, count, hexColor, link, media } from './check-base.ts';
import { flexContents } from './check-flex.ts';

const envelope = {
  quickReply: z
    .strictObject({
      items: z
        .array(
          z.strictObject({
            type: z.literal('action').optional(),
            imageUrl: media.optional(),
            action: quickReplyAction,
          }),
        )
        .min(1)
        .max(13),
    })
    .optional(),
  sender: z
    .strictObject({
      name: chars(20)
        .refine((name) => !/line/i.test(name), 'must not contain LINE')
        .optional(),
      iconUrl: media.optional(),
    })
    .optional(),
};
const quoteToken = chars(1000).optional();
const altText = chars(1500);

const text = z
  .strictObject({
    type: z.literal('text'),
    text: chars(5000),
    emojis: z
      .array(z.strictObject({ index: count, productId: chars(100), emojiId: chars(100) }))
      .max(20)
      .optional(),
    quoteToken,
    ...envelope,
  })
  .superRefine((one, context) => {
    for (const [index, emoji] of (one.emojis ?? []).entries())
      if (one.text[emoji.index] !== '$')
        context.addIssue({
          code: 'custom',
          message: 'no $ at the index',
          path: ['emojis', index, 'index'],
        });
  });

const textV2 = z.strictObject({
  type: z.literal('textV2'),
  text: chars(5000),
  substitution: z.record(z.string().regex(/^[0-9A-Za-z_]{1,20}$/), z.looseObject({})).optional(),
  quoteToken,
  ...envelope,
});

const thumbnail = {
  thumbnailImageUrl: media.optional(),
  imageBackgroundColor: hexColor.optional(),
  title: chars(40).optional(),
  defaultAction: templateAction.optional(),
};

/** With a title or a picture a template has room for less text. */
function roomFor(wide: number, narrow: number) {
  return (
    one: { text: string; title?: string | undefined; thumbnailImageUrl?: string | undefined },
    context: z.RefinementCtx,
  ) => {
    const max = one.title === undefined && one.thumbnailImageUrl === undefined ? wide : narrow;
    if (one.text.length > max)
      context.addIssue({
        code: 'custom',
        message: `Length must be between 0 and ${max}`,
        path: ['text'],
      });
  };
}
const imageLook = {
  imageAspectRatio: z.enum(['rectangle', 'square']).optional(),
  imageSize: z.enum(['cover', 'contain']).optional(),
};
const column = z
  .strictObject({ ...thumbnail, text: chars(120), actions: z.array(templateAction).min(1).max(3) })
  .superRefine(roomFor(120, 60));

const template = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('buttons'),
      ...thumbnail,
      ...imageLook,
      text: chars(160),
      actions: z.array(templateAction).min(1).max(4),
    })
    .superRefine(roomFor(160, 60)),
  z.strictObject({
    type: z.literal('confirm'),
    text: chars(240),
    actions: z.array(templateAction).length(2),
  }),
  z
    .strictObject({
      type: z.literal('carousel'),
      columns: z.array(column).min(1).max(10),
      ...imageLook,
    })
    .refine(
      ({ columns }) => new Set(columns.map((one) => one.actions.length)).size <= 1,
      'the number of actions must be the same in all columns',
    ),
  z.strictObject({
    type: z.literal('image_carousel'),
    columns: z
      .array(z.strictObject({ imageUrl: media, action: imageCarouselAction }))
      .min(1)
      .max(10),
  }),
]);

const area = z.strictObject({ x: count, y: count, width: count, height: count });
const imagemapAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('uri'), label: chars(100).optional(), linkUri: link, area }),
  z.strictObject({
    type: z.literal('message'),
    label: chars(100).optional(),
    text: chars(400),
    area,
  }),
  z.strictObject({
    type: z.literal('clipboard'),
    label: chars(100).optional(),
    clipboardText: chars(1000),
    area,
  }),
]);

/** A message object as LINE accepts it; unknown properties are mistakes. */
export const message = z.discriminatedUnion('type', [
  text,
  textV2,
  z.strictObject({
    type: z.literal('sticker'),
    packageId: chars(20),
    stickerId: chars(20),
    quoteToken,
    ...envelope,
  }),
  z.strictObject({
    type: z.literal('image'),
    originalContentUrl: media,
    previewImageUrl: media,
    ...envelope,
  }),
  z.strictObject({
    type: z.literal('video'),
    originalContentUrl: media,
    previewImageUrl: media,
    trackingId: chars(100).optional(),
    ...envelope,
  }),
  z.strictObject({
    type: z.literal('audio'),
    originalContentUrl: media,
    duration: z.number().positive(),
    ...envelope,
  }),
  z.strictObject({
    type: z.literal('location'),
    title: chars(100),
    address: chars(100),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    ...envelope,
  }),
  z.strictObject({ type: z.literal('flex'), altText, contents: flexContents, ...envelope }),
  z.strictObject({ type: z.literal('template'), altText, template, ...envelope }),
  z.strictObject({
    type: z.literal('imagemap'),
    baseUrl: media,
    altText,
    baseSize: z.strictObject({ width: z.literal(1040), height: z.int().min(1) }),
    actions: z.array(imagemapAction).min(1).max(50),
    video: z.looseObject({}).optional(),
    ...envelope,
  }),
  z.strictObject({
    type: z.literal('coupon'),
    couponId: chars(100),
    deliveryTag: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,30}$/)
      .optional(),
    ...envelope,
  }),
]);
