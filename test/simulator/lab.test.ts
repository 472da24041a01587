import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundle, systemWords } from '../support/content.ts';
import { play } from '../support/transcript.ts';
import { openTryHouse, type TryHouse } from '../support/try-house.ts';

type Entry = { from: string; message: { text?: string; altText?: string }; state?: string };
type Lab = {
  reminders: { dueMs: number; title: string }[];
  switches: { doubling: boolean; mishaps: unknown[]; quota: { used: number; left: number } };
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let house: TryHouse;
let user: string;

// The content learns at start what people mean by a text, once for the bot and once for the golden player.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
beforeAll(async () => {
  house = await openTryHouse();
  bundle();
});
afterAll(() => house.close());

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${house.url}/try/api${path}`);
  return (await response.json()) as T;
}

async function post(path: string, body: object): Promise<{ status: number; body: never }> {
  const response = await fetch(`${house.url}/try/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json().catch(() => ({}))) as never };
}

const entries = async (of = user) => (await get<{ entries: Entry[] }>(`/chat/${of}`)).entries;
const wordsOf = ({ message }: Entry) => message.text ?? message.altText ?? '';
const botWords = async (of = user) =>
  (await entries(of)).filter(({ from }) => from === 'bot').map(wordsOf);
const saved = async (of = user) => (await fetch(`${house.url}/try/api/script/${of}`)).text();
const lab = () => get<Lab>(`/lab/${user}`);
const nowMs = async () => (await get<{ nowMs: number }>('/state')).nowMs;
const travel = async (ms: number) => post('/travel', { toMs: Math.ceil((await nowMs()) + ms) });

/** Says something and waits until the bot is done with it: nothing of it waits in the mailbox any more. */
async function say(text: string): Promise<void> {
  await post('/text', { userId: user, text });
  await done();
}

async function done(of = user): Promise<void> {
  await expect
    .poll(
      async () => {
        const mine = (await entries(of)).filter(({ from }) => from === 'user');
        const { state } = await get<{ state: { waiting: unknown[] } }>(`/inspect/${of}`);
        return mine.some((one) => one.state === 'sending') || state.waiting.length > 0;
      },
      { timeout: 15_000, interval: 20 },
    )
    .toBe(false);
}

/** Without the dates and times, which depend on when it is played. */
function shape(text: string): string {
  return text.replaceAll(/\d+月\d+日（.）\d+:\d+/g, '（日時）');
}

/** The shortest way to a reminder. */
async function askForReminder(when: string): Promise<void> {
  for (const words of ['注文を取り消したい', '1', '2', '2', when]) await say(words);
}

beforeEach(async () => {
  await post('/switch', { what: 'clear' });
  user = (await post('/users', {})).body['userId'];
  await vi.waitFor(async () => {
    if ((await botWords()).length === 0) throw new Error('The greeting is not there yet.');
  });
});

describe('time travel', () => {
  it('brings a reminder at its time, listed until then', async () => {
    await askForReminder('1時間後');
    const { reminders } = await lab();
    expect(reminders).toHaveLength(1);
    expect(reminders[0]?.title).toBe('注文を取り消したい');
    expect(Math.abs((reminders[0]?.dueMs ?? 0) - (await nowMs()) - hourMs)).toBeLessThan(minuteMs);

    expect((await travel(30 * minuteMs)).status).toBe(200);
    expect((await lab()).reminders).toHaveLength(1);
    expect((await travel(31 * minuteMs)).status).toBe(200);
    expect((await lab()).reminders).toEqual([]);
    expect((await botWords()).at(-1)).toContain('お約束のお知らせです');
    await say('はい');
    expect((await botWords()).at(-1)).not.toContain('お約束のお知らせです');
  });

  it('stops at each reminder on the way, so that none is late', async () => {
    await askForReminder('1時間後');
    await say('メニュー');
    await askForReminder('3日後');
    expect((await travel(10 * 24 * hourMs)).status).toBe(200);
    const due = (await botWords()).filter((words) => words.includes('お知らせです'));
    expect(due).toHaveLength(2);
    expect(due.join()).not.toContain('遅くなり');
  });

  it('waits for a job in hand, so that a jump never makes the bot answer twice', async () => {
    await post('/switch', { what: 'mishap', mishap: 'slow', times: 1 });
    const before = (await botWords()).length;
    await post('/text', { userId: user, text: '届かない' });
    await expect.poll(async () => (await lab()).switches.mishaps).toEqual([]);
    expect((await travel(2 * hourMs)).status).toBe(200);
    await done();
    await say('ヘルプ');
    const words = (await botWords()).slice(before);
    expect(words.at(-1)).toContain('いつでも使える言葉');
    expect(new Set(words).size).toBe(words.length);
  });

  it('goes forward only, and not for years', async () => {
    expect((await travel(-hourMs)).status).toBe(409);
    expect((await travel(500 * 24 * hourMs)).status).toBe(409);
    expect((await post('/travel', { toMs: 'tomorrow' })).status).toBe(400);
  });
});

describe('the switches', () => {
  it('redeliver and double events, which are answered once', async () => {
    await post('/switch', { what: 'double', on: true });
    const before = (await botWords()).length;
    await say('料金');
    const once = (await botWords()).length;
    expect(once).toBeGreaterThan(before);
    expect((await post('/switch', { what: 'redeliver', userId: user })).status).toBe(200);
    await say('ヘルプ');
    const fresh = (await botWords()).slice(once);
    await say('ヘルプ');
    expect((await botWords()).slice(once + fresh.length)).toEqual(fresh);
  });

  it('expire a token: the answer opens the next reply', async () => {
    await post('/switch', { what: 'expire-next' });
    const before = (await botWords()).length;
    await say('料金');
    expect(await botWords()).toHaveLength(before);
    await say('ヘルプ');
    const words = (await botWords()).slice(before);
    expect(words[0]).toBe(systemWords('late'));
    expect(words.at(-1)).toContain('いつでも使える言葉');
  });

  it.each(['rate', 'error', 'reset', 'lost'])(
    'let LINE fail with %s: the answer comes once',
    async (mishap) => {
      const before = (await botWords()).length;
      await post('/switch', { what: 'mishap', mishap, times: 1 });
      await say('ヘルプ');
      const first = (await botWords()).slice(before);
      expect(first.length).toBeGreaterThan(0);
      expect((await lab()).switches.mishaps).toEqual([]);
      await say('ヘルプ');
      expect((await botWords()).slice(before + first.length)).toEqual(first);
    },
  );

  it('use up the quota: the reminder comes with the next reply', async () => {
    await askForReminder('1時間後');
    await post('/switch', { what: 'leave', pushes: 0 });
    expect((await lab()).switches.quota.left).toBe(0);
    await travel(2 * hourMs);
    expect((await botWords()).join()).not.toContain('お約束のお知らせです');
    await say('ヘルプ');
    expect((await botWords()).join()).toContain('お約束のお知らせです');
  });

  it('refuse what is none', async () => {
    expect((await post('/switch', { what: 'explode' })).status).toBe(400);
    expect((await post('/switch', { what: 'mishap', mishap: 'rate', times: 0 })).status).toBe(400);
    const nobody = `U${'0'.repeat(32)}`;
    expect((await post('/switch', { what: 'redeliver', userId: nobody })).status).toBe(404);
  });
});

describe('a saved conversation', () => {
  it('is a golden conversation: it reads as the golden player writes it', async () => {
    await post('/media', { userId: user, media: 'sticker' });
    await done();
    await askForReminder('3日後');
    await say('リマインド');
    await travel(4 * 24 * hourMs);
    await say('まだです');
    const text = await saved();
    expect(text).toContain('> (友だち追加)');
    expect(text).toContain('> (4日後)');
    expect(text).toContain('| お約束のお知らせです。');
    expect(shape(play(bundle(), text))).toBe(shape(text));
  });

  it('can be played again in a new chat, with the same words', async () => {
    await askForReminder('1時間後');
    await travel(2 * hourMs);
    await say('[まだです');
    const text = await saved();
    const { status, body } = await post('/replay', { script: text });
    expect(status).toBe(200);
    const again: string = body['userId'];
    await expect
      .poll(async () => wordsOf((await entries(again)).at(-1) as Entry), { timeout: 20_000 })
      .toBe('再生が終わりました');
    expect(shape(await saved(again))).toBe(shape(text));
  });

  it('of the golden ones plays here as there', async () => {
    const script = [
      '# 11月21日（土）10:00 からのトーク',
      '> メニュー',
      '> [注文を取り消したい]',
      '> 1',
      '> 2',
      '> 2',
      '> [3日後]',
      '> (動画)',
      '> (送信取消)',
      '> ログインできない',
      '> (14時間止まっていた)',
      '> リマインド',
      '> (3日後)',
      '> [まだです]',
    ].join('\n');
    const { body } = await post('/replay', { script });
    const chat: string = body['userId'];
    await expect
      .poll(async () => wordsOf((await entries(chat)).at(-1) as Entry), { timeout: 20_000 })
      .toBe('再生が終わりました');
    expect(shape(await saved(chat))).toBe(shape(play(bundle(), script)));
  });

  it('stops at a line that cannot be played, and says which', async () => {
    const { body } = await post('/replay', { script: '> ヘルプ\n> [ないボタン]\n> メニュー' });
    await expect
      .poll(async () => wordsOf((await entries(body['userId'])).at(-1) as Entry), {
        timeout: 10_000,
      })
      .toBe('2行目で止めました。ボタン「ないボタン」が、まだ出ていません。');
  });

  it('must hold something to play', async () => {
    expect((await post('/replay', { script: '| ことばだけ' })).status).toBe(409);
    expect((await post('/replay', { script: '> あ\n'.repeat(501) })).status).toBe(409);
  });
});
