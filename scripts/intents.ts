import { readFileSync } from 'node:fs';
import { learn, understand } from '../src/dialog/intent.ts';
import { crossValidate } from './intent-folds.ts';
import { type Judged, VERDICTS, judge, readLabelled, share } from './intent-measure.ts';
import { readIntentSource } from './intent-source.ts';

/** npm run intents [-- file.jsonl]: how well texts are understood, by cross-validation or on a labelled file. */
function main(path: string | undefined): void {
  const source = readIntentSource();
  const started = performance.now();
  const model = learn(source);
  const learntMs = performance.now() - started;
  const labelled = path === undefined ? undefined : readLabelled(readFileSync(path, 'utf8'), path);
  const again = performance.now();
  const judged = labelled
    ? labelled.map((one) => judge(one, understand(model, one.text)))
    : crossValidate(source);
  const eachMs = (performance.now() - again) / judged.length;
  const what = path ?? 'intents.yaml、5分割の交差検証';
  console.log(`${what}: ${judged.length} 文`);
  print(judged);
  console.log(`\n学習 ${learntMs.toFixed(0)} ms`);
  if (labelled) console.log(`1文あたり ${eachMs.toFixed(3)} ms`);
}

function print(judged: readonly Judged[]): void {
  const single = judged.filter(({ topics }) => topics.length === 1);
  const two = judged.filter(({ topics }) => topics.length > 1);
  const none = judged.filter(({ topics }) => topics.length === 0);
  const lines: [string, { count: number; of: number }][] = [
    ['正しい話題を開いた、または選択肢に出した', share(single, 'opened', 'offered')],
    ['正しい話題をすぐ開いた', share(single, 'opened')],
    ['違う話題を開いた', share(single, 'wrong')],
    ['範囲外の文で話題を開いた', share(none, 'opened-amiss')],
    ['範囲外の文で選択肢を出した', share(none, 'offered-amiss')],
    ['二つの用件: 少なくとも一つを開いた、または出した', share(two, 'opened', 'offered')],
    ['二つの用件: 二つとも選択肢に出した', { count: two.filter(offersAll).length, of: two.length }],
  ];
  console.log('');
  for (const [name, { count, of }] of lines) {
    if (of > 0) console.log(`${percent(count, of).padStart(6)}  ${name} (${count}/${of})`);
  }
  console.log('\n話題ごと（出した / すぐ開いた / 違う話題を開いた / 文の数）');
  for (const [topic, all] of Map.groupBy(single, ({ topics }) => topics[0] ?? '')) {
    const covered = share(all, 'opened', 'offered');
    const columns = [
      percent(covered.count, covered.of),
      percent(share(all, 'opened').count, all.length),
      percent(share(all, 'wrong').count, all.length),
      String(all.length),
    ];
    console.log(`  ${topic.padEnd(20)}${columns.map((column) => column.padStart(8)).join('')}`);
  }
  const amiss = judged.filter(({ verdict }) => verdict === 'wrong' || verdict === 'opened-amiss');
  const confusions = Map.groupBy(
    amiss,
    ({ topics, meant }) => `${topics.join('+') || 'other'} → ${meant.intents[0]?.id}`,
  );
  console.log('\n取り違え（多い順）');
  for (const [pair, all] of [...confusions].toSorted((a, b) => b[1].length - a[1].length)) {
    console.log(`  ${all.length}  ${pair}`);
    for (const { text } of all.slice(0, 5)) console.log(`       ${text}`);
  }
  if (!process.argv.includes('--all')) return;
  console.log('\nすぐ開けなかった文');
  for (const { text, topics, meant, verdict } of judged) {
    if (verdict === 'opened' || verdict === 'left' || topics.length > 1) continue;
    const got = meant.intents.map(({ id, score }) => `${id} ${score.toFixed(2)}`).join(', ');
    console.log(`  ${VERDICTS[verdict]}: [${topics.join('+') || 'other'}] ${text} → ${got}`);
  }
}

function offersAll({ topics, meant }: Judged): boolean {
  return (
    topics.every((topic) => meant.intents.some(({ id }) => id === topic)) &&
    meant.decision === 'choose'
  );
}

function percent(count: number, of: number): string {
  return `${((100 * count) / of).toFixed(1)}%`;
}

main(process.argv.slice(2).find((argument) => !argument.startsWith('--')));
