import type { Reply } from '../../src/dialog/reply.ts';
import { bundle } from './content.ts';
import { schemaFaults } from './line-schema.ts';

/** What LINE is given for a turn's replies, and what it would say against that. */
export function letterOf(
  replies: readonly Reply[],
  nowMs: number,
): { messages: readonly unknown[]; faults: readonly string[] } {
  if (replies.length === 0) return { messages: [], faults: [] };
  const { messages: written, problems } = bundle().letters.render(replies, nowMs);
  const messages = JSON.parse(written.json) as unknown[];
  const count = messages.length === 0 || messages.length > 5 ? [`${messages.length} messages`] : [];
  return { messages, faults: [...problems, ...count, ...schemaFaults(messages)] };
}
