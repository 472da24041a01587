import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createServer } from '../../src/server.ts';

/** When the golden conversations begin; the try mode of the tests begins then, too. */
const START_MS = Date.parse('2026-11-21T10:00:00+09:00');

export type TryHouse = {
  url: string;
  /** The bot stops, as with Ctrl+C; its memory stays on disk. */
  stop(): Promise<void>;
  /** It is started again, at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** The whole bot in try mode, with its simulator, on a store of its own. Its clock starts on a Saturday at ten. */
export async function openTryHouse(): Promise<TryHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-try-'));
  const sqlitePath = join(folder, 'try.sqlite');
  const openedMs = Date.now();
  const open = (port: number) => {
    const env = { PORT: `${port}`, LOG_LEVEL: 'silent', SQLITE_PATH: sqlitePath };
    return createServer(readConfig(env), () => START_MS + Date.now() - openedMs);
  };
  let bot = await open(0);
  const { port } = bot;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => bot.stop(),
    async start() {
      bot = await open(port);
    },
    async close() {
      await bot.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
