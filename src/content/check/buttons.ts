import { answerWords } from '../../dialog/content.ts';
import { SYSTEM } from '../../dialog/system.ts';
import type { Answer, Message } from '../../message/schema.ts';
import type { Path } from '../shape-faults.ts';
import type { Draft, Report } from './report.ts';

/** Quick replies take 20 characters, and a choice carries its number in front („10 “). */
const LONGEST_LABEL = 17;
/** What a Japanese keyboard types for a comma; YAML takes it for a letter like any other. */
const COMMA = /[、，､]/;

/** What buttons say, and what is typed instead of them: words that do not fit, or that run into one. */
export function checkButtons(draft: Draft, report: Report): void {
  for (const [name, { source, data }] of draft.messages) {
    const fault: Fault = (path, what, remedy) => report('error', source, path, what, remedy);
    // A topic is offered by its title.
    if (name !== SYSTEM) checkLength(['title'], data.title, fault);
    checkSayings(['done'], data.done ?? [], fault);
    for (const [node, { answers = {} }] of Object.entries<Message>(data.nodes)) {
      // The other nodes of the bot's own keep parts of their words there.
      if (name === SYSTEM && node !== 'ways' && node !== 'same') continue;
      for (const [answer, words] of Object.entries(answers))
        checkButton(['nodes', node, 'answers', answer], words, fault);
    }
  }
}

type Fault = (path: Path, what: string, remedy: string) => void;

function checkButton(path: Path, words: Answer, fault: Fault): void {
  const { label, say } = answerWords(words);
  checkLength(path, label, fault);
  checkSayings([...path, 'say'], say, fault);
}

function checkSayings(path: Path, sayings: readonly string[], fault: Fault): void {
  for (const [index, word] of sayings.entries()) {
    if (!COMMA.test(word)) continue;
    const what = `${String(path.at(-1))} の「${word}」は、全体で一つの言葉とみなされます。`;
    const remedy =
      '言葉は半角の「,」で区切ります。一つの言い方なら、読点を使わずに書いてください。';
    fault([...path, index], what, remedy);
  }
}

function checkLength(path: Path, label: string, fault: Fault): void {
  if (label.length <= LONGEST_LABEL) return;
  const what = `ボタンの文字「${label}」が長すぎます（${label.length}文字）。`;
  fault(path, what, `${LONGEST_LABEL}文字以内にしてください。`);
}
