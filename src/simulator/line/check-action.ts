import { z } from 'zod';
import { chars, link } from './check-base.ts';

const data = chars(300);

function postback(label: z.ZodType, withText: boolean) {
  return z
    .strictObject({
      type: z.literal('postback'),
      label,
      data,
      displayText: chars(300).optional(),
      text: (withText ? chars(300) : z.never()).optional(),
      inputOption: z
        .enum(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])
        .optional(),
      fillInText: chars(300).optional(),
    })
    .refine((one) => one.displayText === undefined || one.text === undefined, {
      message: 'displayText and text must not be used together',
      path: ['displayText'],
    })
    .refine((one) => one.fillInText === undefined || one.inputOption === 'openKeyboard', {
      message: 'needs inputOption openKeyboard',
      path: ['fillInText'],
    });
}

const formats = {
  date: /^(?:19\d\d|20\d\d|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  time: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  datetime:
    /^(?:19\d\d|20\d\d|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d$/,
};

function picker(label: z.ZodType) {
  return z
    .strictObject({
      type: z.literal('datetimepicker'),
      label,
      data,
      mode: z.enum(['date', 'time', 'datetime']),
      initial: z.string().optional(),
      max: z.string().optional(),
      min: z.string().optional(),
    })
    .superRefine((one, context) => {
      for (const key of ['initial', 'max', 'min'] as const) {
        const value = one[key];
        if (value !== undefined && !formats[one.mode].test(value))
          context.addIssue({ code: 'custom', message: 'invalid date format', path: [key] });
      }
      if (one.min !== undefined && one.max !== undefined && one.min >= one.max)
        context.addIssue({ code: 'custom', message: 'min must be less than max', path: ['min'] });
    });
}

function common(label: z.ZodType, withAltUri: boolean) {
  return [
    z.strictObject({ type: z.literal('message'), label, text: chars(300) }),
    z.strictObject({
      type: z.literal('uri'),
      label,
      uri: link,
      altUri: (withAltUri ? z.strictObject({ desktop: link.optional() }) : z.never()).optional(),
    }),
    picker(label),
    z.strictObject({ type: z.literal('clipboard'), label, clipboardText: chars(1000) }),
  ] as const;
}

function actions(label: z.ZodType, withAltUri: boolean) {
  return z.discriminatedUnion('type', [postback(label, true), ...common(label, withAltUri)]);
}

/** Actions by where they stand; which labels and types are allowed differs (Messaging API reference, "Action objects"). */
export const flexButtonAction = actions(chars(40), true);
export const flexAction = actions(chars(40).optional(), true);
export const templateAction = actions(chars(20), false);
export const imageCarouselAction = actions(chars(12).optional(), false);
export const quickReplyAction = z.discriminatedUnion('type', [
  postback(chars(20), false),
  ...common(chars(20), false),
  z.strictObject({ type: z.literal('camera'), label: chars(20) }),
  z.strictObject({ type: z.literal('cameraRoll'), label: chars(20) }),
  z.strictObject({ type: z.literal('location'), label: chars(20) }),
]);
/** In a rich menu the label is only spoken, and another rich menu can be switched to. */
export const richMenuAction = z.discriminatedUnion('type', [
  postback(chars(20).optional(), true),
  ...common(chars(20).optional(), false),
  z.strictObject({
    type: z.literal('richmenuswitch'),
    label: chars(20).optional(),
    richMenuAliasId: chars(32),
    data,
  }),
]);
