import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle } from '../support/content.ts';
import { play } from '../support/transcript.ts';

// Loaded with the file, so that no single test waits for it.
const content = bundle();
const folder = import.meta.dirname;
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('the golden conversations (rewrite them with `npm test -- -u`)', () => {
  test.each(files)('%s reads as it stands in the file', async (name) => {
    const file = join(folder, name);
    await expect(play(content, readFileSync(file, 'utf8'))).toMatchFileSnapshot(file);
  });
});
