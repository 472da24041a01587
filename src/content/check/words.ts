import { COMMANDS } from '../../dialog/postback.ts';
import { EVERYWHERE, OWN_LABELS, SYSTEM, SYSTEM_NODES } from '../../dialog/system.ts';
import type { Dialog, Node } from '../../dialog/schema.ts';
import type { Message, Messages } from '../../message/schema.ts';
import { ASIDES, answerWords, own } from '../../dialog/content.ts';
import type { Path } from '../shape-faults.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Draft, Parsed, Report } from './report.ts';

/** Kinds whose words may be left out, kinds that say nothing, and all others, which must say something. */
const OPTIONAL: ReadonlySet<Node['kind']> = new Set(['open', 'end']);
const SILENT: ReadonlySet<Node['kind']> = new Set(['branch', 'hours']);

/** Words without a node, nodes without words, answers on which question and words disagree. */
export function checkWords(draft: Draft, report: Report): void {
  const commands = commandWords(draft);
  for (const [name, dialog] of draft.dialogs) {
    const words = draft.messages.get(name);
    if (words) checkPair(dialog, words, report, commands);
    else if (!draft.broken.messages.has(name)) {
      const what = `messages/ja/${name}.yaml がありません。`;
      report('error', dialog.source, [], what, '同じ名前の言葉のファイルを作ってください。');
    }
  }
  if (!draft.messages.has(SYSTEM) && !draft.broken.messages.has(SYSTEM)) {
    const what = `messages/ja/${SYSTEM}.yaml がありません。`;
    report(
      'error',
      draft.facts.source,
      [],
      what,
      'ボット自身の言葉のファイルです。元に戻してください。',
    );
  }
  for (const [name, words] of draft.messages) {
    if (name === SYSTEM) checkSystem(words, report);
    else if (name === ASIDES.dialog) checkAsides(words, report);
    else if (!draft.dialogs.has(name) && !draft.broken.dialogs.has(name)) {
      const what = `dialogs/${name}.yaml がありません。`;
      report('error', words.source, [], what, didYouMean(name, draft.dialogs.keys()));
    }
  }
}

function checkPair(
  dialog: Parsed<Dialog>,
  words: Parsed<Messages>,
  report: Report,
  commands: readonly string[],
): void {
  for (const [name, node] of Object.entries(dialog.data.nodes)) {
    const message = Object.hasOwn(words.data.nodes, name) ? words.data.nodes[name] : undefined;
    if (!message) {
      if (OPTIONAL.has(node.kind) || SILENT.has(node.kind)) continue;
      const what = `node「${name}」の言葉が ${words.source.file} にありません。`;
      report(
        'error',
        dialog.source,
        ['nodes', name],
        what,
        `nodes の下に「${name}:」を足してください。`,
      );
      continue;
    }
    if (SILENT.has(node.kind)) {
      const what = `「${name}」は ${node.kind} なので、何も言いません。`;
      report('error', words.source, ['nodes', name], what, 'この言葉を消してください。');
    }
    if (node.kind === 'ask' && node.from_opening && ('by' in message || message.card)) {
      const what = `質問「${name}」のカードは、はじめの言葉で答えがわかった人には見えません。`;
      const remedy = 'from_opening を消すか、カードをこの質問より前か後に移してください。';
      report('error', dialog.source, ['nodes', name, 'from_opening'], what, remedy);
    }
    checkAnswers(name, node, message, words, report, commands);
  }
  const nodes = Object.keys(dialog.data.nodes);
  for (const name of Object.keys(words.data.nodes).filter((each) => !nodes.includes(each))) {
    const what = `「${name}」という node は ${dialog.source.file} にありません。`;
    report('error', words.source, ['nodes', name], what, didYouMean(name, nodes));
  }
}

function checkAnswers(
  name: string,
  node: Node,
  message: Message,
  { source }: Parsed<Messages>,
  report: Report,
  commands: readonly string[],
): void {
  const asked = node.kind === 'ask' ? Object.keys(node.answers) : [];
  const worded = message.answers ?? {};
  const at = (answer: string): Path => ['nodes', name, 'answers', answer];
  for (const answer of asked.filter((each) => !Object.hasOwn(worded, each))) {
    const what = `答え「${answer}」の言葉がありません。`;
    report('error', source, ['nodes', name], what, `answers に「${answer}: …」を足してください。`);
  }
  for (const [answer, words] of Object.entries(worded)) {
    if (!asked.includes(answer)) {
      const what = `質問「${name}」に「${answer}」という答えはありません。`;
      report('error', source, at(answer), what, didYouMean(answer, asked));
    }
    const { label, say } = answerWords(words);
    for (const command of commands.filter((each) => label === each || say.includes(each))) {
      const what = `「${command}」は、いつでも使える言葉です。ここの答えにはなりません。`;
      report('error', source, at(answer), what, '答えの文字か say を、別の言い方にしてください。');
    }
  }
}

/** Words that work in every state, whatever is being asked. */
function commandWords(draft: Draft): string[] {
  const system = draft.messages.get(SYSTEM)?.data.nodes ?? {};
  const labels = own(system, 'ways')?.answers ?? {};
  return EVERYWHERE.flatMap((command) => {
    const words = own(labels, command);
    return words === undefined ? [] : [answerWords(words).label];
  });
}

/** What the bot says on its own account: exactly the nodes and the buttons that the code knows. */
function checkSystem({ source, data }: Parsed<Messages>, report: Report): void {
  const labels: readonly string[] = [...COMMANDS, ...OWN_LABELS];
  const ways = own(data.nodes, 'ways')?.answers ?? {};
  for (const name of labels.filter((each) => !Object.hasOwn(ways, each))) {
    const what = `ボタン「${name}」の文字がありません。`;
    report('error', source, ['nodes', 'ways'], what, `answers に「${name}: …」を足してください。`);
  }
  for (const name of Object.keys(ways).filter((each) => !labels.includes(each))) {
    const what = `「${name}」というボタンはありません。`;
    report('error', source, ['nodes', 'ways', 'answers', name], what, didYouMean(name, labels));
  }
  const known: readonly string[] = SYSTEM_NODES;
  for (const name of known.filter((each) => !Object.hasOwn(data.nodes, each))) {
    const what = `「${name}」の言葉がありません。`;
    report('error', source, [], what, `nodes の下に「${name}:」を足してください。`);
  }
  for (const name of Object.keys(data.nodes).filter((each) => !known.includes(each))) {
    const what = `「${name}」はどこでも使われません。`;
    report('error', source, ['nodes', name], what, didYouMean(name, known));
  }
}

/** What people ask back or remark: each has its reply, and no reply is left over. */
function checkAsides({ source, data }: Parsed<Messages>, report: Report): void {
  const lists: readonly string[] = [ASIDES.asked, ASIDES.remarked];
  const said = lists.flatMap((list) =>
    Object.keys(own(data.nodes, list)?.answers ?? {}).map((name) => ({ list, name })),
  );
  for (const { list, name } of said.filter((each) => !Object.hasOwn(data.nodes, each.name))) {
    const what = `「${name}」と言われたときの言葉がありません。`;
    const path = ['nodes', list, 'answers', name];
    report('error', source, path, what, `nodes の下に「${name}:」を足してください。`);
  }
  const names = said.map(({ name }) => name);
  const replies = Object.keys(data.nodes).filter((name) => !lists.includes(name));
  for (const name of replies.filter((each) => !names.includes(each))) {
    const what = `「${name}」は ${lists.join('・')} の answers にないので、どこでも使われません。`;
    report('error', source, ['nodes', name], what, didYouMean(name, names));
  }
}
