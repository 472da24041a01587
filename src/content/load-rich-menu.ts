import { type Dialog, dialog } from '../dialog/schema.ts';
import { type RichMenu, richMenu } from '../message/rich-menu.ts';
import { checkRichMenu } from './check/rich-menu.ts';
import { type Parsed, report } from './check/report.ts';
import { type Problem, bySeverityAndPlace } from './problem.ts';
import { fit, readSource, yamlNames } from './source.ts';

/**
 * The buttons under the chat, checked against the topics they open, and nothing else: learning to understand texts
 * takes seconds and has no part in it. Never throws; `menu` is absent when a problem keeps it from being used.
 */
export function loadRichMenu(root: string): { menu?: RichMenu; problems: Problem[] } {
  const source = readSource(root, 'messages/ja/rich-menu.yaml');
  const data = fit(source, richMenu);
  if (data === undefined) return { problems: source.problems.toSorted(bySeverityAndPlace) };
  const dialogs = yamlNames(root, 'dialogs').flatMap((name): [string, Parsed<Dialog>][] => {
    const one = readSource(root, `dialogs/${name}.yaml`);
    const known = fit(one, dialog);
    return known === undefined ? [] : [[name, { source: one, data: known }]];
  });
  checkRichMenu({ source, data }, new Map(dialogs), report);
  const problems = source.problems.toSorted(bySeverityAndPlace);
  return problems.length > 0 ? { problems } : { menu: data, problems };
}
