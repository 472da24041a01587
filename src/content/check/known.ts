import { HOME, KNOWN_PLACES, placeName } from '../../dialog/content.ts';
import type { RichMenu } from '../../message/rich-menu.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Source } from '../source.ts';
import { exits } from './graph.ts';
import type { Draft, Report } from './report.ts';

/** The topics that users' own words open, from messages/intents.yaml. */
export type Intents = { source: Source; topics: readonly string[] };

/**
 * Topics that no menu, no button and no words of a user's ever open, words for a topic that is not there, and places and
 * answers gone that the code leads to by name.
 */
export function checkKnown(
  { dialogs, broken }: Draft,
  { tiles }: RichMenu,
  intents: Intents,
  report: Report,
): void {
  for (const topic of intents.topics) {
    if (dialogs.has(topic) || broken.dialogs.has(topic)) continue;
    const what = `例文のある話題「${topic}」の dialogs/${topic}.yaml がありません。`;
    report('warning', intents.source, ['topics', topic], what, didYouMean(topic, dialogs.keys()));
  }
  for (const place of KNOWN_PLACES) {
    const dialog = dialogs.get(place.dialog);
    if (!dialog) continue;
    const node = dialog.data.nodes[place.node];
    const answers = node?.kind === 'ask' ? node.answers : {};
    const gone = place.answers?.filter((answer) => answers[answer] === undefined) ?? [];
    if (node && gone.length === 0) continue;
    const answer = gone.length > 0 ? `の答え「${gone.join('」「')}」` : '';
    const what = `プログラムが名前で使う「${placeName(place)}」${answer}がありません。`;
    report('error', dialog.source, ['nodes'], what, '名前を元に戻してください。');
  }
  // A file that cannot be read may be the one that leads on.
  if (broken.dialogs.size > 0) return;
  const opened = new Set<string>();
  const open = [HOME, ...intents.topics, ...tiles.flatMap(({ topic }) => topic ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const dialog = dialogs.get(name);
    if (!dialog || opened.has(name)) continue;
    opened.add(name);
    for (const { target } of Object.values(dialog.data.nodes).flatMap(exits))
      if (typeof target !== 'string') open.push(target.open);
  }
  for (const [name, { source }] of dialogs) {
    if (opened.has(name)) continue;
    const what = `話題「${name}」は、どこからも開かれません。`;
    const remedy = `dialogs/menu.yaml と messages/ja/menu.yaml に「${name}」の行を足すか、messages/intents.yaml の topics に例文を足してください（docs/editing.md）。`;
    report('warning', source, [], what, remedy);
  }
}
