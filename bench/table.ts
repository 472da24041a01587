import type { Figures, PhaseFigures } from './measure.ts';

type Row = {
  name: string;
  of: (figures: Figures) => number;
  digits?: number;
  unit?: string;
  /** Whether a ratio says anything. */
  ratio?: boolean;
};

const cpu = (phase: PhaseFigures): number => phase.botCpu + phase.redisCpu;

const rows: readonly Row[] = [
  { name: 'CPU per event, bot + Redis', unit: 'µs', of: (f) => cpu(f.full), ratio: true },
  { name: '  bot', unit: 'µs', of: (f) => f.full.botCpu, ratio: true },
  { name: '  Redis', unit: 'µs', of: (f) => f.full.redisCpu, ratio: true },
  { name: 'CPU per event at 200/s', unit: 'µs', of: (f) => cpu(f.slow), ratio: true },
  { name: 'events/s at full speed', of: (f) => f.full.events / f.full.seconds, ratio: true },
  { name: '  bot used of a core', unit: '%', of: (f) => f.full.botShare * 100 },
  { name: '  fake LINE used of a core', unit: '%', of: (f) => f.full.lineShare * 100 },
  { name: 'ack p50 at 200/s', unit: 'ms', digits: 1, of: (f) => f.slow.ackMs.p50, ratio: true },
  { name: 'ack p99 at 200/s', unit: 'ms', digits: 1, of: (f) => f.slow.ackMs.p99, ratio: true },
  {
    name: 'ack p50 at half speed',
    unit: 'ms',
    digits: 1,
    of: (f) => f.half.ackMs.p50,
    ratio: true,
  },
  {
    name: 'ack p99 at half speed',
    unit: 'ms',
    digits: 1,
    of: (f) => f.half.ackMs.p99,
    ratio: true,
  },
  { name: 'reply p50 at 200/s', unit: 'ms', digits: 1, of: (f) => f.slow.replyMs.p50, ratio: true },
  { name: 'reply p99 at 200/s', unit: 'ms', digits: 1, of: (f) => f.slow.replyMs.p99, ratio: true },
  {
    name: 'reply p50 at half speed',
    unit: 'ms',
    digits: 1,
    of: (f) => f.half.replyMs.p50,
    ratio: true,
  },
  {
    name: 'reply p99 at half speed',
    unit: 'ms',
    digits: 1,
    of: (f) => f.half.replyMs.p99,
    ratio: true,
  },
  { name: 'Redis per idle user', unit: 'B', of: (f) => f.idleUserBytes, ratio: true },
  { name: 'resident memory of the bot', unit: 'MB', of: (f) => f.rssBytes / 1e6, ratio: true },
  { name: 'start to ready', unit: 'ms', of: (f) => f.startMs, ratio: true },
  { name: 'size of a reply', unit: 'B', of: (f) => f.full.replyBytes },
  { name: 'events in all', of: (f) => sum(f, ({ events }) => events) },
  { name: 'unanswered', of: (f) => sum(f, ({ unanswered }) => unanswered) },
  { name: 'webhooks without 200', of: (f) => sum(f, ({ refused }) => refused) },
  { name: 'answered twice', of: (f) => sum(f, ({ doubled }) => doubled) },
];

function sum({ full, slow, half }: Figures, of: (phase: PhaseFigures) => number): number {
  return of(full) + of(slow) + of(half);
}

/** SQLite uses nothing of Redis. */
const ratioOf = (one: number, other: number): string =>
  other > 0 ? (one / other).toFixed(2) : '-';

/** The figures side by side; beside the first bot's, how they compare with each other bot's. */
export function table(measured: readonly { title: string; figures: Figures }[]): string {
  const [first, ...others] = measured;
  if (!first) return '';
  const head = [
    '',
    ...measured.map(({ title }) => title),
    ...others.map(({ title }) => `÷ ${title}`),
  ];
  const body = rows.map(({ name, of, digits = 0, unit = '', ratio = false }) => [
    unit === '' ? name : `${name} (${unit})`,
    ...measured.map(({ figures }) => of(figures).toFixed(digits)),
    ...others.map(({ figures }) => (ratio ? ratioOf(of(first.figures), of(figures)) : '')),
  ]);
  const lines = [head, ...body];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
