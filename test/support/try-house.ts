import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createServer } from '../../src/server.ts';

/** When the golden conversations begin; the try mode of the tests begins then, too. */
const START_MS = Date.parse('2026-11-21T10:00:00+09:00');

export type TryHouse = { url: string; close(): Promise<void> };

/** The whole bot in try mode, with its simulator, on a store of its own. Its clock starts on a Saturday at ten. */
export async function openTryHouse(): Promise<TryHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-try-'));
  const sqlitePath = join(folder, 'try.sqlite');
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', SQLITE_PATH: sqlitePath });
  const openedMs = Date.now();
  const bot = await createServer(config, () => START_MS + Date.now() - openedMs);
  return {
    url: `http://127.0.0.1:${bot.port}`,
    async close() {
      await bot.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
