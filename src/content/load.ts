import type { Content } from '../dialog/content.ts';
import { dialog } from '../dialog/schema.ts';
import { labels } from '../message/labels.ts';
import { type RichMenu, richMenu } from '../message/rich-menu.ts';
import { messages, phrases } from '../message/schema.ts';
import { createAssess } from '../safety/assess.ts';
import { withoutAddresses } from '../safety/contacts.ts';
import { type Guard, createGuard } from '../safety/guard.ts';
import { facts } from '../safety/facts.ts';
import { check } from './check/check.ts';
import type { Draft, Parsed } from './check/report.ts';
import { type Letters, createLetters } from './letters.ts';
import type { ParseCache } from './parse-cache.ts';
import { type Problem, bySeverityAndPlace } from './problem.ts';
import { type Source, fit, readSource, unreadFiles, yamlNames } from './source.ts';
import { readUnderstanding } from './understanding.ts';

/** In messages/ja/ beside the topics: the fixed words of the cards, and the buttons under the chat. */
const LABELS = 'labels';
const RICH_MENU = 'rich-menu';

export type Loaded = {
  /** Absent when an error keeps the content from being used. */
  bundle?: Bundle;
  /** Everything that is wrong, errors and warnings, by file and line. */
  problems: Problem[];
};

/** The content and what makes LINE messages of it. */
export type Bundle = { content: Content; letters: Letters; richMenu: RichMenu };

/**
 * Reads dialogs/ and messages/ below `root`, and checks them as a whole. Reports every problem at once; never throws.
 * `render`: whether every screen is drawn and measured, too. That takes as long as all the rest. `cache`: of files that
 * were parsed before.
 */
export function loadContent(
  root: string,
  nowMs: number,
  { render = true, cache }: { render?: boolean; cache?: ParseCache | undefined } = {},
): Loaded {
  const sources: Source[] = [];
  const read = <T>(file: string, schema: Parameters<typeof fit<T>>[1]): Parsed<T> | undefined => {
    const source = readSource(root, file, cache);
    sources.push(source);
    const data = fit(source, schema);
    return data === undefined ? undefined : { source, data };
  };
  const readAll = <T>(folder: string, schema: Parameters<typeof fit<T>>[1]) => {
    const names = yamlNames(root, folder).filter((name) => name !== LABELS && name !== RICH_MENU);
    const good = new Map<string, Parsed<T>>();
    for (const name of names) {
      const one = read(`${folder}/${name}.yaml`, schema);
      if (one) good.set(name, one);
    }
    return { good, broken: new Set(names.filter((name) => !good.has(name))) };
  };
  const dialogs = readAll('dialogs', dialog);
  const words = readAll('messages/ja', messages);
  const knownLabels = read(`messages/ja/${LABELS}.yaml`, labels);
  const knownMenu = read(`messages/ja/${RICH_MENU}.yaml`, richMenu);
  const knownPhrases = read('messages/phrases.yaml', phrases);
  const knownFacts = read('messages/facts.yaml', facts);
  const understanding = readUnderstanding(root, sources, cache);
  const unread = ['dialogs', 'messages', 'messages/ja'].flatMap((folder) =>
    unreadFiles(root, folder),
  );
  const done = (): Problem[] =>
    [...unread, ...sources.flatMap((source) => source.problems)].toSorted(bySeverityAndPlace);
  if (!knownLabels || !knownMenu || !knownPhrases || !knownFacts || !understanding)
    return { problems: done() };

  const draft: Draft = {
    dialogs: dialogs.good,
    messages: words.good,
    phrases: knownPhrases,
    facts: knownFacts,
    labels: knownLabels,
    broken: { dialogs: dialogs.broken, messages: words.broken },
  };
  const guard = createGuard(knownFacts.data);
  const content: Content = {
    dialogs: dataOf(dialogs.good),
    messages: dataOf(words.good),
    phrases: knownPhrases.data,
    facts: knownFacts.data,
    understand: understanding.understand,
    mayRepeat: mayRepeatFor(guard),
    assess: createAssess(knownFacts.data),
    withoutAddresses,
  };
  const letters = createLetters({ ...content, labels: knownLabels.data }, guard);
  check({
    draft,
    richMenu: knownMenu,
    intents: understanding.intents,
    content,
    nowMs,
    unsafe: letters.unsafe,
    examine: render ? letters.examine : undefined,
  });
  const problems = done();
  const usable = problems.every(({ severity }) => severity !== 'error');
  return usable
    ? { bundle: { content, letters, richMenu: knownMenu.data }, problems }
    : { problems };
}

/** Apart, because a closure of `loadContent` would keep all it has read alive: 5 MB of parsed YAML. */
function mayRepeatFor(guard: Guard): Content['mayRepeat'] {
  return (text) => guard.check(text).length === 0;
}

function dataOf<T>(parsed: ReadonlyMap<string, Parsed<T>>): Record<string, T> {
  return Object.fromEntries([...parsed].map(([name, { data }]) => [name, data]));
}
