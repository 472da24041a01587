import { answerWords, own } from '../../dialog/content.ts';
import { SYSTEM } from '../../dialog/system.ts';
import type { Draft, Report } from './report.ts';

/** Words for all buttons of a label (`same` in system.yaml): whether a question has it, and nothing is written down twice. */
export function checkSame({ messages }: Draft, report: Report): void {
  const system = messages.get(SYSTEM);
  const same = Object.entries(own(system?.data.nodes ?? {}, 'same')?.answers ?? {}).map(
    ([name, words]) => ({ name, ...answerWords(words) }),
  );
  const met = new Set<string>();
  for (const [dialog, { source, data }] of messages) {
    if (dialog === SYSTEM) continue;
    for (const [node, { answers = {} }] of Object.entries(data.nodes)) {
      for (const [answer, words] of Object.entries(answers)) {
        const { label, say } = answerWords(words);
        const kept = same.find((each) => each.label === label);
        if (kept) met.add(kept.name);
        for (const [index, word] of say.entries()) {
          if (!kept?.say.includes(word)) continue;
          const path = ['nodes', node, 'answers', answer, 'say', index];
          const what = `「${word}」は、「${label}」のどのボタンにも効く言葉として、system.yaml の same にあります。`;
          report('error', source, path, what, 'ここからは消してください。');
        }
      }
    }
  }
  for (const { name, label } of same) {
    if (met.has(name) || !system) continue;
    const path = ['nodes', 'same', 'answers', name];
    const what = `「${label}」というボタンは、どの質問にもありません。`;
    report(
      'error',
      system.source,
      path,
      what,
      'ボタンの文字に合わせるか、この行を消してください。',
    );
  }
}
