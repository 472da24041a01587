import type { WebhookTest } from './admin.ts';
import type { Trouble } from './refusal-words.ts';

/** Why LINE's test of the webhook failed, for the operator; undefined when it went well. */
export function webhookVerdict({ success, statusCode, reason }: WebhookTest): Trouble | undefined {
  if (success) return undefined;
  if (statusCode <= 0) return noAnswer(reason);
  const known = byStatus[statusCode];
  if (known) return known;
  if (statusCode >= 300 && statusCode < 400)
    return {
      what: `その URL は別の場所へ転送しています（${statusCode}）。LINE は転送先へは進みません。`,
      remedy: '転送のない URL（https で、末尾の / や www の有無も最後のもの）を指定してください。',
    };
  return {
    what: `サーバーが ${statusCode} を返しました（200 が要ります）。`,
    remedy: '窓口のログと、手前のプロキシのログを確かめてください。',
  };
}

function noAnswer(reason: string): Trouble {
  if (/TIMEOUT/i.test(reason))
    return {
      what: 'つながりましたが、時間内に答えがありません。',
      remedy:
        '窓口が動いているか（docker compose ps）、プロキシの渡し先のポート、保存先（Redis）の重さを確かめてください。',
    };
  return {
    what: `LINE からそのサーバーにつながりません（${/^[A-Z_]{1,40}$/.test(reason) ? reason : '理由不明'}）。`,
    remedy:
      'ドメインの DNS がこのサーバーを指すか、443番ポートが外から開いているか、証明書が公的な認証局のもので期限内か（自己署名は使えません。Let’s Encrypt は使えます）を確かめてください。',
  };
}

const byStatus: Readonly<Record<number, Trouble>> = {
  401: {
    what: '署名が合いません（401）。窓口のチャネルシークレットが、このチャネルのものと違います。',
    remedy:
      'LINE Developers コンソール →「チャネル基本設定」→「チャネルシークレット」を LINE_CHANNEL_SECRET に入れ、窓口を起動し直してください。プロキシが認証を求めている場合も 401 になります。',
  },
  403: {
    what: '手前のプロキシかファイアウォールが断っています（403）。',
    remedy:
      'POST /webhook をそのまま通してください。LINE の送信元 IP は公開されていないため、IP での制限はできません。',
  },
  404: {
    what: 'その場所には何もありません（404）。',
    remedy:
      'URL の最後は /webhook です。プロキシが /webhook を窓口へ渡しているかも確かめてください。',
  },
  405: {
    what: 'その場所は POST を受けません（405）。',
    remedy: 'プロキシが POST を GET に変えていないか、URL の最後が /webhook かを確かめてください。',
  },
  413: {
    what: 'プロキシが本文を大きすぎるとして断りました（413）。',
    remedy: 'プロキシの本文の上限を 1 MB 以上にしてください。',
  },
  415: {
    what: '本文が圧縮されて届いています（415）。',
    remedy: 'プロキシに、本文を書き換えず、そのまま渡させてください（署名も合わなくなります）。',
  },
  500: {
    what: '窓口の中でエラーが起きました（500）。',
    remedy: '窓口のログを見てください（docker compose logs bot）。',
  },
  502: {
    what: 'プロキシから窓口につながりません（502）。',
    remedy:
      '窓口が動いているか（docker compose ps）と、プロキシの渡し先のポートを確かめてください。',
  },
  503: {
    what: '窓口は動いていますが、保存先に書けません（503）。',
    remedy:
      'Redis（または SQLite のファイル）を確かめてください。npm run line -- doctor の「保存先」に詳しく出ます。',
  },
  504: {
    what: 'プロキシが窓口の答えを待ちきれませんでした（504）。',
    remedy: '窓口の負荷と保存先の重さ、プロキシの渡し先を確かめてください。',
  },
};
