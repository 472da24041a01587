import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { buttonOf, wordsOf } from '../support/house.ts';
import { type TestRedis, startRedis } from '../support/redis.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/japan-time.ts';
import { type DueHouse, openDueHouse } from './due-house.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-due-'));
let redis: TestRedis;
let files = 0;

beforeAll(async () => {
  redis = await startRedis({ appendonly: true, appendfsync: 'always' });
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['redis', 'sqlite'] as const)('a reminder, kept in %s,', (engine) => {
  let house: DueHouse;
  const place = () =>
    engine === 'redis'
      ? { redisUrl: redis.url }
      : { sqlitePath: join(folder, `${(files += 1)}.sqlite`) };
  beforeEach(async () => {
    house = await openDueHouse(place());
  });
  afterEach(() => house.close());

  test('arrives once, when it was promised, and its buttons lead on', async () => {
    const user = house.newUser();
    expect(wordsOf(await house.wantReminder(user))).toContain('様子をおたずねします');
    house.jump(31 * MINUTE_MS);
    const push = await house.pushTo(user);
    expect(wordsOf(push)).toContain('お約束のお知らせです');
    expect(wordsOf(await house.tap(user, buttonOf(push, 'はい')))).toContain('よかったです');
    house.jump(HOUR_MS);
    await house.say(user, 'ヘルプ');
    expect(house.pushesTo(user)).toHaveLength(1);
    expect(await house.metric('reminders_total{outcome="due"}')).toBe(1);
    expect(await house.metric('reminders_total{outcome="sent"}')).toBe(1);
    expect(await house.metric('reminder_lateness_seconds_count')).toBe(1);
  });

  test('opens the next free reply when the month is used up, and pushes go on when the plan changes', async () => {
    const users = Array.from({ length: 12 }, house.newUser);
    for (const user of users) await house.wantReminder(user);
    house.line.quota.limit = 0;
    house.jump(31 * MINUTE_MS);
    await house.becomes('reminders_total{outcome="held"}', users.length);
    const refusals = house.pushCalls().length;
    expect(await house.metric('line_quota_left')).toBe(0);

    const [user = '', ...others] = users;
    const answer = await house.say(user, 'ヘルプ');
    const [first] = answer.messages;
    const words = wordsOf({ ...answer, messages: [first] });
    expect(words).toMatch(/^お約束のお知らせです。.*遅くなりました/);
    expect(wordsOf(answer)).not.toContain('前のお返事');
    expect(wordsOf(await house.say(user, 'メニュー'))).not.toContain('お約束');
    expect(wordsOf(await house.tap(user, buttonOf(answer, 'まだです')))).toContain('どこで');

    // The next reminder of the same month is not even tried for.
    await house.wantReminder(others[0] ?? '');
    house.jump(5 * MINUTE_MS);
    expect(house.pushCalls()).toHaveLength(refusals);
    house.line.quota.limit = 1000;
    house.jump(26 * MINUTE_MS);
    expect(wordsOf(await house.pushTo(others[0] ?? ''))).toContain('お約束のお知らせ');
  });

  test('waits when LINE takes no more calls, while replies go on', async () => {
    const users = Array.from({ length: 20 }, house.newUser);
    for (const user of users) await house.wantReminder(user);
    house.line.faults.add({ kind: 'rate', on: 'push' });
    house.jump(31 * MINUTE_MS);
    await house.until(() => house.pushCalls()[0], 'The first call');
    await house.say(house.newUser(), 'メニュー');
    const calls = house.pushCalls().length;
    expect(calls).toBeLessThanOrEqual(32);
    house.line.faults.clear();
    for (let minute = 0; minute < 3; minute += 1) {
      await house.say(house.newUser(), 'メニュー');
      house.jump(MINUTE_MS);
    }
    for (const user of users) await house.pushTo(user);
    for (const user of users) expect(house.pushesTo(user)).toHaveLength(1);
  });

  test('keeps nobody waiting who writes while LINE takes long over each of many', async () => {
    const users = Array.from({ length: 200 }, house.newUser);
    await Promise.all(users.map((user) => house.wantReminder(user)));
    house.line.faults.add({ kind: 'slow', on: 'push', ms: 2000 });
    house.jump(31 * MINUTE_MS);
    await sleep(1000);
    await Promise.all(users.map((user) => house.say(user, 'ヘルプ')));
    house.line.faults.clear();
    for (const user of users) await house.pushTo(user);
    await house.becomes('store_waiting', 0);
    for (const user of users) expect(house.pushesTo(user)).toHaveLength(1);
  });

  test('still comes when LINE was away for hours, and never holds up what its user says', async () => {
    const user = house.newUser();
    await house.wantReminder(user);
    house.line.faults.add({ kind: 'error', on: 'push' });
    house.jump(31 * MINUTE_MS);
    await house.becomes('reminders_total{outcome="postponed"}', 1);
    for (let tries = 2; tries <= 8; tries += 1) {
      house.jump(30 * MINUTE_MS);
      await house.becomes('reminders_total{outcome="postponed"}', tries);
    }
    expect(wordsOf(await house.say(user, 'リマインド'))).toContain('お預かり');
    house.line.faults.clear();
    house.jump(30 * MINUTE_MS);
    expect(wordsOf(await house.pushTo(user))).toContain('お約束のお知らせ');
    expect(await house.metric('store_dead_letters')).toBe(0);
  });

  test('is not said twice when LINE took it and its answer was lost, however late it is tried again', async () => {
    const [soon, late] = [house.newUser(), house.newUser()];
    for (const user of [soon, late]) await house.wantReminder(user);
    house.line.faults.add({ kind: 'reset', on: 'push', delivered: true, times: 4 });
    house.jump(31 * MINUTE_MS);
    await house.becomes('reminders_total{outcome="postponed"}', 2);
    house.jump(HOUR_MS);
    await house.becomes('reminders_total{outcome="sent"}', 2);
    for (const user of [soon, late]) expect(house.pushesTo(user)).toHaveLength(1);
  });

  test('is held rather than pushed again when LINE no longer knows whether it was sent', async () => {
    const user = house.newUser();
    await house.wantReminder(user);
    house.line.faults.add({ kind: 'reset', on: 'push', times: 2 });
    house.jump(31 * MINUTE_MS);
    await house.becomes('reminders_total{outcome="postponed"}', 1);
    house.jump(24 * HOUR_MS);
    await house.becomes('reminders_total{outcome="held"}', 1);
    expect(house.pushesTo(user)).toHaveLength(0);
    expect(wordsOf(await house.say(user, 'ヘルプ'))).toContain('お約束のお知らせ');
  });

  test('costs nothing for who has left', async () => {
    const [blocked, gone] = [house.newUser(), house.newUser()];
    for (const user of [blocked, gone, gone]) await house.wantReminder(user);
    await house.line.block(blocked);
    house.line.people.remove(gone);
    house.jump(31 * MINUTE_MS);
    await house.becomes('reminders_total{outcome="gone"}', 1);
    house.jump(30 * MINUTE_MS);
    await house.becomes('store_timers_due', 0);
    expect(house.pushCalls()).toHaveLength(1);
  });

  test('that is asked for twice with the same button comes once, and once more can be withdrawn twice', async () => {
    const [user, other] = [house.newUser(), house.newUser()];
    const set = await house.wantReminder(user);
    await house.wantReminder(user);
    const [tapped, again] = await Promise.all([
      house.wantReminder(other),
      house.wantReminder(other),
    ]);
    const withdraw = buttonOf(tapped, '取り消す');
    expect(buttonOf(again, '取り消す')).toBe(withdraw);
    const answers = await Promise.all([house.tap(other, withdraw), house.tap(other, withdraw)]);
    const words = answers.map(wordsOf).toSorted();
    expect(words[0]).toContain('お知らせを取り消しました');
    expect(words[1]).toContain('もう終わったか');
    house.jump(31 * MINUTE_MS);
    await house.pushTo(user);
    const gone = await house.tap(user, buttonOf(set, '取り消す'));
    expect(wordsOf(gone)).toContain('もう終わったか');
    house.jump(HOUR_MS);
    await house.say(other, 'ヘルプ');
    expect(house.pushesTo(user)).toHaveLength(1);
    expect(house.pushesTo(other)).toHaveLength(0);
  });

  test('survives a clock that jumps: nothing is lost, nothing comes twice', async () => {
    const user = house.newUser();
    await house.wantReminder(user);
    house.jump(-3 * HOUR_MS);
    await house.say(user, 'メニュー');
    house.jump(3 * HOUR_MS + 31 * MINUTE_MS);
    await house.pushTo(user);
    house.jump(-HOUR_MS);
    await house.say(user, 'ヘルプ');
    await house.wantReminder(user);
    house.jump(HOUR_MS);
    await house.until(() => house.pushesTo(user)[1], 'The second reminder');
    house.jump(HOUR_MS);
    await house.say(user, 'ヘルプ');
    expect(house.pushesTo(user)).toHaveLength(2);
  });
});

test('a Redis that dies in the middle of the work loses none and doubles none', async () => {
  const house = await openDueHouse({ redisUrl: redis.url });
  const users = Array.from({ length: 60 }, house.newUser);
  for (const user of users) await house.wantReminder(user);
  house.line.faults.add({ kind: 'slow', on: 'push', ms: 200, chance: 0.5 });
  house.jump(31 * MINUTE_MS);
  await house.until(() => house.pushCalls()[5], 'Some pushes');
  await redis.restart();
  for (const user of users) await house.until(() => house.pushesTo(user)[0], 'The push');
  await house.say(users[0] ?? '', 'ヘルプ');
  for (const user of users) expect(house.pushesTo(user)).toHaveLength(1);
  await house.close();
});
