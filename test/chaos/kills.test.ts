import { describe, expect, test } from 'vitest';
import { PATIENCE_MS, failuresOf, seed } from './short.ts';

describe(`bots that die by kill -9 (seed ${seed})`, { timeout: PATIENCE_MS }, () => {
  test('under load: each event is answered once, in order, and no state is torn', async () => {
    expect(await failuresOf('bot', { kills: 8, seconds: 1 })).toEqual([]);
  });

  test('around the time reminders are due: each is sent once', async () => {
    expect(await failuresOf('reminders', { kills: 4, seconds: 1 })).toEqual([]);
  });

  test('around the time reminders are due, on SQLite: each is sent once', async () => {
    expect(await failuresOf('sqlite-reminders', { kills: 4, seconds: 1 })).toEqual([]);
  });

  test('on SQLite: nothing taken is lost, nothing said twice', async () => {
    expect(await failuresOf('sqlite', { kills: 4, seconds: 1 })).toEqual([]);
  });
});
