/**
 * LINE's side of the bench, as a process of its own: the fake platform of the simulator (without its checks of
 * messages) and the people who write. Steered over IPC by bench/line-side.ts; ends with its parent.
 */
import { z } from 'zod';
import { createFakeLine } from '../../src/simulator/line.ts';
import { createLoad } from './load.ts';
import { phase } from './phase.ts';

const command = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: z.url() }),
  z.strictObject({ kind: z.literal('phase'), phase }),
]);

const [channelSecret = '', accessToken = ''] = process.argv.slice(2);
const line = createFakeLine({
  channelSecret,
  accessToken,
  validate: false,
  ratePerSecond: null,
  monthlyLimit: null,
  redelivery: { times: 0, afterMs: 1000 },
  webhookTimeoutMs: 10_000,
  keep: 0,
});
const load = createLoad(line);

process.on('message', (message) => {
  const parsed = command.parse(message);
  if (parsed.kind === 'webhook') {
    line.setWebhookUrl(parsed.url);
    process.send?.({ kind: 'done' });
  } else {
    void load(parsed.phase).then((result) => process.send?.({ kind: 'result', result }));
  }
});
process.once('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', url: await line.listen() });
