import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKept } from '../../scripts/run-kept.ts';
import { project } from './project.ts';

const files = [
  { file: 'docs/a.md', text: 'new\n' },
  { file: 'b.json', text: '{}\n' },
];

function run(root: string, ...args: string[]) {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  return { code: runKept({ root, args, files, command: 'npm run x', print }), said };
}

describe('a script that keeps files', () => {
  it('writes what is missing or old, and then has nothing to do', () => {
    const root = project({ 'docs/a.md': 'old\n' });
    expect(run(root)).toEqual({ code: 0, said: ['書き直しました: docs/a.md、b.json'] });
    expect(readFileSync(join(root, 'docs/a.md'), 'utf8')).toBe('new\n');
    expect(run(root)).toEqual({ code: 0, said: ['変わったところはありません。'] });
  });

  it('with --check changes nothing, and says what is old and how to mend it', () => {
    const root = project({ 'docs/a.md': 'old\n', 'b.json': '{}\n' });
    const { code, said } = run(root, '--check');
    expect(code).toBe(1);
    expect(said).toEqual([
      '✗ docs/a.md が古くなっています。npm run x を実行して作り直してください。',
    ]);
    expect(readFileSync(join(root, 'docs/a.md'), 'utf8')).toBe('old\n');
    run(root);
    expect(run(root, '--check')).toEqual({ code: 0, said: [] });
  });

  it('does not take a slip in its options for a wish to write', () => {
    const root = project({ 'docs/a.md': 'old\n' });
    expect(run(root, '--chek').code).toBe(2);
    expect(readFileSync(join(root, 'docs/a.md'), 'utf8')).toBe('old\n');
  });
});
