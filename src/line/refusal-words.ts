import type { Refusal } from './outcome.ts';

export type Trouble = { what: string; remedy: string };

/** In Japanese, for the operator: what LINE's no means, and what to do. Holds nothing that was sent. */
export function refusalWords(refusal: Refusal): Trouble {
  switch (refusal.kind) {
    case 'unauthorized':
      return {
        what: 'LINE がチャネルアクセストークンを受け付けません。',
        remedy:
          'LINE Developers コンソール → チャネル →「Messaging API設定」→「チャネルアクセストークン（長期）」を発行し直し、LINE_CHANNEL_ACCESS_TOKEN に入れて起動し直してください。',
      };
    case 'forbidden':
      return {
        what: 'このアカウントでは、この API を使えません。',
        remedy:
          'LINE Official Account Manager →「設定」→「Messaging API」で利用を開始しているか、アカウントが停止されていないかを確かめてください。',
      };
    case 'rateLimited':
    case 'quotaExhausted':
      return {
        what: 'LINE の呼び出し回数の上限に達しました。',
        remedy:
          '1時間ほどおいて、もう一度実行してください（リッチメニューの作成は1時間に100回、Webhook の検証は60回までです）。',
      };
    case 'unavailable':
      return unavailable(refusal.cause);
    case 'rejected':
      return {
        what: `LINE が受け付けませんでした（${refusal.status} ${[refusal.message, ...refusal.details.map(({ property, message }) => `${property}: ${message}`)].filter((part) => part !== '').join(' / ')}）。`,
        remedy:
          '少し待ってもう一度実行し、続くようなら、この表示をそえて開発者に知らせてください。',
      };
    case 'invalidToken':
    case 'unknownRecipient':
      return {
        what: 'LINE から思いがけない答えが返りました。',
        remedy: '少し待って、もう一度実行してください。',
      };
  }
}

const network =
  'このサーバーから https://api.line.me につながるか（DNS、ファイアウォール、プロキシ）を確かめてください。';

function unavailable(cause: string): Trouble {
  if (/^ENOTFOUND|^EAI_/.test(cause))
    return { what: 'LINE の名前（DNS）を引けません。', remedy: network };
  if (cause === 'timeout' || /TIMEOUT/.test(cause))
    return { what: 'LINE から時間内に答えがありません。', remedy: network };
  if (cause.startsWith('http 5'))
    return {
      what: `LINE の側で問題が起きています（${cause.replace('http ', '')}）。`,
      remedy: 'https://api.line-status.info/ で障害の情報を見て、あとで実行してください。',
    };
  if (/CERT|TLS|SIGNED/.test(cause))
    return {
      what: `LINE との暗号通信（TLS）を始められません（${cause}）。`,
      remedy: 'このサーバーの時計と、通信を中継するプロキシを確かめてください。',
    };
  return { what: `LINE につながりません（${cause}）。`, remedy: network };
}
