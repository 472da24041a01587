import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A generated file that is kept in git. `file`: from the project's root. */
export type KeptFile = { file: string; text: string };

/** Writes the files that differ and says which. */
export function writeKept(root: string, files: readonly KeptFile[]): string[] {
  const changed = staleKept(root, files);
  for (const { file, text } of files.filter((one) => changed.includes(one.file))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return changed;
}

/** The files that are missing or not what they would be if they were made now. */
export function staleKept(root: string, files: readonly KeptFile[]): string[] {
  return files.filter(({ file, text }) => read(join(root, file)) !== text).map(({ file }) => file);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
