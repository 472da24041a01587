import type { Event } from '../dialog/event.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { SendOutcome } from './outcome.ts';

/**
 * Makes one call to send, counts it and writes the line that LINE recommends to keep: when, which call, its outcome
 * and LINE's request id. Never what was sent.
 */
export function createTry({ log, metrics }: { log: Log; metrics: Metrics }) {
  return async (
    call: 'reply' | 'push',
    { event, attempt }: { event: Event; attempt: number },
    send: () => Promise<SendOutcome>,
  ): Promise<SendOutcome> => {
    const stop = metrics.sendSeconds.startTimer({ call });
    const outcome = await send();
    stop();
    metrics.sends.inc({ call, outcome: outcome.kind });
    const { level, words } = sayings[outcome.kind];
    log[level]({ call, line: outcome, owner: event.owner, event: event.id, attempt }, words);
    return outcome;
  };
}

type Saying = { level: 'debug' | 'info' | 'warn' | 'error'; words: string };

const sayings: Readonly<Record<SendOutcome['kind'], Saying>> = {
  // A line for each answer would cost a twentieth of the CPU; LOG_LEVEL=debug shows them with LINE's request ids.
  sent: { level: 'debug', words: '送信しました。' },
  alreadySent: { level: 'info', words: '送信ずみでした。' },
  invalidToken: { level: 'info', words: '返信トークンは使用ずみか期限切れでした。' },
  unavailable: { level: 'warn', words: 'LINE につながらないか、応答がありません。' },
  rateLimited: {
    level: 'warn',
    words: 'LINE の呼び出し回数の上限に達しました。間隔をあけて送り直します。',
  },
  // The operator is told by the quota (quota.ts), once.
  quotaExhausted: {
    level: 'info',
    words: '今月のメッセージ数の上限に達しました。プッシュは送れません。',
  },
  unknownRecipient: { level: 'warn', words: '宛先が LINE にありません（退会など）。' },
  rejected: {
    level: 'error',
    words: 'LINE がメッセージを受け付けませんでした。内容（カード）の不具合と思われます。',
  },
  unauthorized: {
    level: 'error',
    words:
      'LINE の認証に失敗しました。LINE_CHANNEL_ACCESS_TOKEN を LINE Developers コンソールで確かめてください。',
  },
  forbidden: {
    level: 'error',
    words: 'この LINE アカウントではこの API を使えません。プランと権限を確かめてください。',
  },
};
