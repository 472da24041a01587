import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type House, openHouse, wordsOf } from '../support/house.ts';

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-flood-'));
const houses = new Map<string, House>();

beforeAll(async () => {
  houses.set('redis', await openHouse({ redisUrl: inject('redisUrl') }));
  houses.set('sqlite', await openHouse({ sqlitePath: join(folder, 'bot.sqlite') }));
});
afterAll(async () => {
  await Promise.all([...houses.values()].map((house) => house.close()));
  rmSync(folder, { recursive: true, force: true });
});

test.each(['redis', 'sqlite'])(
  'on %s: who sends a hundred messages at once is answered slowly and kindly, and keeps nobody waiting',
  async (engine) => {
    const house = houses.get(engine);
    if (!house) throw new Error('There is no such house.');
    const { line, newUser, answerTo } = house;
    const loud = newUser();
    const flood = await Promise.all(
      Array.from({ length: 100 }, () => line.emit(loud, { kind: 'text', text: 'メニュー' })),
    );
    for (const { deliveries } of flood) expect(deliveries[0]?.status).toBe(200);
    const quiet = newUser();
    const toQuiet = await answerTo(await line.emit(quiet, { kind: 'text', text: 'ヘルプ' }));
    const toLoud = () => line.sent().filter(({ to }) => to === loud);
    // Nobody overtakes: the quiet one comes between two answers to the loud one.
    const before = toLoud().filter(({ atMs }) => atMs < toQuiet.atMs);
    expect(before.length).toBeLessThan(20);
    const folded = () => toLoud().some((sent) => wordsOf(sent).includes('まとめて'));
    await expect.poll(folded, { timeout: 15_000 }).toBe(true);
    expect(toLoud().length).toBeLessThan(30);
    // What comes afterwards is answered as ever.
    const after = await answerTo(await line.emit(loud, { kind: 'text', text: 'ヘルプ' }), 15_000);
    expect(wordsOf(after)).not.toContain('まとめて');
  },
  40_000,
);
