import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { editorSchemas } from '../../scripts/schemas/editor-schemas.ts';

const schema = z.custom<Parameters<typeof z.fromJSONSchema>[0]>((value) => value instanceof Object);
const schemas = new Map(
  editorSchemas().map(({ file, text }) => [file, schema.parse(JSON.parse(text))]),
);
const at = (name: string) => schemas.get(`schemas/${name}.schema.json`) ?? false;

describe("the editors' schemas", () => {
  it('there is one for each kind of file', () => {
    expect([...schemas.keys()].map((file) => /\/(\w+)\./.exec(file)?.[1])).toEqual([
      'dialog',
      'messages',
      'phrases',
      'facts',
      'intents',
      'labels',
      'richmenu',
    ]);
  });

  it('take what the bot takes and refuse what it refuses', () => {
    const dialog = z.fromJSONSchema(at('dialog'));
    const node = { kind: 'ask_date', slot: 'date', next: 'a' };
    expect(dialog.safeParse({ start: 'a', nodes: { a: node } }).success).toBe(true);
    const wrong = { ...node, slot: 'dat' };
    expect(dialog.safeParse({ start: 'a', nodes: { a: wrong } }).success).toBe(false);
    expect(dialog.safeParse({ start: 'a', nodes: { a: node }, other: 1 }).success).toBe(false);
  });

  it('say in Japanese what each kind of node and card does', () => {
    expect(JSON.stringify(at('dialog'))).toContain('"const":"ask_date","description":"日付を');
    expect(JSON.stringify(at('messages'))).toContain('"const":"notice","description":"お知らせ');
  });

  it('are the same each time, and named in the settings of the editor', () => {
    expect(editorSchemas()).toEqual(editorSchemas());
    const root = join(import.meta.dirname, '../..');
    const settings = z
      .object({ 'yaml.schemas': z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8')));
    const named = Object.keys(settings['yaml.schemas']).map((file) => file.replace('./', ''));
    expect(named.toSorted()).toEqual([...schemas.keys()].toSorted());
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
