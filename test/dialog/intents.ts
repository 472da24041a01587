import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { intentSource } from '../../src/dialog/intent-schema.ts';
import { learn } from '../../src/dialog/intent.ts';

const root = join(import.meta.dirname, '..', '..');

/** What messages/intents.yaml teaches, as the bot learns it at start. */
export const source = intentSource.parse(
  parse(readFileSync(join(root, 'messages', 'intents.yaml'), 'utf8')),
);
export const model = learn(source);
