import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

/** The operator's settings are not usable. The message names every problem and its remedy, never a value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(
      `設定に問題があります。\n${problems.map((problem) => `・${problem}`).join('\n')}`,
      options,
    );
    this.problems = problems;
  }
}

const flag = z
  .enum(['on', 'off', 'true', 'false', '1', '0'], 'on か off を指定してください。')
  .transform((value) => value === 'on' || value === 'true' || value === '1');

const baseUrl = z
  .string()
  .refine(isHttpUrl, 'https:// で始まる URL を指定してください。')
  .transform((value) => value.replace(/\/+$/, ''));

const header = z
  .string()
  .regex(
    /^[!-~]+$/,
    '空白や全角文字が混ざっています。LINE Developers コンソールからコピーし直してください。',
  );

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine(
      (value) => /^\d{1,6}$/.test(value) && Number(value) >= min && Number(value) <= max,
      `${min}〜${max} の整数を指定してください。`,
    )
    .transform(Number);

const quietHours = z
  .string()
  .regex(/^(?:off|([01]?\d|2[0-3])-([01]?\d|2[0-3]))$/, '「22-8」の形か off を指定してください。')
  .transform((value): QuietHours | 'off' => {
    const [from, to] = value.split('-').map(Number);
    return from === undefined || to === undefined || from === to
      ? 'off'
      : { fromHour: from, toHour: to };
  });

/** Every setting there is: .env.example explains each, and a test compares the two. */
export const settings = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, '127.0.0.1 のように、この機械のアドレスを指定してください。')
    .optional(),
  // A misspelt production would quietly be none: the simulator open, content reloaded, missing keys no mistake.
  NODE_ENV: z
    .enum(
      ['production', 'development', 'test'],
      '本番では production、お試しや開発では空にしてください。',
    )
    .default('development'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'fatal / error / warn / info / debug / trace / silent のどれかを指定してください。',
    )
    .default('info'),
  LINE_CHANNEL_SECRET: z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((secret) => secret.trim())
        .filter((secret) => secret !== ''),
    )
    .refine(
      (secrets) => secrets.length > 0,
      'コンマのあいだにチャネルシークレットがありません。LINE Developers コンソールからコピーし直してください。',
    )
    .refine(
      (secrets) => secrets.every((secret) => /^[!-~]+$/.test(secret)),
      '空白や全角文字が混ざっています。LINE Developers コンソールからコピーし直し、2つ書くときは半角の「,」で区切ってください。',
    )
    .optional(),
  LINE_CHANNEL_ACCESS_TOKEN: header.optional(),
  LINE_API_BASE_URL: baseUrl.default('https://api.line.me'),
  LINE_DATA_API_BASE_URL: baseUrl.default('https://api-data.line.me'),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?(?:\+cluster|\+sentinel)?:\/\/\S+$/,
      'redis:// か rediss://（クラスターは redis+cluster://、Sentinel は redis+sentinel://）で始まる URL を指定してください。',
    )
    .refine(
      isPercentEncoded,
      'パスワードの中の「%」は「%25」と書いてください（「@」は %40、「/」は %2F、「:」は %3A）。',
    )
    .optional(),
  SQLITE_PATH: z.string().default('data/madoguchi.sqlite'),
  QUIET_HOURS: quietHours.default({ fromHour: 22, toHour: 8 }),
  PUSH_FALLBACK: flag.default(false),
  PUSHES_PER_SECOND: wholeNumber(1, 1900).default(500),
  CONVERSATION_TTL_DAYS: wholeNumber(1, 365).default(30),
  UNMATCHED_SAMPLE: flag.default(false),
  METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]+$/, '空白や全角文字が混ざっています。半角の英数字と記号だけで作ってください。')
    .optional(),
  LOG_SALT: z.string().optional(),
});

/** Hours of the day in Japan, 0–23. `fromHour` may be later than `toHour`: then the quiet time spans midnight. */
export type QuietHours = { fromHour: number; toHour: number };

/** What is needed to speak with LINE. */
export type LineSettings = {
  /** At least one; the first that fits a signature wins (rotation). */
  channelSecrets: readonly string[];
  channelAccessToken: string;
  apiBaseUrl: string;
  dataApiBaseUrl: string;
};

export type Config = {
  production: boolean;
  port: number;
  /** Absent: all addresses of this machine. In try mode never anything but the loopback. */
  host: string | undefined;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Absent: each start draws its own, and hashed ids cannot be compared across starts. */
  logSalt: string | undefined;
  /** Absent: SQLite is the store. */
  redisUrl: string | undefined;
  sqlitePath: string;
  /** Absent: reminders may come at any hour. */
  quietHours: QuietHours | undefined;
  pushFallback: boolean;
  /** Of this process; LINE takes 2,000 a second from all instances together. */
  pushesPerSecond: number;
  conversationTtlMs: number;
  /** Whether a few masked texts that were not understood go to the log. */
  unmatchedSample: boolean;
  metricsToken: string | undefined;
} & ({ mode: 'try' } | { mode: 'live'; line: LineSettings });

const whereToFind = {
  LINE_CHANNEL_SECRET:
    'LINE Developers コンソール → 対象のチャネル →「チャネル基本設定」→「チャネルシークレット」をコピーして、.env に書いてください。',
  LINE_CHANNEL_ACCESS_TOKEN:
    'LINE Developers コンソール → 対象のチャネル →「Messaging API設定」→「チャネルアクセストークン」を発行し、.env に書いてください。',
};

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Reads the settings from `env`; a blank value counts as absent (compose files and .env.example leave blanks).
 * @throws ConfigError with all problems at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  const problems = missingKeys(given);
  if (!parsed.success)
    problems.push(
      ...parsed.error.issues.map((issue) => `設定 ${issue.path.join('.')}: ${issue.message}`),
    );
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const value = parsed.data;
  const common = {
    production: value.NODE_ENV === 'production',
    port: value.PORT,
    host: value.HOST,
    logLevel: value.LOG_LEVEL,
    logSalt: value.LOG_SALT,
    redisUrl: value.REDIS_URL,
    sqlitePath: value.SQLITE_PATH,
    quietHours: value.QUIET_HOURS === 'off' ? undefined : value.QUIET_HOURS,
    pushFallback: value.PUSH_FALLBACK,
    pushesPerSecond: value.PUSHES_PER_SECOND,
    conversationTtlMs: value.CONVERSATION_TTL_DAYS * dayMs,
    unmatchedSample: value.UNMATCHED_SAMPLE,
    metricsToken: value.METRICS_TOKEN,
  };
  const channelSecrets = value.LINE_CHANNEL_SECRET;
  const channelAccessToken = value.LINE_CHANNEL_ACCESS_TOKEN;
  if (channelSecrets === undefined || channelAccessToken === undefined)
    return { ...common, mode: 'try' };
  const line = {
    channelSecrets,
    channelAccessToken,
    apiBaseUrl: value.LINE_API_BASE_URL,
    dataApiBaseUrl: value.LINE_DATA_API_BASE_URL,
  };
  return { ...common, mode: 'live', line };
}

/**
 * The settings of this process: `.env` of the working directory, where the real environment wins.
 * @throws ConfigError also when the file is there and cannot be read.
 */
export function loadConfig(path = '.env'): Config {
  return readConfig({ ...readEnvFile(path), ...process.env });
}

/** One LINE key without the other is a mistake anywhere; none of them is one in production only. */
function missingKeys(given: Readonly<Record<string, unknown>>): string[] {
  const names = ['LINE_CHANNEL_SECRET', 'LINE_CHANNEL_ACCESS_TOKEN'] as const;
  const missing = names.filter((name) => given[name] === undefined);
  const needed = given['NODE_ENV'] === 'production' || missing.length === 1;
  return needed ? missing.map((name) => `設定 ${name} がありません。${whereToFind[name]}`) : [];
}

function readEnvFile(path: string): NodeJS.Dict<string> {
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new ConfigError(
      [
        `ファイル ${path} を読めません。ファイルの持ち主として実行してください（例 sudo -u madoguchi npm run line -- doctor）。持ち主と権限は ls -l ${path} でわかります。`,
      ],
      { cause },
    );
  }
}

/** Whoever connects decodes it. */
function isPercentEncoded(url: string): boolean {
  try {
    return decodeURIComponent(url) !== '';
  } catch {
    return false;
  }
}

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}
