/** The body as text; undefined when it is longer than `maxBytes`, by default any answer of LINE that the bot reads. */
async function readText(
  body: AsyncIterable<Buffer>,
  maxBytes = 64 * 1024,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as JSON; undefined when it is none, or too long. */
export async function readJson(body: AsyncIterable<Buffer>, maxBytes?: number): Promise<unknown> {
  const text = await readText(body, maxBytes);
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
