import { setTimeout as sleep } from 'node:timers/promises';
import type { BotProcess } from './bot-process.ts';
import type { Contender } from './contenders.ts';
import { keys, withHouse } from './house.ts';
import { addIdleUsers } from './idle-users.ts';
import { type LineSide, startLineSide } from './line-side.ts';
import type { Phase, PhaseResult } from './line-side/phase.ts';
import { processUse } from './process-use.ts';
import { type RedisGauge, openRedisGauge } from './redis-use.ts';

export type Plan = {
  /** Most events of the phase at full speed; the others take as many as their time allows. */
  events: number;
  /** Of each of the three measured phases. */
  seconds: number;
  users: number;
  /** More users in Redis, who say nothing. */
  idle: number;
  /** Folder for a CPU profile of the bot. */
  profile?: string | undefined;
};

export type Figures = {
  startMs: number;
  full: PhaseFigures;
  slow: PhaseFigures;
  half: PhaseFigures;
  /** Of Redis, for each user more who has said three things and is silent now. */
  idleUserBytes: number;
  rssBytes: number;
};

export type PhaseFigures = PhaseResult & {
  /** µs for each event. */
  botCpu: number;
  redisCpu: number;
  /** How much of one core each process had: where neither is near 1, something else kept the bot from going faster. */
  botShare: number;
  lineShare: number;
};

/** Many are served at once at full speed: people of one LINE account do not wait for each other. */
const IN_FLIGHT = 64;
const SLOW_PER_SECOND = 200;
const EVENTS_OF_WARM_UP = 3;
/** Then the compiler has seen what matters. */
const WARM_UP_SECONDS = 2;
/** What a bot does after its last answer (its commit) is done by then. */
const SETTLE_MS = 250;

/** Measures one bot with a Redis and a LINE of its own. Everything it starts has ended when it returns or throws. */
export async function measure(
  contender: Contender,
  { events, seconds, users, idle, profile }: Plan,
  say: (text: string) => void,
): Promise<Figures> {
  return withHouse(async (house) => {
    const gauge = openRedisGauge(house.redis.url);
    house.atEnd(() => gauge.close());
    if (idle > 0) {
      say(`${idle} idle users`);
      await addIdleUsers(house.redis.url, idle);
      await gauge.quiet();
    }
    const line = await startLineSide(keys);
    house.atEnd(() => line.stop());
    const bot = await house.startBot(contender, line.url, { profile });
    await line.setWebhook(bot.webhookUrl);

    const run = createRun(line, bot, gauge);
    const many = { users, inFlight: IN_FLIGHT };
    say('warm-up');
    // What Redis takes once, whoever writes (scripts, statistics of commands), is there after the first few users.
    const few = Math.ceil(users / 10);
    const talk = { ...many, maxSeconds: 30 };
    await run({ ...talk, users: few, events: few * EVENTS_OF_WARM_UP });
    const before = await gauge.read();
    await run({ ...talk, events: users * EVENTS_OF_WARM_UP });
    const idleUserBytes = ((await gauge.read()).dataBytes - before.dataBytes) / (users - few || 1);
    await run({ ...many, events, maxSeconds: WARM_UP_SECONDS });
    say('full speed');
    const full = await run({ ...many, events, maxSeconds: seconds });
    say(`${SLOW_PER_SECOND} events/s`);
    const slow = await run(atPace(many, SLOW_PER_SECOND, seconds));
    say('half speed');
    const half = await run(atPace(many, full.events / full.seconds / 2, seconds));
    const { rssBytes } = processUse(bot.pid);
    return { startMs: bot.startMs, full, slow, half, idleUserBytes, rssBytes };
  });
}

function atPace(
  many: Pick<Phase, 'users' | 'inFlight'>,
  perSecond: number,
  seconds: number,
): Phase {
  const events = Math.max(1, Math.round(perSecond * seconds));
  return { ...many, perSecond, events, maxSeconds: seconds + 5 };
}

/** Runs a phase and says what it cost the bot and Redis. */
function createRun(line: LineSide, bot: BotProcess, gauge: RedisGauge) {
  const read = async () => ({
    bot: processUse(bot.pid).cpuMicros,
    line: processUse(line.pid).cpuMicros,
    redis: (await gauge.read()).cpuMicros,
  });
  return async (phase: Phase): Promise<PhaseFigures> => {
    const before = await read();
    const result = await line.run(phase);
    await sleep(SETTLE_MS);
    const after = await read();
    const { events, seconds } = result;
    return {
      ...result,
      botCpu: (after.bot - before.bot) / events,
      redisCpu: (after.redis - before.redis) / events,
      botShare: (after.bot - before.bot) / (seconds * 1e6),
      lineShare: (after.line - before.line) / (seconds * 1e6),
    };
  };
}
