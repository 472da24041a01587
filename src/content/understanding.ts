import type { Content } from '../dialog/content.ts';
import { intentSource } from '../dialog/intent-schema.ts';
import { learn, understand } from '../dialog/intent.ts';
import { type Source, fit, readSource } from './source.ts';

/** Learns messages/intents.yaml; undefined, with the problems in its source, when it does not fit. */
export function readUnderstanding(
  root: string,
  sources: Source[],
): Content['understand'] | undefined {
  const source = readSource(root, 'messages/intents.yaml');
  sources.push(source);
  const data = fit(source, intentSource);
  if (!data) return undefined;
  const model = learn(data);
  return (text) => understand(model, text);
}
