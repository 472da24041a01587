import { inJapan } from '../japan-time.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { LineClient } from './client.ts';

/** After LINE's word that the month is used up, one push tries again after this long: a plan can change. */
const TRY_AGAIN_MS = 10 * 60_000;

export type Quota = ReturnType<typeof createQuota>;

/**
 * The messages of this month: what LINE says, and between two readings our own count. Other instances and LINE's own
 * manager count too, so LINE may say "used up" earlier; then nothing is pushed until a reading, the next month or a
 * single try shows that there is room again.
 */
export function createQuota({
  client,
  clock,
  log,
  metrics,
}: {
  client: Pick<LineClient, 'quota' | 'consumption'>;
  clock: () => number;
  log: Log;
  metrics: Metrics;
}) {
  /** What LINE said for that month, with our own pushes since. `limit` undefined: none. */
  let reading: { month: string; limit: number | undefined; used: number } | undefined;
  let refused: { month: string; atMs: number } | undefined;
  let pushed = 0;
  let told = false;

  const month = (): string => {
    const { year, month: number } = inJapan(clock());
    return `${year}-${number}`;
  };

  function left(): number | undefined {
    if (reading?.month !== month() || reading.limit === undefined) return undefined;
    return Math.max(0, reading.limit - reading.used);
  }

  function isOpen(): boolean {
    if (refused?.month === month()) {
      const sinceMs = clock() - refused.atMs;
      if (sinceMs >= 0 && sinceMs < TRY_AGAIN_MS) return false;
    }
    return left() !== 0;
  }

  function show(): void {
    const { quotaLimit, quotaLeft, quotaUsed } = metrics;
    const known = reading?.month === month() ? reading : undefined;
    put(quotaUsed, known?.used);
    put(quotaLimit, known?.limit);
    put(quotaLeft, refused?.month === month() ? 0 : left());
  }

  /** The operator hears of it once, not with each reminder. */
  function tell(): void {
    if (told === !isOpen()) return;
    told = !told;
    if (told)
      log.error(
        '今月送れるメッセージ数の上限に達しました。お知らせは、次に話しかけられたときの返信（無料）に添えます。LINE Official Account Manager でプランを変えるか、翌月を待ってください。自動で再開します。',
      );
    else log.info('メッセージをまた送れるようになりました。お知らせの送信を再開します。');
  }

  return {
    /** Whether LINE would take a push, as far as is known. */
    open(): boolean {
      const open = isOpen();
      if (!open) tell();
      return open;
    },

    /** LINE took a push. */
    count(): void {
      pushed += 1;
      refused = undefined;
      if (reading) reading.used += 1;
      show();
      tell();
    },

    /** LINE refused a push: the month is used up. */
    refuse(): void {
      refused = { month: month(), atMs: clock() };
      show();
      tell();
    },

    /** Asks LINE. What was pushed while it answered may or may not be in its number: it is counted. */
    async read(): Promise<void> {
      const [before, asked] = [pushed, month()];
      const [limit, used] = await Promise.all([client.quota(), client.consumption()]);
      if (used.kind !== 'ok' || limit.kind !== 'ok') return show();
      reading = {
        month: asked,
        limit: limit.value.value,
        used: used.value.totalUsage + pushed - before,
      };
      if (left() !== 0) refused = undefined;
      show();
      tell();
    },
  };
}

function put(gauge: Metrics['quotaLeft'], value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}
