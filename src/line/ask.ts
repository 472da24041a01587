import { Agent } from 'undici';
import type { z } from 'zod';
import { exchange, isSuccess, readAs, readJson } from './exchange.ts';
import { type Refusal, refusalOf } from './outcome.ts';

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
    const type = json === undefined ? file?.type : 'application/json';
    const { origin, pathname, search } = new URL(url);
    const request = {
      origin,
      path: pathname + search,
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      body: json === undefined ? (file?.bytes ?? null) : JSON.stringify(json),
    };
    const startedMs = clock();
    const answer = await exchange(agent, request, {
      withinMs: totalTimeoutMs,
      mostBytes: LARGEST,
    });
    if (answer.kind === 'unavailable') return answer;
    const endedMs = clock();
    const { status, headers, body } = answer;
    if (!isSuccess(status)) {
      const refusal = refusalOf(status, readJson(body));
      if (refusal.kind !== 'alreadySent') return refusal;
      return { kind: 'rejected', status, message: '', details: [] };
    }
    const aheadMs = aheadOf(headers['date'], startedMs, endedMs);
    const known = aheadMs === undefined ? {} : { aheadMs };
    if (schema === undefined) return { kind: 'ok', value: undefined as T, ...known };
    const read = readAs(schema, body);
    return read.kind === 'ok' ? { ...read, ...known } : read;
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
