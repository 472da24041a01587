import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'intent.ts');

test('npm run intent answers each line in order, and says which it cannot read', () => {
  const input = ['{"text":"荷物が来ない"}', 'oops', '{"txt":1}', '', '{"text":"メニュー"}'].join(
    '\r\n',
  );
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], {
    input: `\uFEFF${input}`,
    encoding: 'utf8',
  });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { text: '荷物が来ない', decision: 'open', intents: [{ id: 'not-delivered' }] },
    { text: '', decision: 'none', intents: [] },
    { text: '', decision: 'none', intents: [] },
    { text: 'メニュー', decision: 'command', intents: [{ id: 'menu', score: 1 }] },
  ]);
  expect(stderr).toContain('line 2');
  expect(stderr).toContain('line 3');
  expect(status).toBe(0);
});
