import { Cluster } from 'ioredis';
import { ConfigError } from '../../config.ts';
import { checkRedis, closeClient, createClient } from '../../store/redis-connect.ts';
import { queueKeysOf } from '../../store/owner-key.ts';
import { type Finding, check, ok, problem } from './finding.ts';

/** Redis by the URL of the settings, which is never shown: reachable, new enough, keeps what it is given. */
export async function lookAtRedis(url: string): Promise<Finding[]> {
  let client: ReturnType<typeof createClient> | undefined;
  try {
    client = createClient(url);
    client.on('error', () => undefined);
    await checkRedis(client, { keys: queueKeysOf() });
    const nodes = client instanceof Cluster ? client.nodes('master') : [client];
    const looks = await Promise.all(
      nodes.map(async (node) => {
        const info = readInfo(await node.info());
        // Rented servers often forbid CONFIG.
        const save = await node.config('GET', 'save').then(saveOf, () => undefined);
        return { info, save };
      }),
    );
    const [first] = looks;
    const version = first?.info['valkey_version'] ?? first?.info['redis_version'] ?? '';
    const kind = first?.info['valkey_version'] === undefined ? 'Redis' : 'Valkey';
    const size = looks.length > 1 ? `、${looks.length} 台のクラスター` : '';
    return [
      looks.some(({ info }) => info['role'] === 'slave')
        ? problem(
            'store',
            '保存先',
            `${kind} ${version} は複製（レプリカ）で、書き込めません。`,
            'REDIS_URL に、書き込めるほう（プライマリー）を指定してください。',
          )
        : ok('store', '保存先', `${kind} ${version}${size}`),
      worst(looks.map(persistence)),
      worst(looks.map(memory)),
    ];
  } catch (error) {
    const known = error instanceof ConfigError ? error.problems.join(' ') : undefined;
    return [
      problem(
        'store',
        '保存先',
        'Redis を使えません。',
        known ?? 'Redis が動いているか、その設定とログを確かめてください。',
      ),
    ];
  } finally {
    if (client) closeClient(client);
  }
}

type Look = { info: Readonly<Record<string, string>>; save: string | undefined };

function persistence({ info, save }: Look): Finding {
  const id = 'store-persistence';
  const title = '保存先の永続化';
  const remedy =
    'Redis の設定に appendonly yes を入れて起動し直してください（docker compose では入っています）。';
  const aof = info['aof_enabled'] === '1';
  // After either Redis takes no writes.
  if ((aof && info['aof_last_write_status'] !== 'ok') || info['rdb_last_bgsave_status'] === 'err')
    return problem(
      id,
      title,
      'ディスクに書けていません。届いた言葉を受け取れません（LINE に 503 を返します）。',
      'ディスクの空きと、Redis のログを確かめてください。',
    );
  if (aof) return ok(id, title, 'AOF が動いています（書いたものをディスクに残します）。');
  if (save === '')
    return problem(
      id,
      title,
      'ディスクに残していません。Redis が止まると、会話もお知らせも消えます。',
      remedy,
    );
  return check(
    id,
    title,
    'AOF がオフです。Redis が急に止まると、最後のスナップショットより後が消えます。',
    remedy,
  );
}

function memory({ info }: Look): Finding {
  const id = 'store-memory';
  const title = '保存先のメモリー';
  const used = Number(info['used_memory'] ?? 0);
  const most = Number(info['maxmemory'] ?? 0);
  const policy = info['maxmemory_policy'] ?? '';
  const says = `${megabytes(used)} 使用${most > 0 ? `（上限 ${megabytes(most)}）` : '（上限なし）'}`;
  if (policy !== 'noeviction') {
    const make = most > 0 ? problem : check;
    return make(
      id,
      title,
      `${says}。maxmemory-policy が ${policy} です。足りなくなると、会話やお知らせを黙って消します。`,
      'maxmemory-policy を noeviction にしてください。',
    );
  }
  const remedy = 'maxmemory を増やすか、CONVERSATION_TTL_DAYS を短くしてください。';
  // Redis stays just below once it refuses writes.
  if (most > 0 && used > most * 0.98)
    return problem(
      id,
      title,
      `${says}。いっぱいです。届いた言葉を受け取れません（LINE に 503 を返します）。`,
      remedy,
    );
  return most > 0 && used > most * 0.8
    ? check(id, title, `${says}。残りが少なくなっています。`, remedy)
    : ok(id, title, `${says}、noeviction`);
}

/** Of a cluster's servers the one that is worst off. */
function worst(findings: readonly Finding[]): Finding {
  const order = { problem: 0, check: 1, ok: 2 };
  const [first] = findings.toSorted((a, b) => order[a.state] - order[b.state]);
  return (
    first ?? problem('store', '保存先', 'Redis の答えが空です。', 'もう一度実行してください。')
  );
}

function readInfo(text: string): Record<string, string> {
  const pairs = text
    .split('\r\n')
    .filter((line) => line.includes(':'))
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const);
  return Object.fromEntries(pairs);
}

function saveOf(reply: unknown): string | undefined {
  return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
