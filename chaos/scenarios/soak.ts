import { setTimeout as sleep } from 'node:timers/promises';
import { processUse } from '../../bench/process-use.ts';
import { openRedisGauge } from '../../bench/redis-use.ts';
import { runLoad } from '../../src/simulator/line/load.ts';
import type { Plan } from '../scenario.ts';
import { openStage } from '../stage.ts';
import { type Verdict, createComplaints } from '../verdict.ts';
import { complainOfBots } from '../verify.ts';

/** The compiler and the pools have what they need by then. */
const WARM_UP = 0.3;
const SAMPLE_MS = 2000;
/** Of the bot, after the warm-up. Node's heap breathes by some MB: only what goes on for minutes is a leak. */
const MOST_BYTES_PER_EVENT = 400;
const BREATHING_BYTES = 24 * 1024 * 1024;
/** Redis remembers seven bytes of each event for a day, and its strings grow in steps. */
const MOST_REDIS_BYTES_PER_EVENT = 24;
const SAYS = [
  '配達済みなのに届いていません',
  '1',
  '2',
  'メニュー',
  '電話がつながらない',
  'ヘルプ',
  '戻る',
];

/** A steady load for `seconds`: memory of bot and Redis stays flat. */
export async function soak(plan: Plan): Promise<Verdict> {
  const { seconds, rate, users, say } = plan;
  // Of the fake's own logs nothing is kept: they would grow beside the bot.
  const stage = await openStage({ bots: 1, store: 'redis', line: { keep: 0 }, book: false });
  const gauge = openRedisGauge(stage.redis?.url ?? '');
  const samples: { events: number; bot: number; redis: number }[] = [];
  const failures: string[] = [];
  const complaints = createComplaints();
  try {
    const [bot] = stage.bots;
    await bot?.start();
    if (bot) stage.line.setWebhookUrl(bot.url);
    const events = Math.round(seconds * rate);
    const warmUp = Math.round(events * WARM_UP);
    let measuring = true;
    const measure = async (): Promise<void> => {
      while (measuring) {
        await sleep(SAMPLE_MS);
        const done = stage.line.totals().sent;
        if (done < warmUp) continue;
        const { rssBytes } = processUse(bot?.pid() ?? 0);
        samples.push({ events: done, bot: rssBytes, redis: (await gauge.read()).dataBytes });
      }
    };
    const measured = measure();
    let answered = 0;
    let doubled = 0;
    // In slices, so that what the load itself remembers stays small.
    const slices = Math.max(1, Math.round(seconds / 30));
    for (let slice = 1; slice <= slices; slice += 1) {
      const result = await runLoad(stage.line, {
        events: Math.ceil(events / slices),
        users,
        says: SAYS,
        perSecond: rate,
        waitMs: 20_000,
      });
      answered += result.replied;
      doubled += result.doubled;
      if (result.replied < result.events)
        failures.push(`${result.events - result.replied} events were not answered.`);
      if (slice % 4 === 0) say(`${answered} events, bot ${samples.at(-1)?.bot ?? 0} bytes`);
    }
    measuring = false;
    await measured;
    if (doubled > 0) failures.push(`${doubled} events were answered twice.`);
    const per = { bot: slope(samples, 'bot'), redis: slope(samples, 'redis') };
    const span = (samples.at(-1)?.events ?? 0) - (samples[0]?.events ?? 0);
    if (per.bot > MOST_BYTES_PER_EVENT && per.bot * span > BREATHING_BYTES)
      failures.push(`The bot grows by ${Math.round(per.bot)} bytes for each event.`);
    if (per.redis > MOST_REDIS_BYTES_PER_EVENT && per.redis * span > 2 ** 20)
      failures.push(`Redis grows by ${Math.round(per.redis)} bytes for each event.`);
    complainOfBots(stage, complaints);
    return {
      scenario: 'soak',
      figures: {
        seconds,
        answered,
        botMB: Math.round((samples.at(-1)?.bot ?? 0) / 2 ** 20),
        botBytesPerEvent: Math.round(per.bot),
        redisKB: Math.round((samples.at(-1)?.redis ?? 0) / 1024),
        redisBytesPerEvent: Number(per.redis.toFixed(1)),
      },
      failures: [...failures, ...complaints.list()],
    };
  } finally {
    gauge.close();
    await stage.close();
  }
}

/** Bytes more for each event more, by least squares. */
function slope(
  samples: readonly { events: number; bot: number; redis: number }[],
  what: 'bot' | 'redis',
): number {
  const x = mean(samples.map(({ events }) => events));
  const y = mean(samples.map((sample) => sample[what]));
  const up = samples.reduce((sum, each) => sum + (each.events - x) * (each[what] - y), 0);
  const down = samples.reduce((sum, each) => sum + (each.events - x) ** 2, 0);
  return down === 0 ? 0 : up / down;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
