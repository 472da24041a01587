import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, buttonOf, openHouse, wordsOf } from '../support/house.ts';
import { type TestRedis, startRedis } from '../support/redis.ts';

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-e2e-'));
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['redis', 'sqlite'] as const)('the whole bot on %s', (engine) => {
  let house: House;

  beforeAll(async () => {
    const sqlitePath = join(folder, 'bot.sqlite');
    house = await openHouse(engine === 'redis' ? { redisUrl: redis.url } : { sqlitePath });
  });

  afterAll(() => house.close());

  test('greets a new friend, says that it is unofficial, and shows the menu', async () => {
    const sent = await house.answerTo(await house.line.emit(house.newUser(), { kind: 'follow' }));
    expect(wordsOf(sent)).toContain('非公式');
    expect(wordsOf(sent)).toContain('配達済みなのにない');
    expect(sent.by).toBe('reply');
  });

  test('guides from a sentence to the way to a person, by buttons', async () => {
    const user = house.newUser();
    const { line, answerTo } = house;
    const first = await answerTo(
      await line.emit(user, { kind: 'text', text: '配達済みになっているのに荷物が見当たりません' }),
    );
    expect(wordsOf(first)).toContain('宅配ボックス');
    const tap = async (sent: typeof first, label: string) =>
      answerTo(await line.emit(user, { kind: 'postback', data: buttonOf(sent, label) }));
    const second = await tap(first, 'どこにもない');
    expect(wordsOf(second)).toContain('手がかりはありますか');
    const third = await tap(second, '手がかりがない');
    expect(wordsOf(third)).toContain('出荷元');
  });

  test('answers an event that is delivered twice once', async () => {
    const user = house.newUser();
    const emitted = await house.line.emit(user, { kind: 'text', text: 'メニュー' }, { times: 3 });
    await house.answerTo(emitted);
    await house.line.redeliver(emitted.eventId);
    const marker = await house.line.emit(user, { kind: 'text', text: 'ヘルプ' });
    await house.answerTo(marker);
    const answers = house.line.sent().filter(({ eventId }) => eventId === emitted.eventId);
    expect(answers).toHaveLength(1);
    const refused = house.line.calls().filter(({ status }) => status >= 400);
    expect(refused).toEqual([]);
  });

  test('keeps the order of one user who writes faster than the bot answers', async () => {
    const user = house.newUser();
    const texts = ['メニュー', 'ヘルプ', '覚えていること', 'メニュー', 'ヘルプ'];
    const emitted = [];
    for (const text of texts) emitted.push(await house.line.emit(user, { kind: 'text', text }));
    await Promise.all(emitted.map((each) => house.answerTo(each)));
    const order = house.line
      .sent()
      .filter(({ to }) => to === user)
      .map(({ eventId }) => eventId);
    expect(order).toEqual(emitted.map(({ eventId }) => eventId));
  });

  test('goes on where the user was after it was stopped and started again', async () => {
    const user = house.newUser();
    const { line } = house;
    await house.answerTo(await line.emit(user, { kind: 'text', text: '置き配が消えた' }));
    await house.stopBot();
    await house.startBot();
    const sent = await house.answerTo(await line.emit(user, { kind: 'text', text: '2' }));
    expect(wordsOf(sent)).toContain('手がかりはありますか');
  });

  test('says what it could not say before, once LINE takes answers again', async () => {
    const user = house.newUser();
    const { line } = house;
    await line.emit(user, { kind: 'text', text: 'メニュー' }).then((each) => house.answerTo(each));
    line.faults.add({ kind: 'rate', on: 'reply', times: 1 });
    const lost = await line.emit(user, { kind: 'text', text: 'ヘルプ' });
    line.expireTokens(user);
    const found = await house.answerTo(await line.emit(user, { kind: 'text', text: 'メニュー' }));
    expect(line.sent().filter(({ eventId }) => eventId === lost.eventId)).toEqual([]);
    expect(wordsOf(found)).toContain('覚えていること');
  });

  test('forgets everything of a user who blocks it', async () => {
    const user = house.newUser();
    const { line } = house;
    await house.answerTo(await line.emit(user, { kind: 'text', text: '返品したい' }));
    await line.block(user);
    const sent = await house.answerTo(await line.unblock(user));
    expect(wordsOf(sent)).toContain('窓口');
    const asked = await house.answerTo(
      await line.emit(user, { kind: 'text', text: '覚えていること' }),
    );
    expect(wordsOf(asked)).toContain('ありません');
  });

  test('says in a group that it is for one-to-one chats, once', async () => {
    const user = house.newUser();
    const groupId = `C${user.slice(1)}`;
    const { line } = house;
    const hint = await house.answerTo(await line.emit(user, { kind: 'join' }, { groupId }));
    expect(wordsOf(hint)).toContain('一対一');
    await line.emit(user, { kind: 'text', text: '荷物が届かない' }, { groupId });
    await house.answerTo(await line.emit(user, { kind: 'text', text: 'メニュー' }));
    expect(line.sent().filter(({ to }) => to === groupId)).toHaveLength(1);
  });

  test('stays silent while another module holds the chat', async () => {
    const user = house.newUser();
    const { line } = house;
    await line.emit(user, { kind: 'text', text: 'メニュー' }, { mode: 'standby' });
    await house.answerTo(await line.emit(user, { kind: 'text', text: 'ヘルプ' }));
    expect(line.sent().filter(({ to }) => to === user)).toHaveLength(1);
  });
});
