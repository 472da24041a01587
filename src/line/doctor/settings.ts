import type { Config, LineSettings } from '../../config.ts';
import { type Finding, check, ok, problem } from './finding.ts';

/** Node runs TypeScript without a build from here on, and has SQLite built in. */
const OLDEST_NODE = [22, 18] as const;

export function lookAtNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const old = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return old
    ? problem(
        'node',
        'Node.js',
        `${version} は古すぎます。`,
        `Node.js ${OLDEST_NODE.join('.')} 以上（長期サポートの 24 がおすすめ）を入れてください。`,
      )
    : ok('node', 'Node.js', version);
}

/** The settings were read; what of them would surprise in production. Says nothing of their values. */
export function lookAtSettings(config: Config & { line: LineSettings }): Finding[] {
  const { channelSecrets, apiBaseUrl } = config.line;
  const id = 'settings';
  const title = '設定';
  const found: Finding[] = [];
  if (!config.production)
    found.push(
      check(
        id,
        title,
        'NODE_ENV が production ではありません（開発用の動きになります）。',
        '本番では NODE_ENV=production にしてください（docker compose では自動です）。',
      ),
    );
  if (new URL(apiBaseUrl).host !== 'api.line.me')
    found.push(
      check(
        id,
        title,
        'LINE_API_BASE_URL が LINE の本物の宛先ではありません。',
        'テストでなければ、この設定を消してください。',
      ),
    );
  if (channelSecrets.some((secret) => !/^[0-9a-f]{32}$/.test(secret)))
    found.push(
      check(
        id,
        title,
        'LINE_CHANNEL_SECRET が、いつもの形（英数字32文字）ではありません。',
        'チャネルIDやトークンを入れていないか、LINE Developers コンソール →「チャネル基本設定」→「チャネルシークレット」と見比べてください。',
      ),
    );
  if (channelSecrets.length > 1)
    found.push(
      check(
        id,
        title,
        `チャネルシークレットが ${channelSecrets.length} 個あります（入れ替え中）。`,
        'LINE 側の切り替えが済んでいれば、古いほうを消して起動し直してください。',
      ),
    );
  return found.length > 0 ? found : [ok(id, title, '必要なものはそろっています。')];
}
