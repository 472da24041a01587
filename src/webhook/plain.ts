import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from '../node-http.ts';

/** Ends the response with the status and its standard words: nothing that came in is ever echoed. */
export function plain(
  res: ServerResponse,
  status: number,
  words = STATUS_CODES[status] ?? '',
): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(words),
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(words);
}

/** The status that an error of express or its parsers asks for; everything else is our fault. */
export function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null | undefined)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
