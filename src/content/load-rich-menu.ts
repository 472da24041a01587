import { type Dialog, dialog } from '../dialog/schema.ts';
import { type RichMenu, richMenu } from '../message/rich-menu.ts';
import { checkRichMenu } from './check/rich-menu.ts';
import { type Parsed, report } from './check/report.ts';
import { type Problem, bySeverityAndPlace } from './problem.ts';
import { type Source, fit, readSource, yamlNames } from './source.ts';

/**
 * The buttons under the chat, checked against the topics they open, and nothing else: learning to understand texts
 * takes seconds and has no part in it. Never throws; `menu` is absent when a problem keeps it from being used.
 */
export function loadRichMenu(root: string): { menu?: RichMenu; problems: Problem[] } {
  const source = readSource(root, 'messages/ja/rich-menu.yaml');
  const data = fit(source, richMenu);
  if (data === undefined) return { problems: source.problems.toSorted(bySeverityAndPlace) };
  const dialogs = new Map<string, Parsed<Dialog>>();
  const broken = new Map<string, Source>();
  for (const name of yamlNames(root, 'dialogs')) {
    const one = readSource(root, `dialogs/${name}.yaml`);
    const known = fit(one, dialog);
    if (known === undefined) broken.set(name, one);
    else dialogs.set(name, { source: one, data: known });
  }
  const names = { dialogs: new Set(broken.keys()), messages: new Set<string>() };
  checkRichMenu({ source, data }, { dialogs, broken: names }, report);
  // A tile whose topic cannot be read cannot be judged: what is wrong with the topic stands in the way.
  const inTheWay = data.tiles.flatMap(({ topic = '' }) => broken.get(topic) ?? []);
  const problems = [source, ...new Set(inTheWay)]
    .flatMap((each) => each.problems)
    .toSorted(bySeverityAndPlace);
  return problems.length > 0 ? { problems } : { menu: data, problems };
}
