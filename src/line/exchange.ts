import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { causeOf, notSent } from './not-sent.ts';
import type { Answer, Refusal } from './outcome.ts';

export type Answered = {
  kind: 'answered';
  status: number;
  headers: IncomingHttpHeaders;
  /** Undefined when it is too long, or broke off after a 2xx. */
  body: Buffer | undefined;
};

type Unanswered = Refusal & { kind: 'unavailable' };

/** Any answer that the bot reads. */
const USUAL_BYTES = 64 * 1024;

/**
 * One request to LINE and its whole answer, within `withinMs`. Never rejects for anything that LINE or the network do.
 * By undici's `dispatch`: the stream that its `request` makes of each answer cost a twentieth of the bot's CPU.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { withinMs, mostBytes = USUAL_BYTES }: { withinMs: number; mostBytes?: number },
): Promise<Answered | Unanswered> {
  return new Promise((resolve) => {
    let ended = false;
    let head: Pick<Answered, 'status' | 'headers'> | undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    let abort: ((reason: Error) => void) | undefined;

    const end = (result: Answered | Unanswered): void => {
      ended = true;
      clearTimeout(timer);
      resolve(result);
    };
    /** With the connection, since the rest of the answer would come on it. */
    const breakOff = (result: Answered | Unanswered): void => {
      end(result);
      abort?.(new Error('No longer waited for.'));
    };
    const broken = (cause: string, ambiguous: boolean): Answered | Unanswered =>
      // The status has said that LINE did it, whatever becomes of the words.
      head !== undefined && isSuccess(head.status)
        ? { kind: 'answered', ...head, body: undefined }
        : { kind: 'unavailable', ambiguous, cause };
    const timer = setTimeout(() => breakOff(broken('timeout', true)), withinMs);

    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        abort = (reason) => controller.abort(reason);
        // Its time was over before there was a connection for it.
        if (ended) abort(new Error('No longer waited for.'));
      },
      onResponseStart(_controller, status, headers) {
        head = { status, headers };
      },
      onResponseData(_controller, chunk) {
        bytes += chunk.length;
        if (bytes <= mostBytes) chunks.push(chunk);
        else if (head !== undefined) breakOff({ kind: 'answered', ...head, body: undefined });
      },
      onResponseEnd() {
        if (head !== undefined) end({ kind: 'answered', ...head, body: Buffer.concat(chunks) });
      },
      onResponseError(_controller, error) {
        end(broken(causeOf(error), !notSent(error)));
      },
    });
  });
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The body as JSON; undefined when it is none. */
export function readJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}

/** The body of a 2xx as what it should hold. */
export function readAs<T>(schema: z.ZodType<T>, body: Buffer | undefined): Answer<T> {
  const parsed = schema.safeParse(readJson(body));
  return parsed.success
    ? { kind: 'ok', value: parsed.data }
    : { kind: 'unavailable', ambiguous: true, cause: 'unreadable answer' };
}
