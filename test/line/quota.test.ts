import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/japan-time.ts';
import { createLineClient } from '../../src/line/client.ts';
import { createQuota } from '../../src/line/quota.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { type FakeLine, createFakeLine } from '../../src/simulator/line.ts';

const hana = `U${'1'.repeat(32)}`;

let line: FakeLine;
let client: ReturnType<typeof createLineClient>;
let metrics: ReturnType<typeof createMetrics>;
let lines: string[];
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-30T12:00:00+09:00');
  const clock = () => nowMs;
  line = createFakeLine({ channelSecret: 's', accessToken: 't', anybody: true, clock });
  client = createLineClient({ baseUrl: await line.listen(), accessToken: 't' });
  metrics = createMetrics();
  lines = [];
});
afterEach(async () => {
  await client.close();
  await line.close();
});

function openQuota(asked: Parameters<typeof createQuota>[0]['client'] = client) {
  const destination = { write: (said: string) => void lines.push(said) };
  const log = createLog({ level: 'info', destination });
  return createQuota({ client: asked, clock: () => nowMs, log, metrics });
}
const left = async () => (await metrics.quotaLeft.get()).values[0]?.value;
/** A push by somebody else: another instance, or LINE's own manager. */
const pushElsewhere = () => client.push(hana, [{ type: 'text', text: 'x' }], crypto.randomUUID());

describe('the messages of a month', () => {
  it('are what LINE says, less what was pushed since', async () => {
    line.quota.limit = 3;
    const quota = openQuota();
    expect(quota.open()).toBe(true);
    await pushElsewhere();
    await quota.read();
    expect(await left()).toBe(2);
    quota.count();
    quota.count();
    expect(await left()).toBe(0);
    expect(quota.open()).toBe(false);
  });

  it('show no number while LINE has not said one, and none when there is no limit', async () => {
    line.quota.limit = 3;
    const quota = openQuota();
    expect(await left()).toBeUndefined();
    expect(await metrics.registry.metrics()).not.toMatch(/^madoguchi_line_quota_\w+ /m);
    await quota.read();
    expect(await left()).toBe(3);
    line.quota.limit = undefined;
    await quota.read();
    expect(await left()).toBeUndefined();
    expect(await metrics.registry.metrics()).toMatch(/^madoguchi_line_quota_used 0$/m);
    expect(await metrics.registry.metrics()).not.toMatch(/^madoguchi_line_quota_limit /m);
  });

  it('of last month are not shown as those of this one', async () => {
    line.quota.limit = 1;
    const quota = openQuota();
    await quota.read();
    quota.count();
    expect(await left()).toBe(0);
    nowMs += 20 * 24 * 60 * MINUTE_MS;
    quota.count();
    expect(await metrics.registry.metrics()).not.toMatch(/^madoguchi_line_quota_\w+ /m);
  });

  it('of last month are shown no more when LINE does not answer in this one', async () => {
    line.quota.limit = 1;
    const quota = openQuota();
    await quota.read();
    quota.refuse();
    expect(await left()).toBe(0);
    nowMs += 20 * 24 * 60 * MINUTE_MS;
    line.faults.add({ kind: 'error', on: 'other' });
    await quota.read();
    expect(await metrics.registry.metrics()).not.toMatch(/^madoguchi_line_quota_\w+ /m);
  });

  it('without a limit never end', async () => {
    line.quota.limit = undefined;
    const quota = openQuota();
    await quota.read();
    for (let i = 0; i < 1000; i += 1) quota.count();
    expect(quota.open()).toBe(true);
    expect(lines).toEqual([]);
  });

  it('that are used up are told to the operator once, with the remedy, and so is their return', async () => {
    const quota = openQuota();
    for (let i = 0; i < 5; i += 1) {
      quota.refuse();
      // Before any reminder asks, and not again at each single try.
      expect(lines).toHaveLength(1);
      nowMs += 10 * MINUTE_MS;
      expect(quota.open()).toBe(true);
    }
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('プランを変える');
    line.quota.limit = 1000;
    await quota.read();
    expect(quota.open()).toBe(true);
    expect(lines).toHaveLength(2);
  });

  it('that LINE refused are tried again now and then, and return with the next month', async () => {
    const quota = openQuota();
    quota.refuse();
    expect(quota.open()).toBe(false);
    nowMs += 10 * MINUTE_MS - 1;
    expect(quota.open()).toBe(false);
    nowMs += 1;
    expect(quota.open()).toBe(true);
    quota.refuse();
    expect(quota.open()).toBe(false);
    nowMs = Date.parse('2026-12-01T00:00:00+09:00');
    expect(quota.open()).toBe(true);
  });

  it('that LINE refused are left no more, as far as the operator sees, until a push goes through', async () => {
    line.quota.limit = 3;
    const quota = openQuota();
    await quota.read();
    quota.refuse();
    expect(await left()).toBe(0);
    quota.count();
    expect(lines).toHaveLength(2);
    expect(quota.open()).toBe(true);
    expect(await left()).toBe(2);
  });

  it('that LINE refused in the last minute of a month are there in the first of the next', async () => {
    nowMs = Date.parse('2026-11-30T23:59:00+09:00');
    const quota = openQuota();
    quota.refuse();
    nowMs += MINUTE_MS;
    expect(quota.open()).toBe(true);
  });

  it('are used up, too, when more went out than there were', async () => {
    line.quota.limit = 1;
    const quota = openQuota();
    await quota.read();
    quota.count();
    quota.count();
    expect(quota.open()).toBe(false);
    expect(await left()).toBe(0);
  });

  it('that LINE refused are not waited for the longer when the clock is put back', async () => {
    const quota = openQuota();
    quota.refuse();
    nowMs -= 60 * MINUTE_MS;
    expect(quota.open()).toBe(true);
  });

  it('count what was pushed while LINE answered', async () => {
    line.quota.limit = 3;
    const quota = openQuota();
    const reading = quota.read();
    quota.count();
    await reading;
    expect(await left()).toBe(2);
  });

  it('are those of the month that LINE was asked in, though it turned meanwhile', async () => {
    const slow: Parameters<typeof createQuota>[0]['client'] = {
      quota: async () => ({ kind: 'ok', value: { type: 'limited', value: 1 } }),
      consumption: async () => {
        nowMs = Date.parse('2026-12-01T00:00:00+09:00');
        return { kind: 'ok', value: { totalUsage: 1 } };
      },
    };
    const quota = openQuota(slow);
    await quota.read();
    expect(quota.open()).toBe(true);
  });

  it('are not known again when the month has turned and LINE has not been asked', async () => {
    line.quota.limit = 1;
    const quota = openQuota();
    quota.count();
    await pushElsewhere();
    await quota.read();
    expect(quota.open()).toBe(false);
    nowMs += 12 * 60 * MINUTE_MS;
    expect(quota.open()).toBe(true);
  });

  it('stay as they were when LINE does not answer', async () => {
    line.quota.limit = 1;
    const quota = openQuota();
    await pushElsewhere();
    await quota.read();
    line.faults.add({ kind: 'error', on: 'other' });
    await quota.read();
    expect(quota.open()).toBe(false);
  });
});
