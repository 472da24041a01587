import { type Problem, bySeverityAndPlace } from '../../src/content/problem.ts';
import { type Source, fit, readSource, yamlNames } from '../../src/content/source.ts';
import { type Dialog, dialog } from '../../src/dialog/schema.ts';
import { type Messages, messages } from '../../src/message/schema.ts';

/** The dialogs with their words, by name in the order of their names. Words may still be missing. */
export type Dialogs = ReadonlyMap<string, { graph: Dialog; words: Messages | undefined }>;

/** Reads what the map shows. Files are parsed, not checked as a whole: the map helps while a topic is being written. */
export function readDialogs(root: string): { dialogs: Dialogs; problems: Problem[] } {
  const sources: Source[] = [];
  const read = (file: string): Source => {
    const source = readSource(root, file);
    sources.push(source);
    return source;
  };
  const wordy = new Set(yamlNames(root, 'messages/ja'));
  const entries = yamlNames(root, 'dialogs').flatMap(
    (name): [string, { graph: Dialog; words: Messages | undefined }][] => {
      const graph = fit(read(`dialogs/${name}.yaml`), dialog);
      const words = wordy.has(name) ? fit(read(`messages/ja/${name}.yaml`), messages) : undefined;
      return graph ? [[name, { graph, words }]] : [];
    },
  );
  const problems = sources.flatMap((source) => source.problems).toSorted(bySeverityAndPlace);
  return { dialogs: new Map(entries), problems };
}
