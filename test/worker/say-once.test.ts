import { expect, test } from 'vitest';
import type { Event } from '../../src/dialog/event.ts';
import type { Delivery } from '../../src/line/letter.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { Job } from '../../src/store/store.ts';
import { createSayOnce } from '../../src/worker/say-once.ts';
import { createTurn } from '../../src/worker/turn.ts';
import { bundle } from '../support/content.ts';

const reminder: Event['body'] = { kind: 'reminder', reminderId: 'r1', dueMs: 0 };

function letter(
  id: string,
  { owner = 'hana', body }: { owner?: string; body?: Event['body'] } = {},
) {
  const text: Event['body'] = { kind: 'text', messageId: id, text: '届かない' };
  const event: Event = { id, owner, timestampMs: 0, receivedMs: 0, body: body ?? text };
  return { event, attempt: 1, messages: [], plain: () => [] };
}

function job(id: string): Job {
  const { event, attempt } = letter(id);
  return { owner: 'digest', event, attempt, state: null, lease: id };
}

/** Says everything; `said` are the owner and id of each. */
function house(delivery: () => Delivery = () => 'sent') {
  const said: string[] = [];
  const once = createSayOnce(async ({ event }) => {
    said.push(`${event.owner} ${event.id}`);
    return delivery();
  });
  return { ...once, said };
}

test('what was said and not committed is not said again, however many others are answered meanwhile', async () => {
  const { say, committed, said } = house();
  await say(letter('first'));
  for (let i = 0; i < 25_000; i += 1) {
    await say(letter(`other-${i}`));
    committed(letter(`other-${i}`).event);
  }
  expect(await say(letter('first'))).toBe('sent');
  expect(said.filter((each) => each === 'hana first')).toHaveLength(1);
});

test('what could not be said is tried again', async () => {
  const deliveries: Delivery[] = [{ retryInMs: 100, reason: 'LINE is away' }, 'sent'];
  const { say, said } = house(() => deliveries.shift() ?? 'nothing');
  expect(await say(letter('first'))).toMatchObject({ retryInMs: 100 });
  expect(await say(letter('first'))).toBe('sent');
  expect(said).toHaveLength(2);
});

test('the reminders of two users are two, whatever they are called', async () => {
  const { say, said } = house();
  await say(letter('reminder:r1:0', { body: reminder }));
  await say(letter('reminder:r1:0', { owner: 'taro', body: reminder }));
  await say(letter('reminder:r1:0', { body: reminder }));
  expect(said).toEqual(['hana reminder:r1:0', 'taro reminder:r1:0']);
});

test('an answer whose commit failed is not said again, though thousands were committed in between', async () => {
  const said: string[] = [];
  let full = true;
  const turn = createTurn({
    store: {
      commit: async ({ event }) => {
        if (full && event.id === 'first') throw new Error('The disk is full.');
        return true;
      },
      fail: async () => 'retry',
      renew: async () => 1,
    },
    content: bundle,
    deliver: async ({ event }) => {
      said.push(event.id);
      return 'sent';
    },
    clock: () => 0,
    quiet: { from: 22, to: 8 },
    ttlMs: 1000,
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    counting: { add: () => undefined },
    sample: () => undefined,
  });
  await expect(turn(job('first'))).rejects.toThrow('The disk is full.');
  for (let i = 0; i < 2500; i += 1) await turn(job(`other-${i}`));
  full = false;
  await turn(job('first'));
  expect(said.filter((id) => id === 'first')).toHaveLength(1);
});
