import type { IntentSource } from '../src/dialog/intent-schema.ts';
import { examplesOf, learn, understand } from '../src/dialog/intent.ts';
import { type Judged, type Labelled, judge } from './intent-measure.ts';

const FOLDS = 5;

/** Learns five times without a fifth of the lines of intents.yaml, and judges how those are understood. */
export function crossValidate(source: IntentSource): Judged[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = learn(sifted(source, (index) => index % FOLDS !== fold));
    return labelled(sifted(source, (index) => index % FOLDS === fold)).map((one) =>
      judge(one, understand(model, one.text)),
    );
  }).flat();
}

function labelled(source: IntentSource): Labelled[] {
  const onTopic = examplesOf(source.topics).map(({ text, ids }) => ({ text, topics: ids }));
  const others = [...examplesOf(source.outside), ...examplesOf(source.commands)];
  return [...onTopic, ...others.map(({ text }) => ({ text, topics: [] }))];
}

/** The source with only some of its lines. All readings of a line with brackets stay together. */
function sifted(source: IntentSource, keep: (index: number) => boolean): IntentSource {
  const section = (lines: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(lines).map(([id, text]) => [
        id,
        text
          .split('\n')
          .filter((_, index) => keep(index))
          .join('\n'),
      ]),
    );
  return {
    ...source,
    topics: section(source.topics),
    outside: section(source.outside),
    commands: section(source.commands),
  };
}
