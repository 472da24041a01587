import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type House, openHouse, wordsOf } from '../support/house.ts';
import { type TestRedis, startRedis } from '../support/redis.ts';

const CARD = '4242 4242 4242 4242';
const ORDER = '250-7654321-1234567';

let redis: TestRedis;
let house: House;
let client: Redis;

beforeAll(async () => {
  redis = await startRedis();
  house = await openHouse({ redisUrl: redis.url });
  client = new Redis(redis.url);
});

afterAll(async () => {
  client.disconnect();
  await house.close();
  await redis.stop();
});

/** Everything Redis holds, names and values, as one text. */
async function everything(): Promise<string> {
  const found: string[] = [];
  for (const key of await client.keys('*')) {
    found.push(key);
    switch (await client.type(key)) {
      case 'string':
        found.push((await client.get(key)) ?? '');
        break;
      case 'list':
        found.push(...(await client.lrange(key, 0, -1)));
        break;
      case 'hash':
        found.push(JSON.stringify(await client.hgetall(key)));
        break;
      case 'zset':
        found.push(...(await client.zrange(key, '0', '-1')));
        break;
      case 'stream':
        found.push(JSON.stringify(await client.xrange(key, '-', '+')));
        break;
    }
  }
  return found.join('\n');
}

/**
 * With MONITOR on, what the bot ever sends to Redis, not only what stays there. ioredis' own monitor breaks when the
 * first line comes along with the OK.
 */
async function overheard(during: () => Promise<void>): Promise<string> {
  const monitor = connect(redis.port, '127.0.0.1').setEncoding('latin1');
  let said = '';
  monitor.on('data', (chunk: string) => (said += chunk));
  monitor.write('MONITOR\r\n');
  await once(monitor, 'data');
  await during();
  await new Promise((resolve) => setTimeout(resolve, 50));
  monitor.destroy();
  return said;
}

const say = async (user: string, text: string) =>
  house.answerTo(await house.line.emit(user, { kind: 'text', text }));

describe('what users send', () => {
  test('a card number is masked before anything is stored, and the user is warned kindly', async () => {
    const user = house.newUser();
    let words = '';
    const said = await overheard(async () => {
      words = wordsOf(await say(user, `偽サイトにカード番号 ${CARD} を入れてしまいました`));
    });
    expect(words).toContain('送らないで');
    expect(said).toContain(':queue');
    expect(said).not.toContain(CARD);
    expect(said).not.toContain(CARD.replaceAll(' ', ''));
  });

  test('a text is gone from the store once it is answered; only choices and given values stay', async () => {
    const user = house.newUser();
    await say(user, '配達済みになっているのに荷物が見当たりません');
    expect(await everything()).not.toContain('見当たりません');
  });

  test('an order number goes with the message it came in, when that is unsent', async () => {
    const user = house.newUser();
    for (const text of ['配達済みなのに荷物がない', '2', '4', '1', '1', '1']) await say(user, text);
    const given = await house.line.emit(user, { kind: 'text', text: ORDER });
    expect(JSON.stringify((await house.answerTo(given)).messages)).toContain(ORDER);
    expect(await everything()).toContain(ORDER);
    const { message } = given.event as { message: { id: string } };
    await house.line.emit(user, { kind: 'unsend', messageId: message.id });
    await say(user, 'ヘルプ');
    expect(await everything()).not.toContain(ORDER);
  });

  test('blocking the bot leaves nothing of the user behind, not even the id', async () => {
    const user = house.newUser();
    for (const text of ['返品したい', '1', '1', '昨日']) await say(user, text);
    expect(await everything()).toContain('return-refund');
    await client.flushall();
    await say(user, '返品したい');
    await house.line.block(user);
    await expect.poll(everything).not.toContain('return-refund');
    expect(await everything()).not.toContain(user);
  });
});

/** A bot with its data in a file, and whether a word is in that or in the journal beside it. */
async function openFile() {
  const dir = mkdtempSync(join(tmpdir(), 'madoguchi-privacy-'));
  const path = join(dir, 'bot.sqlite');
  let travelledMs = 0;
  const home = await openHouse({ sqlitePath: path }, { clock: () => Date.now() + travelledMs });
  onTestFinished(async () => {
    await home.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    home,
    holds: (word: string) =>
      [path, `${path}-wal`].some((file) => readFileSync(file).includes(word)),
    travel: (ms: number) => void (travelledMs += ms),
    talk: async (user: string, ...texts: string[]) => {
      for (const text of texts)
        await home.answerTo(await home.line.emit(user, { kind: 'text', text }));
    },
  };
}

describe('what the SQLite file and its journal hold', () => {
  test('a card number is masked before anything is stored', async () => {
    const { home, holds, talk } = await openFile();
    await talk(home.newUser(), `偽サイトにカード番号 ${CARD} を入れてしまいました`);
    expect(holds('conversation')).toBe(true);
    expect(holds(CARD)).toBe(false);
    expect(holds(CARD.replaceAll(' ', ''))).toBe(false);
  });

  test('a text is gone within a minute or so after it is answered', async () => {
    const { home, holds, talk, travel } = await openFile();
    await talk(home.newUser(), '配達済みになっているのに荷物が見当たりません');
    travel(61_000);
    await expect.poll(() => holds('見当たりません')).toBe(false);
  });

  test('blocking the bot leaves nothing of the user behind, not even the id', async () => {
    const { home, holds, talk } = await openFile();
    const user = home.newUser();
    await talk(user, '返品したい', '1', '1', '昨日');
    expect(holds(user)).toBe(true);
    await home.line.block(user);
    await expect.poll(() => holds(user)).toBe(false);
  });
});
