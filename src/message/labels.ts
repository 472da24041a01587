import { z } from 'zod';

const words = z.string().trim().min(1);
const tone = z.strictObject({
  word: words,
  /** One or two characters in a badge, so that the tone does not hang on colour. */
  sign: z.string().trim().min(1).max(2),
});

/** messages/ja/labels.yaml: the fixed words of the cards, the same for all topics. */
export const labels = z.strictObject({
  kinds: z.strictObject({
    steps: words,
    checklist: words,
    phrases: words,
    links: words,
    menu: words,
  }),
  tones: z.strictObject({ info: tone, care: tone, urgent: tone }),
  classes: z.strictObject({
    official: words,
    public: words,
    third_party: words,
    unverified: words,
  }),
  checked: words,
  /** Shown by itself under words that use a fact past its review date. */
  caution: words,
  unofficial: words,
  copy: z.strictObject({ ja: words, en: words, mail: words, number: words }),
  call: words,
  noCall: words,
  english: words,
  reading: words,
  page: words,
  swipe: words,
  byNumber: words,
  /** What stands for a slot the user has not filled. */
  open: words,
  /** What stands for a piece that the output guard takes out. */
  withheld: words,
});

/** What is put into a label, each once; all others stand as they are. */
export const LABEL_VALUES: Readonly<Partial<Record<keyof Labels, readonly string[]>>> = {
  checked: ['date'],
  call: ['number'],
  page: ['page', 'pages'],
};

export type Labels = z.infer<typeof labels>;
