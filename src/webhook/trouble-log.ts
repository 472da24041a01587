import type { Log } from '../log.ts';

const hints: Readonly<Record<number, string>> = {
  401: 'Webhook の署名が合わない要求を断りました。LINE_CHANNEL_SECRET がコンソールのチャネルシークレットと同じか、途中のプロキシが本文を書き換えていないかを確かめてください。',
  413: 'Webhook の本文が 1 MB を超えたので断りました。LINE 以外からの要求と思われます。',
  415: 'Webhook の本文が圧縮されていたので断りました。途中のプロキシで圧縮しない設定にしてください。',
  503: 'イベントを保存できないので LINE に再送を頼みました。Redis または SQLite の状態を確かめてください。',
};
const otherwise = 'Webhook の要求に応えられませんでした。';

const everyMs = 10_000;

/**
 * Says why requests were not taken, once in ten seconds per status with the number of those left unsaid: anyone on
 * the internet can send unsigned requests, and the log must not grow with them.
 */
export function createTroubleLog({ log, clock }: { log: Log; clock: () => number }) {
  const said = new Map<number, { untilMs: number; unsaid: number }>();
  return (status: number, err?: unknown): void => {
    const nowMs = clock();
    const last = said.get(status);
    if (last !== undefined && nowMs < last.untilMs) {
      last.unsaid += 1;
      return;
    }
    said.set(status, { untilMs: nowMs + everyMs, unsaid: 0 });
    const facts = { status, unsaid: last?.unsaid ?? 0, ...(err === undefined ? {} : { err }) };
    log[status >= 500 ? 'error' : 'warn'](facts, hints[status] ?? otherwise);
  };
}
