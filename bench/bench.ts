/**
 * `npm run bench`: this bot against the bot of the SDK's guide and a bare floor, one after the other on this machine,
 * each with a Redis (AOF everysec) and a LINE of its own; then how late reminders are (`--only reminders`). Loopback only.
 */
import { cpus, loadavg } from 'node:os';
import { contenders } from './contenders.ts';
import { type Figures, measure } from './measure.ts';
import { readOptions } from './options.ts';
import { measureReminders, reminderLines } from './reminders.ts';
import { medianOf } from './median.ts';
import { table } from './table.ts';

const options = readOptions();
const busy = (loadavg()[0] ?? 0).toFixed(1);
// What was started ends with this process, however that ends: children of `exit` handlers and lost IPC see to it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const chosen = contenders.filter(({ name }) => options.only.includes(name));
const rounds: Figures[][] = chosen.map(() => []);
// In turn, because a shared machine is faster in one minute than in the next.
for (let round = 1; round <= options.rounds; round += 1)
  for (const [index, contender] of chosen.entries()) {
    const say = (text: string): void =>
      void process.stderr.write(`${round}. ${contender.title}: ${text} …\n`);
    rounds[index]?.push(await measure(contender, options, say));
  }
const measured = chosen.map((contender, index) => ({
  ...contender,
  figures: medianOf(rounds[index] ?? []),
}));

const reminders = options.only.includes('reminders')
  ? await measureReminders(contenders[0], options.reminders, (text) =>
      console.error(`reminders: ${text} …`),
    )
  : undefined;

const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, load ${busy} before`;
if (options.json) {
  const bots = Object.fromEntries(measured.map(({ name, figures }) => [name, figures]));
  console.log(JSON.stringify({ machine, options, bots, reminders }, null, 2));
} else {
  const { users, idle, seconds, rounds: times } = options;
  console.log(`\n${machine}`);
  if (measured.length > 0)
    console.log(
      `${users} users (and ${idle} idle), ${seconds} s for each phase, median of ${times} rounds\n\n${table(measured)}`,
    );
  if (reminders) console.log(`\n${reminderLines(reminders)}`);
}
