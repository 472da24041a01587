import { createRedisStore } from './redis.ts';
import { createSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * The store that the settings name: Redis when there is a URL, else the SQLite file.
 * @throws ConfigError with the remedy when it cannot be used.
 */
export async function openStore(options: {
  redisUrl: string | undefined;
  sqlitePath: string;
  clock?: () => number;
  onError?: (error: unknown) => void;
  /** Trouble that `onError` was told about is over. */
  onBack?: () => void;
}): Promise<Store> {
  const { redisUrl, sqlitePath, ...rest } = options;
  if (redisUrl === undefined) return createSqliteStore({ path: sqlitePath, ...rest });
  return createRedisStore({ url: redisUrl, ...rest });
}
