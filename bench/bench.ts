/**
 * `npm run bench`: this bot against the bot of the SDK's guide and a bare floor, one after the other on this machine,
 * each with a Redis (AOF everysec) and a LINE of its own; then how late reminders are (`--only reminders`). Loopback only.
 */
import { cpus, loadavg } from 'node:os';
import { contenders } from './contenders.ts';
import { type Figures, measure } from './measure.ts';
import { type Options, readOptions } from './options.ts';
import { measureReminders, reminderLines } from './reminders.ts';
import { table } from './table.ts';

const options = read();
const busy = (loadavg()[0] ?? 0).toFixed(1);
// What was started ends with this process, however that ends: children of `exit` handlers and lost IPC see to it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const measured: { name: string; title: string; figures: Figures }[] = [];
for (const contender of contenders.filter(({ name }) => options.only.includes(name))) {
  const say = (text: string): void => void process.stderr.write(`${contender.title}: ${text} …\n`);
  measured.push({ ...contender, figures: await measure(contender, options, say) });
}

const reminders = options.only.includes('reminders')
  ? await measureReminders(contenders[0].script, options.reminders, (text) =>
      console.error(`reminders: ${text} …`),
    )
  : undefined;

const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, load ${busy} before`;
if (options.json) {
  const bots = Object.fromEntries(measured.map(({ name, figures }) => [name, figures]));
  console.log(JSON.stringify({ machine, options, bots, reminders }, null, 2));
} else {
  console.log(`\n${machine}; ${options.users} users, ${options.seconds} s for each phase\n`);
  console.log(table(measured));
  if (reminders) console.log(`\n${reminderLines(reminders)}`);
}

function read(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return process.exit(2);
  }
}
