import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/dialog/event.ts';
import { createLineClient } from '../../src/line/client.ts';
import { type DeliverOptions, createDeliver } from '../../src/line/deliver.ts';
import { createLog } from '../../src/log.ts';
import { createPushPause } from '../../src/line/push-pause.ts';
import type { SendOutcome } from '../../src/line/outcome.ts';
import { createMetrics } from '../../src/metrics.ts';
import { startSmallLine } from './small-line.ts';

const hana = `U1${'0'.repeat(31)}`;
const card = [{ type: 'flex' as const, altText: '手順', contents: { type: 'bubble' as const } }];
const asText = [{ type: 'text' as const, text: '手順' }];
const receivedMs = 1_800_000_000_000;
const down = { answer: 500, body: '' };
const rateLimited = { answer: 429, body: '{"message":"The API rate limit has been exceeded."}' };
const quotaGone = { answer: 429, body: '{"message":"You have reached your monthly limit."}' };
const refused = { answer: 400, body: '{"message":"The request body has 1 error(s)"}' };
const notThere = { answer: 404, body: '{"message":"Not found"}' };
const unknown = { answer: 400, body: '{"message":"Failed to send messages"}' };

let line: Awaited<ReturnType<typeof startSmallLine>>;
let closers: (() => Promise<unknown>)[];
let nowMs: number;

beforeEach(async () => {
  line = await startSmallLine();
  closers = [line.close];
  nowMs = receivedMs + 100;
});
afterEach(async () => {
  for (const close of closers.toReversed()) await close();
});

/** A bot's way of delivering; its sleep moves the clock instead of waiting. */
function bot(options: Partial<DeliverOptions> & { accessToken?: string; baseUrl?: string } = {}) {
  const { accessToken = 'good-token', baseUrl = line.url, ...rest } = options;
  const client = createLineClient({ baseUrl, accessToken, totalTimeoutMs: 200 });
  closers.push(client.close);
  return createDeliver({
    client,
    clock: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    random: () => 1,
    pushFallback: false,
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    ...rest,
  });
}

function letter(attempt = 1, body: Event['body'] = { kind: 'follow', returning: false }) {
  const id = body.kind === 'reminder' ? 'reminder-1@1800000000000' : 'event-1';
  const token = body.kind === 'reminder' ? {} : { replyToken: 'token' };
  const event: Event = { id, owner: hana, timestampMs: receivedMs, receivedMs, ...token, body };
  return { event, attempt, messages: card, plain: () => asText };
}
const reminder = (attempt = 1) =>
  letter(attempt, { kind: 'reminder', reminderId: 'reminder-1', dueMs: receivedMs });

const callsTo = (name: 'reply' | 'push') =>
  line.calls.filter(({ path }) => path.endsWith(name)).length;

describe('an answer', () => {
  beforeEach(() => {
    line.tokens.set('token', hana);
  });

  it('goes out with the reply token', async () => {
    expect(await bot()(letter())).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: card }]);
  });

  it('with nothing to say makes no call', async () => {
    expect(await bot()({ ...letter(), messages: [] })).toBe('nothing');
    expect(line.calls).toEqual([]);
  });

  it('is said once when the connection broke after LINE had taken it', async () => {
    line.mishaps.push('done, then reset');
    expect(await bot()(letter())).toBe('sent');
    expect(line.said).toHaveLength(1);
    expect(callsTo('reply')).toBe(2);
  });

  it('is said once when it had broken before', async () => {
    line.mishaps.push('reset', down);
    expect(await bot()(letter())).toBe('sent');
    expect(line.said).toHaveLength(1);
    expect(callsTo('reply')).toBe(3);
  });

  it('is said once when LINE took it and then hung', async () => {
    line.mishaps.push('done, then silence');
    expect(await bot()(letter())).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('is said once when the worker died between delivering and committing', async () => {
    expect(await bot()(letter(1))).toBe('sent');
    const anotherProcess = bot({ pushFallback: true });
    expect(await anotherProcess(letter(2))).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it.each([
    [
      'is kept, not taken for said, when its token died while the call waited',
      54_000,
      7000,
      'kept',
    ],
    ['is kept when its token may have been dead before the call', 56_000, 1000, 'kept'],
    [
      'counts as said when its token is found used while it surely could live',
      54_000,
      2000,
      'sent',
    ],
  ])('%s', async (_name, calledMs, waitedMs, delivery) => {
    line.tokens.clear();
    nowMs = receivedMs + calledMs;
    const client: DeliverOptions['client'] = {
      push: async () => ({ kind: 'sent' }),
      reply: async () => {
        nowMs += waitedMs;
        return { kind: 'invalidToken' };
      },
    };
    expect(await bot({ client })(letter(2))).toBe(delivery);
  });

  it('is kept when its token is found used though no call of ours can have reached LINE', async () => {
    const outcomes: SendOutcome[] = [
      { kind: 'unavailable', ambiguous: false, cause: 'ECONNREFUSED' },
      { kind: 'invalidToken' },
    ];
    const client: DeliverOptions['client'] = {
      reply: async () => outcomes.shift() ?? { kind: 'sent' },
      push: async () => ({ kind: 'sent' }),
    };
    expect(await bot({ client })(letter())).toBe('kept');
    expect(outcomes).toEqual([]);
  });

  it('is said by the next attempt when the worker died before delivering', async () => {
    expect(await bot()(letter(2))).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('is kept for the next reply when its token is dead', async () => {
    line.tokens.clear();
    expect(await bot()(letter())).toBe('kept');
    expect(callsTo('push')).toBe(0);
  });

  it('that was refused at the price of its token comes as text with the next reply, and blocks none', async () => {
    line.refusedTypes.add('flex');
    line.mishaps.push(refused);
    line.tokens.clear();
    const deliver = bot();
    expect(await deliver(letter())).toBe('kept');
    // The next reply brings the refused card along.
    line.tokens.set('token', hana);
    expect(await deliver({ ...letter(), event: { ...letter().event, id: 'event-2' } })).toBe(
      'sent',
    );
    expect(line.said).toEqual([{ to: hana, messages: asText }]);
    line.tokens.set('token', hana);
    line.refusedTypes.clear();
    expect(await deliver({ ...letter(), event: { ...letter().event, id: 'event-3' } })).toBe(
      'sent',
    );
    expect(line.said.at(-1)).toEqual({ to: hana, messages: card });
  });

  it('waits no longer than a token lives, though the clock was put back', async () => {
    line.mishaps.push(...Array.from({ length: 9 }, () => rateLimited));
    nowMs = receivedMs - 60 * 60 * 1000;
    const outcome = await bot()(letter(4));
    expect(typeof outcome === 'object' && outcome.retryInMs).toBeLessThan(60_000);
  });

  it('is pushed once when its token is dead and the operator allows it', async () => {
    line.tokens.clear();
    nowMs = receivedMs + 60_000;
    expect(await bot({ pushFallback: true })(letter())).toBe('sent');
    const anotherProcess = bot({ pushFallback: true });
    expect(await anotherProcess(letter(2))).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: card }]);
  });

  it("is not pushed by a worker that has lost it: the spent token is another one's answer", async () => {
    const deliver = bot({ pushFallback: true });
    expect(await bot()(letter(2))).toBe('sent');
    expect(await deliver({ ...letter(), stillOurs: async () => false })).toBe('nothing');
    expect(line.said).toHaveLength(1);
    line.tokens.set('token', hana);
    const next = { ...letter(), event: { ...letter().event, id: 'event-2' } };
    expect(await deliver({ ...next, stillOurs: async () => false })).toBe('sent');
  });

  it('that could not be pushed either waits until its token cannot be mistaken for used', async () => {
    line.tokens.clear();
    line.mishaps.push({ answer: 400, body: '{"message":"Invalid reply token"}' });
    line.mishaps.push(...Array.from({ length: 9 }, () => down));
    const outcome = await bot({ pushFallback: true })(letter());
    expect(outcome).toMatchObject({ reason: 'LINE unavailable (http 500)' });
    nowMs += typeof outcome === 'object' ? outcome.retryInMs : 0;
    expect(nowMs).toBeGreaterThan(receivedMs + 55_000);
    line.mishaps.length = 0;
    expect(await bot({ pushFallback: true })(letter(2))).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('that was pushed without LINE saying so is asked for under its key until its last attempt ends', async () => {
    nowMs = receivedMs + 60_000;
    line.tokens.clear();
    line.mishaps.push('done, then reset', down, rateLimited);
    expect(await bot({ pushFallback: true })(letter(5))).toBe('sent');
    expect(line.said).toHaveLength(1);
    expect(callsTo('push')).toBe(4);
  });

  it('that may have been pushed is not said again with a token that outlives its minute', async () => {
    line.tokens.set('token', hana);
    line.mishaps.push({ answer: 400, body: '{"message":"Invalid reply token"}' });
    line.mishaps.push('done, then reset', down);
    const outcome = await bot({ pushFallback: true })(letter());
    nowMs += typeof outcome === 'object' ? outcome.retryInMs : 0;
    expect(await bot({ pushFallback: true })(letter(2))).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('that may have been pushed before is asked for at its last attempt, though all pushes pause', async () => {
    nowMs = receivedMs + 60_000;
    line.tokens.clear();
    const pause = createPushPause({ clock: () => nowMs });
    pause.begin();
    expect(await bot({ pushFallback: true, pause })(letter(5))).toBe('sent');
  });

  it('that stays unclear at its last attempt is kept after a few seconds', async () => {
    nowMs = receivedMs + 60_000;
    line.mishaps.push(...Array.from({ length: 20 }, () => down));
    expect(await bot({ pushFallback: true })(letter(5))).toBe('kept');
    expect(nowMs - receivedMs).toBeLessThan(65_000);
    expect(callsTo('push')).toBe(4);
  });

  it('that took the last push of the month is not said again, though LINE did not say that it took it', async () => {
    nowMs = receivedMs + 60_000;
    line.tokens.clear();
    const quota = { open: () => line.said.length === 0, count: () => {}, refuse: () => {} };
    line.mishaps.push(down, 'done, then reset');
    expect(await bot({ pushFallback: true, quota })(letter())).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('is kept when the quota for pushing it is gone', async () => {
    line.tokens.clear();
    line.mishaps.push({ answer: 400, body: '{"message":"Invalid reply token"}' }, quotaGone);
    expect(await bot({ pushFallback: true })(letter())).toBe('kept');
  });

  it('that LINE refuses is said as plain text with the same token', async () => {
    line.refusedTypes.add('flex');
    expect(await bot()(letter())).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: asText }]);
  });

  it('that is too large for LINE is said as plain text with the same token', async () => {
    line.mishaps.push({ answer: 413, body: '{"message":"Payload Too Large"}' });
    expect(await bot()(letter())).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: asText }]);
  });

  it('that LINE refuses even as plain text is given up, so that it never blocks what follows', async () => {
    line.refusedTypes.add('flex').add('text');
    const deliver = bot({ pushFallback: true });
    expect(await deliver(letter())).toBe('nothing');
    expect(line.calls).toHaveLength(2);
    line.refusedTypes.clear();
    expect(await deliver({ ...letter(), event: { ...letter().event, id: 'event-2' } })).toBe(
      'sent',
    );
    expect(line.said).toEqual([{ to: hana, messages: card }]);
  });

  it('is not given up when the address of LINE is wrong: that says nothing of its cards', async () => {
    line.mishaps.push(notThere);
    expect(await bot()(letter())).toMatchObject({
      reason: 'LINE rejected the call (http 404)',
    });
    expect(line.calls).toHaveLength(1);
    expect(await bot()(letter(2))).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: card }]);
  });

  it('is tried again while its token lives, and not when its turn among the pauses would come', async () => {
    nowMs = receivedMs + 50_000;
    line.mishaps.push({ answer: 401, body: '{}' });
    expect(await bot()(letter(3))).toEqual({ retryInMs: 4000, reason: 'LINE: unauthorized' });
  });

  it('is kept when the refusal used up the token, though an earlier try was ambiguous', async () => {
    line.refusedTypes.add('flex');
    line.tokens.clear();
    line.mishaps.push(down);
    expect(await bot()(letter())).toBe('kept');
  });

  it('is kept when the refusal used up the token, though LINE was down for the plain text', async () => {
    line.tokens.clear();
    line.mishaps.push(refused, down);
    expect(await bot()(letter())).toBe('kept');
  });

  it('is kept when its card was refused and LINE stays busy: another process would take the token for used', async () => {
    line.tokens.clear();
    line.mishaps.push(refused, ...Array.from({ length: 9 }, () => rateLimited));
    expect(await bot()(letter())).toBe('kept');
  });

  it('is kept, at the price of a repetition, when its plain text may have been said', async () => {
    line.mishaps.push(refused, 'done, then reset');
    expect(await bot()(letter())).toBe('kept');
    expect(line.said).toEqual([{ to: hana, messages: asText }]);
  });

  it('that came as pushed text after a refusal is owed no more: the next one has its cards', async () => {
    line.tokens.clear();
    line.mishaps.push(refused);
    const deliver = bot({ pushFallback: true });
    expect(await deliver(letter())).toBe('sent');
    line.tokens.set('token', hana);
    expect(await deliver({ ...letter(), event: { ...letter().event, id: 'event-2' } })).toBe(
      'sent',
    );
    expect(line.said).toEqual([
      { to: hana, messages: asText },
      { to: hana, messages: card },
    ]);
  });

  it('that came so late that its token was dead on arrival is kept, however often it is tried', async () => {
    line.tokens.clear();
    line.mishaps.push(down);
    const late = { ...letter().event, timestampMs: receivedMs - 21 * 60_000 };
    expect(await bot()({ ...letter(2), event: late })).toBe('kept');
  });

  it('to somebody unknown is not tried again', async () => {
    line.mishaps.push(unknown);
    expect(await bot()(letter())).toBe('gone');
    expect(line.calls).toHaveLength(1);
  });

  it.each([
    ['a wrong access token', { accessToken: 'stale' }, 'LINE: unauthorized', 1],
    ['no LINE at all', { baseUrl: 'http://127.0.0.1:1' }, 'LINE unavailable (ECONNREFUSED)', 0],
  ])(
    'with %s goes back to the store while the token lives',
    async (_name, options, reason, calls) => {
      expect(await bot(options)(letter())).toEqual({ retryInMs: 1000, reason });
      expect(line.calls).toHaveLength(calls);
      nowMs = receivedMs + 54_000;
      expect(await bot(options)(letter(2))).toBe('kept');
    },
  );

  it('backs off a few times, for a few seconds, when LINE is down or busy', async () => {
    line.mishaps.push(...Array.from({ length: 20 }, () => rateLimited));
    const startMs = nowMs;
    expect(await bot()(letter())).toEqual({ retryInMs: 1000, reason: 'LINE: rateLimited' });
    expect(callsTo('reply')).toBeLessThanOrEqual(5);
    expect(nowMs - startMs).toBeLessThanOrEqual(4000);
  });

  it.each([
    ['late', 1],
    ['early', 0],
  ])(
    'survives the longest outage that its token allows, its tries however %s',
    async (_name, at) => {
      const deliver = bot({ random: () => at });
      line.mishaps.push(...Array.from({ length: 200 }, () => down));
      let attempt = 1;
      let outcome = await deliver(letter(attempt));
      while (typeof outcome === 'object') {
        nowMs += outcome.retryInMs;
        attempt += 1;
        outcome = await deliver(letter(attempt));
      }
      expect(outcome).toBe('kept');
      expect(attempt).toBeLessThanOrEqual(5);
      // The last try was made when little of the token's life was left.
      expect(nowMs - receivedMs).toBeGreaterThan(35_000);
      expect(nowMs - receivedMs).toBeLessThan(55_000);
      expect(line.calls.length).toBeLessThanOrEqual(35);
    },
  );
});

it('remembers nobody by an id that outlives being forgotten', async () => {
  const remembered = vi.spyOn(Set.prototype, 'add');
  try {
    const deliver = bot();
    expect(await deliver({ ...reminder(), key: `reminder:${hana}:a:1` })).toBe('sent');
    line.refusedTypes.add('flex');
    line.mishaps.push(refused);
    expect(await deliver(letter())).toBe('kept');
    expect(remembered.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(remembered.mock.calls)).not.toContain(hana);
  } finally {
    remembered.mockRestore();
  }
});

describe('a reminder', () => {
  it('is pushed, once, whatever crashes', async () => {
    line.mishaps.push('done, then reset');
    expect(await bot()(reminder())).toBe('sent');
    const anotherProcess = bot();
    expect(await anotherProcess(reminder(2))).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: card }]);
  });

  it('is held when the quota of the month is gone', async () => {
    line.mishaps.push(quotaGone);
    expect(await bot()(reminder())).toBe('held');
    expect(line.calls).toHaveLength(1);
  });

  it('to somebody who is gone costs nothing more', async () => {
    line.mishaps.push(unknown);
    expect(await bot()(reminder())).toBe('gone');
  });

  it('that LINE refuses is pushed as plain text under another key', async () => {
    line.refusedTypes.add('flex');
    expect(await bot()(reminder())).toBe('sent');
    expect(await bot()(reminder(2))).toBe('sent');
    expect(line.said).toEqual([{ to: hana, messages: asText }]);
    const [first, second] = line.calls.map(({ headers }) => headers['x-line-retry-key']);
    expect(first).not.toBe(second);
  });

  it.each([
    ['LINE is busy', rateLimited, 1],
    ['LINE is down', down, 2],
    ['the token is wrong', { answer: 401, body: '{}' }, 1],
    ['the address of LINE is wrong', notThere, 1],
  ])('is put off, however often it was tried, when %s', async (_name, mishap, calls) => {
    line.mishaps.push(mishap, mishap);
    expect(await bot()(reminder(7))).toMatchObject({ reason: expect.stringContaining('LINE') });
    expect(callsTo('push')).toBe(calls);
  });

  it('waits without a call while LINE takes no pushes, and answers go on', async () => {
    const deliver = bot();
    line.tokens.set('token', hana);
    line.mishaps.push(rateLimited);
    await deliver(reminder());
    const later = { ...reminder(), key: 'another' };
    expect(await deliver(later)).toMatchObject({ retryInMs: 1000 });
    expect(await deliver(letter())).toBe('sent');
    expect(callsTo('push')).toBe(1);
    nowMs += 1000;
    expect(await deliver(later)).toBe('sent');
  });

  it('waits for as long as LINE takes no pushes, however soon its own turn would come', async () => {
    const pause = createPushPause({ clock: () => nowMs, random: () => 1 });
    for (let times = 0; times < 3; times += 1) {
      nowMs += pause.leftMs();
      pause.begin();
    }
    expect(await bot({ pause })(reminder())).toMatchObject({ retryInMs: 4000 });
    expect(callsTo('push')).toBe(0);
  });

  it('is not tried for while the month is known to be used up', async () => {
    let open = true;
    const quota = { open: () => open, count: () => {}, refuse: () => (open = false) };
    const deliver = bot({ quota });
    line.mishaps.push(quotaGone);
    expect(await deliver(reminder())).toBe('held');
    expect(await deliver({ ...reminder(), key: 'another' })).toBe('held');
    expect(callsTo('push')).toBe(1);
  });

  it('that LINE may have taken before is asked for once more, though the month is known to be used up', async () => {
    const quota = { open: () => false, count: () => {}, refuse: () => {} };
    line.mishaps.push('done, then reset', down);
    expect(await bot()(reminder())).toMatchObject({ reason: 'LINE unavailable (http 500)' });
    expect(await bot({ quota })({ ...reminder(), maybePushed: true })).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('is not taken for that of somebody else with the same name and time', async () => {
    const deliver = bot();
    for (const owner of ['U1', 'U2'])
      expect(await deliver({ ...reminder(), key: `reminder:${owner}:a:1` })).toBe('sent');
    expect(line.said).toHaveLength(2);
  });

  it('that a worker may have pushed before it died is asked for, though the month is known to be used up', async () => {
    const quota = { open: () => false, count: () => {}, refuse: () => {} };
    expect(await bot()(reminder())).toBe('sent');
    expect(await bot({ quota })(reminder(2))).toBe('sent');
    expect(line.said).toHaveLength(1);
  });

  it('that goes through ends the trouble: the next pause is a short one', async () => {
    const pause = createPushPause({ clock: () => nowMs, random: () => 1 });
    const deliver = bot({ pause });
    for (const id of ['a', 'b', 'c']) {
      line.mishaps.push(rateLimited);
      await deliver({ ...reminder(), key: id });
      nowMs += pause.leftMs();
    }
    expect(await deliver({ ...reminder(), key: 'd' })).toBe('sent');
    line.mishaps.push(rateLimited);
    await deliver({ ...reminder(), key: 'e' });
    expect(pause.leftMs()).toBe(1000);
  });

  it('has one retry key however often it is put off, and one of its own for each user', async () => {
    const keyOf = async (key: string) => {
      expect(await bot()({ ...reminder(), key })).toBe('sent');
      return line.calls.at(-1)?.headers['x-line-retry-key'];
    };
    const first = await keyOf('reminder:U1:a:1');
    expect(await keyOf('reminder:U1:a:1')).toBe(first);
    expect(await keyOf('reminder:U2:a:1')).not.toBe(first);
    expect(line.said).toHaveLength(2);
  });
});
