import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a request as they came, or the status to refuse it with: 413 over `most` bytes, 415 compressed (LINE
 * never does that, and it could be a bomb). What is refused is read to its end and kept nowhere, so that the answer
 * gets through. Rejects when the connection breaks off.
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | 413 | 415> {
  const { headers } = request;
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return refuse(request, 415);
  if (Number(headers['content-length'] ?? 0) > most) return refuse(request, 413);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= most) chunks.push(chunk);
      else resolve(413);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

async function refuse<S extends 413 | 415>(request: IncomingMessage, status: S): Promise<S> {
  request.on('error', () => {}).resume();
  return status;
}
