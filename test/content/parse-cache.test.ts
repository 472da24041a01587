import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ParseCache, openParseCache } from '../../src/content/parse-cache.ts';
import { fit, readSource } from '../../src/content/source.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'madoguchi-parse-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true }));

const folder = () => join(root, 'node_modules/.cache/parsed');
const write = (text: string) => writeFileSync(join(root, 'x.yaml'), text);

/** What is read, and whether it came from the cache. */
function read() {
  const cache = openParseCache(root);
  let remembered = false;
  const watched: ParseCache | undefined = cache && {
    ...cache,
    get(file, bytes) {
      const data = cache.get(file, bytes);
      remembered = data !== undefined;
      return data;
    },
  };
  const source = readSource(root, 'x.yaml', watched);
  return { source, data: source.data, remembered };
}

describe('a YAML file that was parsed before', () => {
  test('is not parsed again, and gives the same', () => {
    write('a: &x { b: [1, い, null] }\nc: *x\n');
    const first = read();
    const second = read();
    expect([first.remembered, second.remembered]).toEqual([false, true]);
    expect(second.data).toEqual(first.data);
    expect(readdirSync(folder())).toEqual(['x.yaml.json']);
  });

  test('still tells on which line something does not fit', () => {
    write('a: 1\nb: 2\nc: 3\n');
    read();
    const { source, remembered } = read();
    expect(remembered).toBe(true);
    fit(source, z.looseObject({ c: z.string() }));
    expect(source.problems.map(({ line }) => line)).toEqual([3]);
  });

  test('is parsed when it has changed', () => {
    write('a: 1\n');
    read();
    write('a: 2\n');
    expect(read()).toMatchObject({ data: { a: 2 }, remembered: false });
    expect(read()).toMatchObject({ data: { a: 2 }, remembered: true });
  });

  test.each([
    ['cut off', (kept: string) => writeFileSync(kept, 'x')],
    ['a folder', (kept: string) => mkdirSync(kept)],
  ])('is parsed when what was kept is %s', (_what, spoil) => {
    write('a: 1\n');
    read();
    const kept = join(folder(), 'x.yaml.json');
    rmSync(kept);
    spoil(kept);
    expect(read()).toMatchObject({ data: { a: 1 }, remembered: false });
  });
});

test('what JSON would change is parsed each time', () => {
  write('a: .inf\n');
  read();
  expect(read()).toMatchObject({ data: { a: Number.POSITIVE_INFINITY }, remembered: false });
});

test('a file with a slip is told of each time', () => {
  write('a: b\na: c\n');
  read();
  expect(read().source.problems).toHaveLength(1);
});

test('where nothing can be written, every start parses', () => {
  writeFileSync(join(root, 'node_modules/.cache'), '');
  write('a: 1\n');
  read();
  expect(read()).toMatchObject({ data: { a: 1 }, remembered: false });
});

test('where there are no packages, none is made up', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  write('a: 1\n');
  expect(read().data).toEqual({ a: 1 });
  expect(readdirSync(root)).toEqual(['x.yaml']);
});
