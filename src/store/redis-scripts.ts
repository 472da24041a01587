import { readFileSync } from 'node:fs';
import { Cluster, type Redis } from 'ioredis';
import {
  deadPerOwner,
  keepDeadMs,
  keepMailMs,
  keepTimerMs,
  apartFrom,
  longestLeaseMs,
  longestRetryMs,
  maxFailures,
  maxLost,
  mostWaiting,
  paceFrom,
  paceMs,
  rememberAtMost,
  rememberMs,
} from './limits.ts';
import { lacksRight, nodeWithinMs, within } from './redis-outage.ts';

/** Each script, with the shared parts it needs before it. lua/<name>.lua documents KEYS, ARGV and what it returns. */
const parts = {
  accept: ['record', 'mailbox', 'fold', 'accept'],
  take: ['record', 'mailbox', 'dead', 'take'],
  renew: ['mailbox', 'renew'],
  'give-back': ['mailbox', 'give-back'],
  commit: ['record', 'mailbox', 'timers', 'commit'],
  fail: ['mailbox', 'dead', 'fail'],
  release: ['record', 'mailbox', 'timers', 'release'],
  forget: ['record', 'mailbox', 'forget'],
  recall: ['record', 'mailbox', 'recall'],
  stats: ['mailbox', 'stats'],
  adopt: ['mailbox', 'adopt'],
} as const;

export type ScriptName = keyof typeof parts;

/** What ends, or gives back, what was accepted: a full Redis that refused it would never be less full. */
const evenWhenFull: ReadonlySet<string> = new Set<ScriptName>([
  'take',
  'renew',
  'give-back',
  'commit',
  'fail',
  'forget',
]);

/** Runs one script; KEYS, then ARGV. Rejects as ioredis does. */
export type RunScript = (
  name: ScriptName,
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<unknown>;

/**
 * Makes the scripts known to the client. ioredis sends each by its hash, and whole when Redis does not know it yet.
 * `wakeChannel`: where each queued owner is announced.
 */
export function defineScripts(client: Redis | Cluster, wakeChannel: string): RunScript {
  const onCluster = client instanceof Cluster;
  const constants = [
    ...(onCluster ? [dropGuard] : []),
    `local WAKE_CHANNEL = ${JSON.stringify(wakeChannel)}`,
    `local REMEMBER_MS, REMEMBER_AT_MOST = ${rememberMs}, ${rememberAtMost}`,
    `local MAX_FAILURES, MAX_LOST, APART_FROM = ${maxFailures}, ${maxLost}, ${apartFrom}`,
    `local KEEP_MAIL_MS, KEEP_DEAD_MS, KEEP_TIMER_MS = ${keepMailMs}, ${keepDeadMs}, ${keepTimerMs}`,
    `local MOST_WAITING, PACE_FROM, PACE_MS = ${mostWaiting}, ${paceFrom}, ${paceMs}`,
    `local LONGEST_RETRY_MS, LONGEST_LEASE_MS = ${longestRetryMs}, ${longestLeaseMs}`,
    `local DEAD_PER_OWNER = ${deadPerOwner}`,
  ];
  // ioredis keeps its commands on the client itself: the prefix keeps ours from hiding one of its own.
  for (const [name, files] of Object.entries(parts))
    client.defineCommand(`madoguchi-${name}`, {
      lua: [
        ...(evenWhenFull.has(name) ? ['#!lua flags=allow-oom'] : []),
        ...constants,
        ...files.map(read),
      ].join('\n'),
    });
  const gather = onCluster ? () => {} : createGather(client);
  return async (name, keys, args) => {
    gather();
    const command: unknown = Reflect.get(client, `madoguchi-${name}`);
    if (typeof command !== 'function') throw new TypeError(`Script ${name} is not defined.`);
    const named = onCluster ? guarded(keys) : keys;
    return Reflect.apply(command, client, [named.length, ...named, ...args]);
  };
}

/**
 * While a slot of a cluster moves to another node, some of an owner's keys are here and some there, and a script would
 * stop in the middle or find nothing. Redis knows only of the keys that a script names: as long as the slot moves,
 * neither node runs one that names a missing key beside another. So each names one that is never there.
 */
function guarded(keys: readonly string[]): readonly string[] {
  return [...keys, `${keys[0]}:nowhere`];
}

const dropGuard = 'KEYS[#KEYS] = nil';

/**
 * All commands of one round of the event loop leave in one write. Bought a tenth of the bot's CPU under load, and Redis
 * reads less often, too.
 */
function createGather(client: Redis): () => void {
  let gathering = false;
  return () => {
    if (gathering) return;
    const { stream } = client;
    // ioredis has no stream before its first connection.
    if (!(stream as typeof stream | undefined)?.writable) return;
    gathering = true;
    stream.cork();
    setImmediate(() => {
      gathering = false;
      stream.uncork();
    });
  };
}

/** Without this right nothing is lost (docs/scaling.md). */
const OPTIONAL = 'PUBLISH';

const listForbidden = `
local forbidden = {}
for i = 1, #ARGV do
  if not redis.acl_check_cmd(ARGV[i], KEYS[1]) then forbidden[#forbidden + 1] = ARGV[i] end
end
return forbidden`;

/**
 * The commands that the scripts would call and the client's user may not, on any of these keys. A script that met one in
 * the middle of its work would stop there. A node that is away just now is not asked.
 * Rejects as ioredis does when scripts are not allowed at all.
 */
export async function forbiddenCommands(
  client: Redis | Cluster,
  keys: readonly string[],
): Promise<string[]> {
  const files = new Set(Object.values(parts).flat());
  const calls = [...files].flatMap((part) => [...read(part).matchAll(/redis\.p?call\('(\w+)'/g)]);
  const needed = new Set(calls.map(([, name = '']) => name));
  needed.delete(OPTIONAL);
  const answers = await Promise.all(
    keys.map((key) =>
      within(nodeWithinMs, client.eval(listForbidden, 1, key, ...needed)).catch(
        (error: unknown) => {
          if (error instanceof Error && lacksRight(error.message)) throw error;
          return [];
        },
      ),
    ),
  );
  return [...new Set((answers as string[][]).flat())];
}

const texts = new Map<string, string>();

/** A part of a script; each file is read once. */
function read(part: string): string {
  const text =
    texts.get(part) ?? readFileSync(new URL(`./lua/${part}.lua`, import.meta.url), 'utf8');
  texts.set(part, text);
  return text;
}
