import type { SwitchState } from '../wire.ts';
import { button, h } from './element.ts';
import { post } from './server.ts';
import { toast, toastWhy } from './toast.ts';

/** Each with what is to be seen. */
const mishaps: readonly [string, string, string][] = [
  ['rate', '429（速すぎる）', '返事は少し遅れて、一度だけ届きます。'],
  ['quota', '429（今月の通数切れ）', '時間が来てもお知らせは届かず、次の返事と一緒に届きます。'],
  ['error', '500（LINEの故障）', 'ボットが送り直します。届くのは一度だけです。'],
  ['hang', '応答なし', 'ボットは10秒ほどで送り直します。届くのは一度だけです。'],
  ['reset', '通信が切れる', 'ボットがすぐ送り直します。届くのは一度だけです。'],
  ['lost', '届いたのに通信が切れる', '届いたか分からなくても、二度は届きません。'],
  ['slow', '遅い（3秒）', '返事は届きます。続けて送った言葉には、3秒後に順番どおり答えます。'],
];
const counts: readonly [string, string][] = [
  ['1', '次の1回'],
  ['3', '次の3回'],
  ['10', '次の10回'],
  ['', '止めるまで'],
];

/** Switches that let LINE misbehave, so that anyone can watch the bot cope. */
export function createSwitchboard(on: {
  userId: () => string | undefined;
  isBlocked: () => boolean;
  block: () => void;
}): { element: HTMLElement; show(switches: SwitchState): void } {
  const toUser = (what: string, said: string) => () => flip({ what, userId: on.userId() }, said)();

  const now = h('p', 'now');
  now.setAttribute('role', 'status');
  const quota = h('p', 'hint');
  const blocking = button('plain', '', () => on.block());
  let doubled = false;
  // A button like the others: it says what the server said last, where a box would say what somebody hopes for.
  const doubling = button('plain', '', () =>
    flip(
      { what: 'double', on: !doubled },
      doubled ? '一度ずつに戻しました' : 'これから二度ずつ届けます',
    )(),
  );
  const times = h('select', '');
  times.setAttribute('aria-label', '何回');
  for (const [value, label] of counts) {
    const option = h('option', '', label);
    option.value = value;
    times.append(option);
  }
  const faulty = (mishap: string, label: string) =>
    button('plain', label, () => {
      const count = times.value === '' ? {} : { times: Number(times.value) };
      flip({ what: 'mishap', mishap, ...count }, `LINEの不調: ${label}`)();
    });

  const element = h(
    'div',
    'switchboard',
    h('h3', '', 'イベント'),
    row(
      button('plain', '友だち追加', toUser('follow', '友だち追加を届けました')),
      'あいさつとメニューが届きます。',
    ),
    row(blocking, 'ボットはこの人のことを忘れ、お知らせも届きません。解除すると、あいさつします。'),
    row(
      button('plain', '直前のイベントを再配信', toUser('redeliver', 'もう一度届けました')),
      '何も起きません。答えるのは一度だけです。',
    ),
    row(doubling, '答えは一度ずつです。'),
    row(
      button(
        'plain',
        '次の返信トークンを切らす',
        flip({ what: 'expire-next' }, '次の返事は届きません'),
      ),
      '次の返事は届かず、その次の返事の前に、おわびと一緒に届きます。',
    ),
    h('h3', '', 'LINEの応答', times),
    ...mishaps.map(([mishap, label, seen]) => row(faulty(mishap, label), seen)),
    h('h3', '', '今月のプッシュ'),
    row(
      button('plain', '残りを0通にする', flip({ what: 'leave', pushes: 0 }, '残り0通です')),
      'お知らせは届かず、次の返事と一緒に届きます。',
    ),
    quota,
    row(
      button('plain main', 'すべて元に戻す', flip({ what: 'clear' }, '元に戻しました')),
      'ふつうに動きます。通数切れのあと、お知らせは10分ほどでまた届きます。',
    ),
  );
  element.prepend(now);

  return {
    element,
    show({ doubling: twice, expiring, mishaps: active, quota: { used, left } }) {
      doubled = twice;
      doubling.textContent = twice ? 'イベントを一度ずつに戻す' : 'イベントを毎回二度届ける';
      blocking.textContent = on.isBlocked() ? 'ブロックを解除する' : 'ブロックする';
      const list = [
        ...(twice ? ['二度届ける'] : []),
        ...(expiring ? ['次のトークン切れ'] : []),
        ...active.map(
          ({ mishap, times: rest }) =>
            `${labelOf(mishap)}・${rest ? `あと${rest}回` : '止めるまで'}`,
        ),
      ];
      now.textContent = list.length > 0 ? `いま: ${list.join('、')}` : 'いま: 不調なし';
      now.classList.toggle('bad', list.length > 0);
      quota.textContent = `使った数 ${used}通・残り ${left === null ? '制限なし' : `${left}通`}`;
    },
  };
}

/** Sets a switch of the server's and says what it means now. */
function flip(body: object, said: string): () => void {
  return () => {
    post('/switch', body).then(
      () => toast(said),
      (error: unknown) => toastWhy(error, 'いまは切り替えられません'),
    );
  };
}

function labelOf(mishap: string): string {
  return mishaps.find(([name]) => name === mishap)?.[1] ?? mishap;
}

function row(control: HTMLElement, seen: string): HTMLElement {
  return h('div', 'switch', control, h('span', 'hint', seen));
}
