import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../../src/dialog/event.ts';
import type { Job } from '../../src/store/store.ts';
import { startWorker } from '../../src/worker/worker.ts';

const log = pino({ level: 'silent' });

function jobOf(owner: string, body?: Event['body']): Job {
  const said = { kind: 'text', messageId: 'm', text: 'x' } as const;
  const event = { id: owner, owner, timestampMs: 0, receivedMs: 0, body: body ?? said };
  return { owner, event, state: null, attempt: 1, lease: owner };
}

const reminder = (owner: string) => jobOf(owner, { kind: 'reminder', reminderId: 'r', dueMs: 0 });

/** A worker that is given these one by one, whose turns end when they are let go, and what it renews. */
function work(jobs: Job[], places: { concurrency: number; reminders: number }) {
  const renewed: string[] = [];
  const going = new Map<string, () => void>();
  const begun: string[] = [];
  const worker = startWorker({
    store: {
      take: async () => {
        const job = jobs.shift();
        if (job) return [job];
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [];
      },
      renew: async (held) => {
        renewed.push(...held.map(({ owner }) => owner));
        return held.length;
      },
    },
    turn: async ({ owner }) => {
      begun.push(owner);
      await new Promise<void>((resolve) => going.set(owner, resolve));
    },
    sleep: async () => undefined,
    log,
    ...places,
  });
  return { worker, renewed, begun, end: (owner: string) => going.get(owner)?.() };
}

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test('what takes long is renewed until it is done, and no longer', async () => {
  const { worker, renewed, end } = work([jobOf('short'), jobOf('long'), reminder('slow')], {
    concurrency: 5,
    reminders: 5,
  });
  await vi.advanceTimersByTimeAsync(1000);
  end('short');
  await vi.advanceTimersByTimeAsync(6000);
  expect(new Set(renewed)).toEqual(new Set(['long', 'slow']));
  end('long');
  end('slow');
  await vi.advanceTimersByTimeAsync(1);
  renewed.length = 0;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(renewed).toEqual([]);
  const stopped = worker.stop();
  await vi.advanceTimersByTimeAsync(200);
  await stopped;
});

test('a turn that is done makes place for the next', async () => {
  const owners = Array.from({ length: 10 }, (_, i) => `U${i}`);
  const { worker, begun, end } = work(
    owners.map((owner) => jobOf(owner)),
    {
      concurrency: 2,
      reminders: 1,
    },
  );
  for (const owner of owners) {
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toContain(owner);
    end(owner);
  }
  const stopped = worker.stop();
  await vi.advanceTimersByTimeAsync(200);
  await stopped;
});

test('a reminder that got no place before the end is left to another process at once', async () => {
  const { worker, renewed, begun, end } = work([reminder('first'), reminder('second')], {
    concurrency: 5,
    reminders: 1,
  });
  await vi.advanceTimersByTimeAsync(200);
  expect([begun, worker.remindersWaiting()]).toEqual([['first'], 1]);
  const stopped = worker.stop();
  await vi.advanceTimersByTimeAsync(8000);
  expect(new Set(renewed)).toEqual(new Set(['first']));
  end('first');
  await stopped;
  expect(begun).toEqual(['first']);
});
