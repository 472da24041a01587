import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

test('systemd and Docker start the bot as npm start does', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const [, unit] = /^ExecStart=\/usr\/bin\/(.*)$/m.exec(read('deploy/madoguchi.service')) ?? [];
  expect(unit).toBe(scripts.start);
  const [, image = '[]'] = /^CMD (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
  expect((JSON.parse(image) as string[]).join(' ')).toBe(scripts.start);
});
