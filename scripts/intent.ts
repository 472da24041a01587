import { createInterface } from 'node:readline';
import { z } from 'zod';
import { learn, understand } from '../src/dialog/intent.ts';
import { readIntentSource } from './intent-source.ts';

/**
 * npm run --silent intent < texts.jsonl: one `{"text"}` a line in, one `{"text","decision","intents"}` a line out, in
 * order. A line that cannot be read is reported on stderr with its number, and answered with `"decision":"none"`, so that
 * input and output keep their pace.
 */
async function main(): Promise<void> {
  const line = z.object({ text: z.string() });
  const model = learn(readIntentSource());
  let number = 0;
  for await (const read of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1;
    if (read.trim() === '') continue;
    const parsed = line.safeParse(jsonOf(read));
    if (!parsed.success) console.error(`line ${number}: not a JSON object with a "text"`);
    const text = parsed.data?.text ?? '';
    const { intents, ...meant } = understand(model, text);
    const scored = intents.map(({ id, score }) => ({ id, score: Math.round(score * 1000) / 1000 }));
    process.stdout.write(`${JSON.stringify({ text, ...meant, intents: scored })}\n`);
  }
}

function jsonOf(line: string): unknown {
  try {
    // A byte order mark before the first line is no mistake of the user's.
    return JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

// Whoever reads may stop early (| head): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

await main();
