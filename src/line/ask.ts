import { Agent, request } from 'undici';
import type { z } from 'zod';
import { causeOf, notSent } from './not-sent.ts';
import { type Refusal, refusalOf } from './outcome.ts';
import { readJson } from './read-json.ts';

export type Question<T> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Base address and path. Ids in it are checked or encoded by whoever asks. */
  url: string;
  json?: unknown;
  file?: { bytes: Uint8Array; type: string };
  /** What a 2xx holds; `undefined` for calls whose status says it all. */
  schema: z.ZodType<T> | undefined;
};

export type Asked<T> =
  /** `aheadMs`: by how much this machine's clock is ahead of LINE's, as far as a header in whole seconds can tell. */
  { kind: 'ok'; value: T; aheadMs?: number } | Refusal;

/** A thousand rich menus, the most that an account can have. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Calls to LINE that an operator's command makes: with time limits, which the SDK lacks, and every way to fail as a
 * value in the words of `outcome.ts`.
 */
export function createAsk({
  accessToken,
  clock,
  connectTimeoutMs = 5000,
  totalTimeoutMs = 20_000,
}: {
  accessToken: string;
  /** ms since 1970, of this machine. */
  clock: () => number;
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
}) {
  const agent = new Agent({ connect: { timeout: connectTimeoutMs } });

  async function ask<T>({ method, url, json, file, schema }: Question<T>): Promise<Asked<T>> {
    const timeout = AbortSignal.timeout(totalTimeoutMs);
    const type = json === undefined ? file?.type : 'application/json';
    const startedMs = clock();
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: agent,
        method,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        body: json === undefined ? (file?.bytes ?? null) : JSON.stringify(json),
        signal: timeout,
      });
      const endedMs = clock();
      if (statusCode < 200 || statusCode >= 300) {
        const refusal = refusalOf(statusCode, await readJson(body));
        if (refusal.kind !== 'alreadySent') return refusal;
        return { kind: 'rejected', status: statusCode, message: '', details: [] };
      }
      const aheadMs = aheadOf(headers['date'], startedMs, endedMs);
      const known = aheadMs === undefined ? {} : { aheadMs };
      if (schema === undefined) {
        await body.dump({ limit: LARGEST }).catch(() => {});
        return { kind: 'ok', value: undefined as T, ...known };
      }
      const parsed = schema.safeParse(await readJson(body, LARGEST));
      return parsed.success
        ? { kind: 'ok', value: parsed.data, ...known }
        : { kind: 'unavailable', ambiguous: true, cause: 'unreadable answer' };
    } catch (error) {
      const cause = timeout.aborted ? 'timeout' : causeOf(error);
      return { kind: 'unavailable', ambiguous: !notSent(error), cause };
    }
  }

  return { ask, close: () => agent.destroy() };
}

/** Zero while the two clocks may agree: the header names a whole second, and the way there and back takes time. */
function aheadOf(
  date: string | string[] | undefined,
  startedMs: number,
  endedMs: number,
): number | undefined {
  const lineMs = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(lineMs)) return undefined;
  if (startedMs > lineMs + 1000) return startedMs - lineMs - 1000;
  return Math.min(0, endedMs - lineMs);
}
