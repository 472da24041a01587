import { own } from '../../dialog/content.ts';
import type { RichMenu } from '../../message/rich-menu.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Draft, Parsed, Report } from './report.ts';

/** Tiles that lead nowhere: a topic, a question or an answer that is not there. */
export function checkRichMenu(
  menu: Parsed<RichMenu>,
  { dialogs, broken }: Pick<Draft, 'dialogs' | 'broken'>,
  report: Report,
): void {
  for (const [index, { topic, answer }] of menu.data.tiles.entries()) {
    if (topic === undefined || broken.dialogs.has(topic)) continue;
    const dialog = dialogs.get(topic)?.data;
    const at = ['tiles', index, 'topic'];
    if (!dialog) {
      const what = `話題「${topic}」がありません。`;
      report('error', menu.source, at, what, didYouMean(topic, dialogs.keys()));
      continue;
    }
    if (answer === undefined) continue;
    const [question = '', given = ''] = answer.split('.');
    const node = own(dialog.nodes, question);
    const known = node?.kind === 'ask' ? Object.keys(node.answers) : undefined;
    if (known?.includes(given)) continue;
    const what = known
      ? `dialogs/${topic}.yaml の質問「${question}」に、答え「${given}」がありません。`
      : `dialogs/${topic}.yaml に、答えを選ぶ質問「${question}」がありません。`;
    const names = known ?? Object.keys(dialog.nodes);
    report(
      'error',
      menu.source,
      ['tiles', index, 'answer'],
      what,
      didYouMean(known ? given : question, names),
    );
  }
}
