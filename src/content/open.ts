import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { type Bundle, loadContent } from './load.ts';
import { openParseCache } from './parse-cache.ts';
import { ContentError, type Problem, problemLine } from './problem.ts';

export type OpenContent = {
  /** The content as of now. */
  now: () => Bundle;
  /** Learns what texts mean, which takes a fifth of a second; else the first text waits for it. */
  learn: () => void;
  close: () => void;
};

/** An editor saves several files in a row, and some write one file in several steps. */
const SETTLE_MS = 200;

/**
 * Loads the content; with `watch` it is loaded anew whenever a file changes, and what does not pass the check is
 * reported while the last good content stays in use.
 * @throws ContentError when it cannot be used at all.
 */
export function openContent(
  root: string,
  options: { log: Log; watch: boolean; clock: () => number },
): OpenContent {
  const { log, clock } = options;
  const cache = openParseCache(root);
  // Production runs what CI has checked: drawing every screen once more would double the time until it is ready, and
  // whatever LINE or the guard would refuse is still caught when it is to be sent (makeSafe).
  const first = loadContent(root, clock(), { render: options.watch, cache });
  if (!first.bundle) throw new ContentError(first.problems);
  let bundle = first.bundle;
  for (const problem of first.problems) tell(log, problem);
  const learn = (): void => void bundle.content.understand('');
  if (!options.watch) return { now: () => bundle, learn, close: () => undefined };

  const reload = (): void => {
    const next = loadContent(root, clock(), { cache });
    for (const problem of next.problems) tell(log, problem);
    if (next.bundle) {
      bundle = next.bundle;
      log.info('コンテンツを読み直しました。');
    } else
      log.error(
        'コンテンツに問題があるため、前の内容のまま動いています。npm run check:content で確かめてください。',
      );
  };
  let timer: NodeJS.Timeout | undefined;
  const onChange = (): void => {
    clearTimeout(timer);
    timer = setTimeout(reload, SETTLE_MS);
  };
  const watchers = ['dialogs', 'messages', 'messages/ja'].map((folder) =>
    watch(join(root, folder), { persistent: false }, onChange),
  );
  return {
    now: () => bundle,
    learn,
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function tell(log: Log, problem: Problem): void {
  const level = problem.severity === 'error' ? 'error' : 'warn';
  log[level]({ problem: problemLine(problem) }, 'コンテンツの確認');
}
