import { answerWords } from '../../dialog/content.ts';
import { bare, spelling } from '../../dialog/match/spelling.ts';
import { SYSTEM, sameSayings } from '../../dialog/system.ts';
import type { Message, Messages } from '../../message/schema.ts';
import type { Path } from '../shape-faults.ts';
import type { Draft, Report } from './report.ts';

/** A word that two answers of a question share is understood as neither. Words are compared as those that users type are. */
export function checkApart(draft: Draft, report: Report): void {
  const messages = Object.fromEntries([...draft.messages].map(([name, { data }]) => [name, data]));
  for (const [dialog, { source, data }] of draft.messages) {
    if (dialog === SYSTEM) continue;
    for (const [node, { answers = {} }] of Object.entries(data.nodes))
      checkAnswers(answers, messages, ['nodes', node, 'answers'], (path, what, remedy) =>
        report('error', source, path, what, remedy),
      );
  }
}

function checkAnswers(
  answers: NonNullable<Message['answers']>,
  messages: Readonly<Record<string, Messages>>,
  at: Path,
  fault: (path: Path, what: string, remedy: string) => void,
): void {
  const seen = new Map<string, { answer: string; word: string; isLabel: boolean }>();
  for (const [answer, words] of Object.entries(answers)) {
    const { label, say } = answerWords(words);
    const same = sameSayings(messages, label);
    for (const [index, word] of [label, ...say, ...same].entries()) {
      const isLabel = index === 0;
      const isOwn = index > 0 && index <= say.length;
      const key = bare(spelling(word));
      const other = seen.get(key) ?? { answer, word, isLabel };
      seen.set(key, other);
      if (other.answer === answer || key === '') continue;
      if (isLabel && other.isLabel && word === other.word) {
        const what = `ボタンの文字「${word}」が「${other.answer}」と同じです。`;
        fault([...at, answer], what, '見分けのつく文字にしてください。');
        continue;
      }
      const what = `「${word}」は、答え「${other.answer}」の「${other.word}」と同じ言葉です。これを書いた人の答えを決められません。`;
      const path = isOwn ? [...at, answer, 'say', index - 1] : [...at, answer];
      fault(path, what, 'どちらか一方の答えだけに書いてください。');
    }
  }
}
