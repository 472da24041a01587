import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(project, file), 'utf8');

test('systemd and Docker start the bot as npm start does', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const [, unit] = /^ExecStart=\/usr\/bin\/(.*)$/m.exec(read('deploy/madoguchi.service')) ?? [];
  expect(unit).toBe(scripts.start);
  const [, image = '[]'] = /^CMD (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
  expect((JSON.parse(image) as string[]).join(' ')).toBe(scripts.start);
});

test('the bot loads no second undici: Node has one inside, which an import of its http brings along', () => {
  const program = `await import('./src/server.ts'); console.log(process.moduleLoadList.join())`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(said).toContain('NativeModule http');
  expect(said).not.toContain('internal/deps/undici');
});
