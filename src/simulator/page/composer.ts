import { button, byId } from './element.ts';
import { sheet } from './sheet.ts';

export type Media = 'sticker' | 'image' | 'video' | 'audio' | 'file' | 'location';

const kinds: [Media, string][] = [
  ['sticker', 'スタンプを送る'],
  ['image', '写真を送る'],
  ['video', '動画を送る'],
  ['audio', '音声を送る'],
  ['file', 'ファイルを送る'],
  ['location', '位置情報を送る'],
];

/** The input row at the foot. Enter sends, Shift+Enter makes a new line. */
export function createComposer(on: {
  /** Whether it was sent; what was not stands in the input again, before what has been typed meanwhile. */
  text(text: string): Promise<boolean>;
  media(kind: Media): void;
}): {
  type(text: string): void;
  focus(): void;
  enable(yes: boolean): void;
} {
  const form = byId('bar', HTMLFormElement);
  const words = byId('words', HTMLTextAreaElement);
  const send = byId('send', HTMLButtonElement);
  const attach = byId('attach', HTMLButtonElement);

  async function say(text: string): Promise<void> {
    const sent = await on.text(text);
    if (!sent) words.value = [text, words.value].filter(Boolean).join('\n');
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (text === '') return;
    words.value = '';
    void say(text);
  });
  words.addEventListener('keydown', (event) => {
    // While Japanese is being converted, Enter takes the conversion and does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  attach.addEventListener('click', () =>
    sheet('送るものを選ぶ', (close) =>
      kinds.map(([kind, label]) =>
        button('', label, () => {
          close();
          on.media(kind);
        }),
      ),
    ),
  );
  return {
    type(text) {
      words.value = text;
      words.focus();
    },
    focus: () => words.focus(),
    enable(yes) {
      for (const control of [words, send, attach]) control.disabled = !yes;
    },
  };
}
