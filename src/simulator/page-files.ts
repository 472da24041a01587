import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

const folder = new URL('./page/', import.meta.url);
const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  ts: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

export type PageFile = { body: string; type: string };

/**
 * Reads a file of the chat page by its path below `page/` ("app.ts", "flex/box.ts"); undefined when there is none.
 * TypeScript leaves as JavaScript: only its types are blanked out, so there is no build step and lines keep their numbers.
 */
export function createPageFiles(): (path: string) => PageFile | undefined {
  const cache = new Map<string, PageFile>();
  return (path) => {
    const known = cache.get(path);
    if (known) return known;
    // Names are a closed alphabet without "..": nothing outside the folder can be asked for.
    const match = /^(?:[a-z]+\/)?[a-z]+(?:-[a-z]+)*\.(html|css|ts|svg)$/.exec(path);
    const type = types[match?.[1] ?? ''];
    if (!type) return undefined;
    let source: string;
    try {
      source = readFileSync(new URL(path, folder), 'utf8');
    } catch {
      return undefined;
    }
    const file = { type, body: path.endsWith('.ts') ? stripQuietly(source) : source };
    cache.set(path, file);
    return file;
  };
}

/** Node 24 warns once that the function is experimental; whoever reads the console of a chat page can do nothing with it. */
function stripQuietly(source: string): string {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = warn;
  }
}
