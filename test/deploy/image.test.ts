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

/** What is kept of that kind, and when each was written. */
function kept(kind: 'compiled' | 'parsed'): string[] {
  const shelf = join(app, 'node_modules/.cache', kind);
  const files = readdirSync(shelf, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files
    .map(({ name, parentPath }) => `${name} ${statSync(join(parentPath, name)).mtimeMs}`)
    .toSorted();
}

test('the image is built with everything compiled and parsed that a start needs', async () => {
  const [, compile = 'false'] = /^USER node$[^]*^RUN (npm start .*)$/m.exec(dockerfile) ?? [];
  const [, parse = 'false'] = /^COPY messages .*$[^]*^RUN (node .*)$/m.exec(dockerfile) ?? [];
  copyWithoutCache();
  const env = { PATH: process.env['PATH'], HOME: app, NODE_ENV: 'production' };
  for (const step of [compile, parse])
    execFileSync('sh', ['-c', step], { cwd: app, env, stdio: 'pipe' });
  const inTheImage = { compiled: kept('compiled'), parsed: kept('parsed') };
  expect(inTheImage.compiled.length).toBeGreaterThan(100);
  expect(inTheImage.parsed.length).toBeGreaterThan(30);

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
  expect({ compiled: kept('compiled'), parsed: kept('parsed') }).toEqual(inTheImage);
}, 30_000);
