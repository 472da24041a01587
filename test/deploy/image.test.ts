import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyProject, startProcess } from '../support/process.ts';

const project = join(import.meta.dirname, '../..');
const dockerfile = readFileSync(join(project, 'Dockerfile'), 'utf8');

let app: string;
beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'madoguchi-image-'));
});
afterEach(() => rmSync(app, { recursive: true }));

/** As in the image: /app with a cache of its own. */
function copyWithoutCache(): void {
  copyProject(app);
  const modules = join(project, 'node_modules');
  rmSync(join(app, 'node_modules'));
  mkdirSync(join(app, 'node_modules'));
  for (const name of readdirSync(modules))
    if (name !== '.cache') symlinkSync(join(modules, name), join(app, 'node_modules', name));
}

function compiled(): string[] {
  const shelf = join(app, 'node_modules/.cache/compiled');
  const files = readdirSync(shelf, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files
    .map(({ name, parentPath }) => `${name} ${statSync(join(parentPath, name)).mtimeMs}`)
    .toSorted();
}

test('the image is built with everything compiled that a start needs', async () => {
  const [, build = 'false'] = /^USER node$[^]*^RUN (npm start .*)$/m.exec(dockerfile) ?? [];
  copyWithoutCache();
  const env = { PATH: process.env['PATH'], HOME: app, NODE_ENV: 'production' };
  execFileSync('sh', ['-c', build], { cwd: app, env, stdio: 'pipe' });
  const inTheImage = compiled();
  expect(inTheImage.length).toBeGreaterThan(100);

  const bot = startProcess({
    cwd: app,
    root: app,
    env: {
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '127.0.0.1',
      LINE_CHANNEL_SECRET: 'secret',
      LINE_CHANNEL_ACCESS_TOKEN: 'token',
      LINE_API_BASE_URL: 'http://127.0.0.1:9',
      SQLITE_PATH: ':memory:',
    },
  });
  await bot.ready();
  bot.kill('SIGTERM');
  await bot.ended;
  expect(compiled()).toEqual(inTheImage);
}, 30_000);
