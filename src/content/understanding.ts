import type { Content } from '../dialog/content.ts';
import { type IntentSource, intentSource } from '../dialog/intent-schema.ts';
import { learn, understand } from '../dialog/intent.ts';
import type { Intents } from './check/known.ts';
import type { ParseCache } from './parse-cache.ts';
import { type Source, fit, readSource } from './source.ts';

/** Reads messages/intents.yaml, to be learned with the first text; undefined, with the problems in its source, when it does not fit. */
export function readUnderstanding(
  root: string,
  sources: Source[],
  cache: ParseCache | undefined,
): { understand: Content['understand']; intents: Intents } | undefined {
  const source = readSource(root, 'messages/intents.yaml', cache);
  sources.push(source);
  const data = fit(source, intentSource);
  if (!data) return undefined;
  return { understand: learnLater(data), intents: { source, topics: Object.keys(data.topics) } };
}

/** Not before it is needed: learning takes a third of the time until the bot is ready. */
function learnLater(data: IntentSource): Content['understand'] {
  let model: ReturnType<typeof learn> | undefined;
  return (text) => {
    model ??= learn(data);
    return understand(model, text);
  };
}
