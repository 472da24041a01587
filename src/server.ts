import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDoor } from './close-door.ts';
import type { Config } from './config.ts';
import { openContent } from './content/open.ts';
import { titleOf } from './dialog/content.ts';
import { createLineClient } from './line/client.ts';
import { createDeliver } from './line/deliver.ts';
import { createPushPause } from './line/push-pause.ts';
import { createQuota } from './line/quota.ts';
import { listen } from './listen.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { redact } from './safety/redact.ts';
import type { Simulator, SimulatorOptions } from './simulator/simulator.ts';
import { createStats } from './stats/stats.ts';
import { openStore } from './store/open.ts';
import { createApp } from './webhook/app.ts';
import { startChores } from './worker/chores.ts';
import { createCounting } from './worker/counting.ts';
import { createPace } from './worker/pace.ts';
import { createSample } from './worker/sample.ts';
import { createTurn } from './worker/turn.ts';
import { startWorker } from './worker/worker.ts';

/** Midnight to midnight: no hour lies in between. */
const NEVER_QUIET = { fromHour: 0, toHour: 0 };

const ROOT = join(import.meta.dirname, '..');

export type Bot = {
  /** One line for whoever started it: where to look. */
  greeting: string;
  port: number;
  /** Learns what texts mean, which takes a fifth of a second; else the first text waits for it. */
  learn: () => void;
  /** Takes nothing more, finishes what is in hand, and closes everything. */
  stop: () => Promise<void>;
};

/**
 * Puts the house together and opens the door. In try mode the page can put the clock forward from `now`.
 * @throws ConfigError, ContentError with the remedy for whoever must act.
 */
export async function createServer(config: Config, now = Date.now): Promise<Bot> {
  const time = config.mode === 'try' ? await openClock(now) : undefined;
  const clock = time?.now ?? now;
  const log = createLog({ level: config.logLevel, salt: config.logSalt });
  const metrics = createMetrics({ process: true });
  const content = openContent(ROOT, { log, watch: !config.production, clock });
  const onError = (err: unknown) => log.error({ err }, '保存先でエラーが起きました。');
  const onBack = () => log.info('保存先がまた使えます（10秒のあいだ、エラーがありません）。');
  const store = await openStore({ ...config, clock, onError, onBack });
  const simulator =
    time &&
    (await openSimulator({
      clock: time,
      inspect: store.recall,
      forget: store.forget,
      busy: async () => (await store.stats(clock())).leased > 0,
      titleOf: (topic) => titleOf(content.now().content, topic),
      richMenu: () => content.now().richMenu,
    }));
  const line = simulator ? lineOf(simulator) : liveLine(config);

  const client = createLineClient({ baseUrl: line.apiBaseUrl, accessToken: line.accessToken });
  const { pushFallback, conversationTtlMs: ttlMs } = config;
  const quota = createQuota({ client, clock, log, metrics });
  const pause = createPushPause({ clock });
  const sending = { client, clock, sleep, pushFallback, log, metrics, quota, pause };
  const deliver = createDeliver(sending);
  const { fromHour: from, toHour: to } = config.quietHours ?? NEVER_QUIET;
  const quiet = { from, to };
  const counting = createCounting(store, clock);
  const turn = createTurn({
    store,
    content: content.now,
    deliver: simulator?.overhear(deliver) ?? deliver,
    clock,
    quiet,
    ttlMs,
    log,
    metrics,
    counting,
    sample: createSample({ on: config.unmatchedSample, log, clock }),
  });
  const stats = createStats({
    store,
    content: () => content.now().content,
    clock,
    token: config.metricsToken,
    open: simulator !== undefined,
  });
  const app = createApp({
    channelSecrets: line.channelSecrets,
    store,
    clock,
    redact,
    log,
    metrics,
    metricsToken: config.metricsToken,
    guard: simulator?.guard,
    routers: [stats, ...(simulator ? [simulator.router] : [])],
  });
  // Try mode has no door to the outside: whoever reads the chat page sees everything of its users.
  const server = await listen(app, {
    port: config.port,
    host: simulator ? '127.0.0.1' : config.host,
  });
  const port = portOf(server);
  simulator?.line.setWebhookUrl(`http://127.0.0.1:${port}/webhook`);
  const worker = startWorker({ store, turn, sleep, log });
  const chores = startChores({
    store,
    clock,
    log,
    counting,
    pause,
    worker,
    pace: createPace(config.pushesPerSecond, clock),
    quota: simulator ? undefined : quota,
  });

  return {
    greeting: simulator
      ? `窓口（お試し）: ブラウザで http://localhost:${port}/try を開いてください。止めるには Ctrl+C。`
      : `窓口: ポート ${port} で LINE からのメッセージを待っています（/webhook）。`,
    port,
    learn: content.learn,
    async stop() {
      // What still comes in is kept for another process, or the next one, which is there the sooner.
      const answered = Promise.all([worker.stop(), chores.stop()]);
      // The pages of the simulator are told of the end, not cut off.
      await Promise.all([closeDoor(server), answered.then(() => simulator?.close())]);
      content.close();
      await client.close();
      await store.close();
    },
  };
}

type Line = { apiBaseUrl: string; accessToken: string; channelSecrets: readonly string[] };

function liveLine(config: Config): Line {
  if (config.mode !== 'live') throw new Error('Without LINE keys there is the simulator.');
  const { apiBaseUrl, channelAccessToken: accessToken, channelSecrets } = config.line;
  return { apiBaseUrl, accessToken, channelSecrets };
}

function lineOf({ baseUrl, accessToken, channelSecret }: Simulator): Line {
  return { apiBaseUrl: baseUrl, accessToken, channelSecrets: [channelSecret] };
}

/** Loaded on demand: in production the simulator is not even read. */
async function openSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { createSimulator } = await import('./simulator/simulator.ts');
  return createSimulator(options);
}

/** In try mode nobody has to wait three days for a reminder. */
async function openClock(now: () => number) {
  const { createMovableClock } = await import('./simulator/clock.ts');
  return createMovableClock(now);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
