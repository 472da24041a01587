import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fit, readSource } from '../../src/content/source.ts';
import { dialog } from '../../src/dialog/schema.ts';
import { messages } from '../../src/message/schema.ts';
import { facts } from '../../src/safety/facts.ts';
import { openWorkshop } from '../support/workshop.ts';
import { PATIENCE_MS, anyText, dirtyPrototypes, times, treacherous } from './fuzz.ts';

const project = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = [
  ['dialogs/delivered-missing.yaml', dialog],
  ['messages/ja/delivered-missing.yaml', messages],
  ['messages/facts.yaml', facts],
] as const;
const written = new Map(files.map(([file]) => [file, readFileSync(join(project, file), 'utf8')]));

/** What an editor's slip, a merge, or somebody spiteful does to a file. */
const spoil = fc.record({
  // The facts take twenty times as long to read as a dialog.
  file: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(files[0], files[1]) },
    { weight: 1, arbitrary: fc.constant(files[2]) },
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(40),
  put: fc.oneof(
    anyText,
    treacherous.map((key) => `\n  ${key}: { polluted: true }\n`),
    fc.constantFrom(
      '*a',
      '&a ',
      '\t',
      ': ',
      '- ',
      '"',
      "'",
      '{',
      '[',
      '|',
      '? ',
      '!!js/function x',
      '<<: *a',
    ),
  ),
});

function spoilt({ file, at, cut, put }: typeof spoil extends fc.Arbitrary<infer T> ? T : never) {
  const text = written.get(file[0]) ?? '';
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + put + text.slice(from + cut);
}

test(
  'a spoilt file is read, or its problems are told with their lines',
  () => {
    fc.assert(
      fc.property(spoil, (how) => {
        writeFileSync(join(folder, 'x.yaml'), spoilt(how));
        const source = readSource(folder, 'x.yaml');
        const data: unknown = fit<unknown>(source, how.file[1]);
        expect(data !== undefined || source.problems.length > 0).toBe(true);
        for (const { line } of source.problems) expect(line).toBeGreaterThanOrEqual(0);
      }),
      times(200),
    );
    expect(dirtyPrototypes()).toEqual([]);
  },
  PATIENCE_MS,
);

test('a small file cannot unfold into a huge one', () => {
  const rows = Array.from(
    { length: 12 },
    (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`,
  );
  writeFileSync(join(folder, 'x.yaml'), ['a0: &a0 [x]', ...rows].join('\n'));
  const source = readSource(folder, 'x.yaml');
  expect(source.problems).toHaveLength(1);
  expect(source.data).toBeUndefined();
});

test(
  'the content as a whole with one file spoilt: usable, or every problem has its place and remedy',
  () => {
    const workshop = openWorkshop();
    try {
      fc.assert(
        fc.property(spoil, (how) => {
          workshop.write(how.file[0], spoilt(how));
          const { bundle, problems } = workshop.load();
          workshop.write(how.file[0], written.get(how.file[0]) ?? '');
          expect(bundle !== undefined || problems.length > 0).toBe(true);
          for (const { what, remedy } of problems) expect(what && remedy).toBeTruthy();
        }),
        // A load takes a good part of a second.
        { numRuns: Math.min(times(4).numRuns, 500) },
      );
    } finally {
      workshop.close();
    }
    expect(dirtyPrototypes()).toEqual([]);
  },
  PATIENCE_MS,
);
