import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { prettifyError } from 'zod';
import { type IntentSource, intentSource } from '../src/dialog/intent-schema.ts';

/** Reads messages/intents.yaml. Throws a sentence for the editor when it cannot be used. */
export function readIntentSource(): IntentSource {
  const path = join(import.meta.dirname, '..', 'messages', 'intents.yaml');
  const result = intentSource.safeParse(parse(readFileSync(path, 'utf8')));
  if (result.success) return result.data;
  throw new Error(`messages/intents.yaml を直してください:\n${prettifyError(result.error)}`, {
    cause: result.error,
  });
}
