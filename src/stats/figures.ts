import type { Content } from '../dialog/content.ts';
import { titleOf } from '../dialog/content.ts';
import type { Counts } from '../store/store.ts';

/** The counts of some days, put in order for the page. Titles and labels are the editors' own words. */
export type Figures = {
  days: { day: string; opened: number }[];
  topics: Topic[];
  total: { opened: number; finished: number; solved: number; unsolved: number };
  reminders: { set: number; asked: number };
  unmatched: { script: string; length: string; count: number }[];
  dialogs: { id: string; title: string; nodes: { node: string; asked: number }[] }[];
};

export type Topic = {
  id: string;
  title: string;
  opened: number;
  finished: number;
  solved: number;
  unsolved: number;
};

export function figuresOf(
  content: Content,
  days: readonly string[],
  byDay: readonly Counts[],
): Figures {
  const sum = sumOf(byDay);
  const count = (name: string): number => sum.get(name) ?? 0;
  const ids = new Set([...Object.keys(content.dialogs), ...namesAfter(sum, 'opened:')]);
  const topics = [...ids]
    .map((id): Topic => ({
      id,
      title: titleOf(content, id),
      opened: count(`opened:${id}`),
      finished: count(`finished:${id}`),
      solved: count(`solved:${id}`),
      unsolved: count(`unsolved:${id}`),
    }))
    .filter(({ opened, solved, unsolved }) => opened + solved + unsolved > 0)
    .toSorted((a, b) => b.opened - a.opened);
  const all = (of: (topic: Topic) => number): number =>
    topics.reduce((total, topic) => total + of(topic), 0);
  return {
    days: days.map((day, index) => ({ day, opened: openedOn(byDay[index] ?? {}) })),
    topics,
    total: {
      opened: all(({ opened }) => opened),
      finished: all(({ finished }) => finished),
      solved: all(({ solved }) => solved),
      unsolved: all(({ unsolved }) => unsolved),
    },
    reminders: { set: count('reminder:set'), asked: count('reminder:asked') },
    unmatched: namesAfter(sum, 'unmatched:')
      .map((name) => {
        const [script = '', length = ''] = name.split(':');
        return { script, length, count: count(`unmatched:${name}`) };
      })
      .toSorted((a, b) => b.count - a.count),
    dialogs: Object.entries(content.dialogs).map(([id, { nodes }]) => ({
      id,
      title: titleOf(content, id),
      nodes: Object.keys(nodes).map((node) => ({ node, asked: count(`asked:${id}.${node}`) })),
    })),
  };
}

function sumOf(byDay: readonly Counts[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const counts of byDay) {
    for (const [name, n] of Object.entries(counts)) sum.set(name, (sum.get(name) ?? 0) + n);
  }
  return sum;
}

function namesAfter(sum: ReadonlyMap<string, number>, prefix: string): string[] {
  return [...sum.keys()].flatMap((name) =>
    name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
}

function openedOn(counts: Counts): number {
  return Object.entries(counts).reduce(
    (total, [name, n]) => (name.startsWith('opened:') ? total + n : total),
    0,
  );
}
