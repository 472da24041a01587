import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** The data of YAML files as they were parsed before, by file and the digest of its bytes. */
export type ParseCache = {
  /** Undefined when the file was never parsed, or has changed since. */
  get(file: string, bytes: Buffer): unknown;
  /** Keeps nothing, and says nothing, where it cannot write. */
  put(file: string, bytes: Buffer, data: unknown): void;
};

/**
 * Keeps beside the compiled code (start.js) what is parsed; `npm ci` removes both. Parsing is a third of the time until
 * the bot is ready: bought a quarter of a second. Undefined where there is no node_modules to keep it in.
 */
export function openParseCache(root: string): ParseCache | undefined {
  if (!existsSync(join(root, 'node_modules'))) return undefined;
  const folder = join(root, 'node_modules/.cache/parsed');
  const placeOf = (file: string): string => join(folder, `${file.replaceAll('/', '~')}.json`);
  return {
    get(file, bytes) {
      const head = headOf(bytes);
      try {
        const kept = readFileSync(placeOf(file), 'utf8');
        return kept.startsWith(head) ? JSON.parse(kept.slice(head.length)) : undefined;
      } catch {
        return undefined;
      }
    },
    put(file, bytes, data) {
      const json = JSON.stringify(data);
      // What JSON does not know (.inf) is parsed each time.
      if (json === undefined || !isDeepStrictEqual(JSON.parse(json), data)) return;
      const place = placeOf(file);
      const draft = `${place}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        // Whole or not at all, also where several start at once.
        writeFileSync(draft, headOf(bytes) + json);
        renameSync(draft, place);
      } catch {
        // Read-only: every start parses.
      }
    },
  };
}

/** The first line of what is kept: of which bytes it was made. */
function headOf(bytes: Buffer): string {
  return `${hash('sha256', bytes)}\n`;
}
