import type { Dialog, Node } from '../../dialog/schema.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Draft, Parsed, Report } from './report.ts';

/** Words (`by`) or a way (`on`, of a branch) that depend on an answer given earlier, and where they stand. */
type Dependent = {
  source: Parsed<unknown>['source'];
  node: string;
  key: 'by' | 'on';
  question: string;
  cases: object;
};

/**
 * `by` and `on` must name a question somewhere, and their cases answers of it: else nobody ever gets to these words or
 * this way.
 */
export function checkEarlier(draft: Draft, report: Report): void {
  // The question may stand in a file that cannot be read.
  if (draft.broken.dialogs.size > 0) return;
  const answers = answersOf(draft.dialogs);
  for (const { source, node, key, question, cases } of dependents(draft)) {
    const known = answers.get(question);
    if (!known) {
      const what = `${key} の「${question}」という質問（ask）も期限（deadline）もありません。`;
      const remedy = '前に答えてもらう ask か、前に通る deadline の名前を書いてください。';
      report('error', source, ['nodes', node, key], what, remedy);
      continue;
    }
    for (const value of Object.keys(cases).filter((each) => !known.has(each))) {
      const what = `「${question}」の答えに「${value}」はありません。`;
      report('error', source, ['nodes', node, 'cases', value], what, didYouMean(value, known));
    }
  }
}

function dependents({ messages, dialogs }: Draft): Dependent[] {
  const words = [...messages.values()].flatMap(({ source, data }) =>
    Object.entries(data.nodes).flatMap(([node, message]): Dependent[] =>
      'by' in message
        ? [{ source, node, key: 'by', question: message.by, cases: message.cases }]
        : [],
    ),
  );
  const ways = [...dialogs.values()].flatMap(({ source, data }) =>
    Object.entries(data.nodes).flatMap(([name, node]): Dependent[] =>
      node.kind === 'branch'
        ? [{ source, node: name, key: 'on', question: node.on, cases: node.cases }]
        : [],
    ),
  );
  return [...words, ...ways];
}

/** By question, in whatever dialogs it is asked. `topic` is what the conversation began with, and asked by none. */
function answersOf(dialogs: ReadonlyMap<string, Parsed<Dialog>>): Map<string, Set<string>> {
  const answers = new Map([['topic', new Set(dialogs.keys())]]);
  for (const { data } of dialogs.values()) {
    for (const [name, node] of Object.entries(data.nodes)) {
      const given = givenBy(node);
      if (given.length === 0) continue;
      answers.set(name, new Set([...(answers.get(name) ?? []), ...given]));
    }
  }
  return answers;
}

/** What may be remembered of a node: an answer of the user, or of the calendar. */
function givenBy(node: Node): readonly string[] {
  if (node.kind === 'ask') return Object.keys(node.answers);
  return node.kind === 'deadline' ? ['next', 'over', 'unknown'] : [];
}
