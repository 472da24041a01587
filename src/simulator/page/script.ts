import { copy } from './copy.ts';
import { button, h } from './element.ts';
import { getText, post } from './server.ts';
import { toastWhy } from './toast.ts';

/** Saving the open chat as a text, and playing such a text again in a new chat. */
export function createScript(on: {
  userId: () => string | undefined;
  played: (userId: string) => void;
}): { element: HTMLElement; show(name: string): void } {
  const saving = h('a', 'plain', '会話を保存する');
  const copying = button('plain', '会話をコピー', () => {
    const user = on.userId();
    if (user)
      getText(`/script/${user}`).then(copy, (error: unknown) =>
        toastWhy(error, '会話を読めませんでした'),
      );
  });
  const text = h('textarea', 'script');
  text.rows = 4;
  text.setAttribute('aria-label', '再生する会話');
  text.placeholder = '> 荷物が届かない\n> (1時間後)';
  const file = h('input', 'file');
  file.type = 'file';
  file.accept = '.txt,text/plain';
  file.addEventListener('change', () => {
    void file.files?.[0]?.text().then((read) => (text.value = read));
  });
  const playing = button('plain main', '再生する', () => {
    post<{ userId: string }>('/replay', { script: text.value }).then(
      ({ userId }) => on.played(userId),
      (error: unknown) => toastWhy(error, '再生できませんでした'),
    );
  });
  return {
    element: h(
      'div',
      'script-box',
      h('div', 'moves', saving, copying),
      h(
        'p',
        'hint',
        '「>」の行を、新しいトークで順に送ります。「(1時間後)」などの行では時計が進みます。',
      ),
      text,
      h('div', 'moves', h('label', 'plain file-choice', 'ファイルを開く', file), playing),
    ),
    show(name) {
      const user = on.userId();
      if (user) saving.href = `/try/api/script/${user}`;
      // Plain letters: some systems turn any others into a file called "download".
      saving.download = `madoguchi-${name.replaceAll(/[^A-Za-z0-9]/g, '') || 'chat'}.txt`;
    },
  };
}
