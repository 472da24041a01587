import { type KeptFile, staleKept, writeKept } from './kept-file.ts';

/**
 * The command line of a script that keeps files: writes them, or with `--check` only says whether they are as they
 * should be. Returns the exit code.
 */
export function runKept(options: {
  root: string;
  args: readonly string[];
  files: readonly KeptFile[];
  /** How to make them anew, e.g. `npm run map`. */
  command: string;
  print: (line: string) => void;
}): 0 | 1 | 2 {
  const { root, args, files, command, print } = options;
  const unknown = args.find((arg) => arg !== '--check');
  if (unknown !== undefined) {
    print(`「${unknown}」は使えません。使い方: ${command} [-- --check]`);
    return 2;
  }
  if (args.includes('--check')) {
    const stale = staleKept(root, files);
    for (const file of stale)
      print(`✗ ${file} が古くなっています。${command} を実行して作り直してください。`);
    return stale.length > 0 ? 1 : 0;
  }
  const changed = writeKept(root, files);
  print(
    changed.length > 0 ? `書き直しました: ${changed.join('、')}` : '変わったところはありません。',
  );
  return 0;
}
