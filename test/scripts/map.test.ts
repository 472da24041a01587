import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapPage } from '../../scripts/map/page.ts';
import { readDialogs } from '../../scripts/map/read-dialogs.ts';
import { project } from './project.ts';

const parcel = `
start: seen
nodes:
  seen: { kind: ask, answers: { found: end, missing: when, seller: { open: seller }, way: { open: reach, return: when } } }
  when: { kind: ask_date, slot: estimate, past: true, next: late }
  late: { kind: deadline, from: estimate, days: 3, next: how, over: how, unknown: hour }
  hour: { kind: hours, from: 9, to: 21, days: weekdays, inside: how, outside: later }
  how: { kind: branch, on: seen, cases: { missing: later }, else: out }
  later: { kind: remind, offer: [1h], next: out, none: end }
  out: { kind: open, open: reach, return: end }
  end: { kind: end }
`;
const parcelWords = `
title: 荷物 [急ぎ] "大切"
nodes:
  seen:
    text: どこですか？（玄関）{item}
    answers: { found: あった, missing: { label: '#ない;' }, seller: 出品者, way: 電話する }
  when: { text: いつですか？ }
  late: { by: seen, cases: { found: { text: a } }, else: { card: { kind: notice, tone: info, title: 期限のこと, lines: [x] } } }
  later: { text: あとで？ }
`;
const reach = 'start: go\nnodes: { go: { kind: end } }\n';

function map(files: Record<string, string>) {
  const { dialogs, problems } = readDialogs(project(files));
  return { page: mapPage(dialogs), problems };
}

const all = {
  'dialogs/parcel.yaml': parcel,
  'messages/ja/parcel.yaml': parcelWords,
  'dialogs/reach.yaml': reach,
  'messages/ja/reach.yaml': 'title: 窓口へ\nnodes: {}\n',
};

/** The chart below the heading that begins with these words. */
function chart(page: string, heading: string): string {
  const after = page.slice(page.indexOf(`## ${heading}`));
  return /```mermaid\n([^`]*)```/.exec(after)?.[1] ?? '';
}

describe('the map of the dialogs', () => {
  it('shows every node with its kind and words, and every way with its label', () => {
    const { page } = map(all);
    const lines = chart(page, '荷物')
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toContain('begin --> n__seen');
    expect(lines).toContain('n__seen -->|"あった"| n__end');
    expect(lines).toContain('n__seen -->|"出品者"| d__seller');
    expect(lines).toContain('n__late -->|"期限を過ぎた"| n__how');
    expect(lines).toContain('n__hour{"時間帯: hour<br>平日 9時〜21時"}');
    expect(lines).toContain('n__how -->|"そのほか"| n__out');
    expect(lines).toContain('n__later -->|"いらない"| n__end');
    expect(lines).toContain('n__out[["別の話題: out<br>→ 窓口へ"]]');
    expect(page).toContain('期限のこと（「seen」で変わる）');
  });

  it('shows where another dialog comes back to', () => {
    const lines = chart(map(all).page, '荷物');
    expect(lines).toContain('n__seen -->|"電話する"| r__reach__when');
    expect(lines).toContain('r__reach__when -.->|"もどる"| n__when');
    expect(lines).toContain('n__out -.->|"もどる"| n__end');
  });

  it('says in the overview which dialog opens which', () => {
    const lines = chart(map(all).page, '全体');
    expect(lines).toContain('d__parcel --> d__seller');
    expect(lines).toContain('d__parcel -.-> d__reach');
  });

  it('writes whatever Mermaid would take for its own signs as entities', () => {
    const lines = chart(map(all).page, '荷物');
    expect(lines).toContain('n__seen -->|"#35;ない#59;"| n__when');
    const labels = [...lines.matchAll(/"([^"\n]*)"/g)].map(([, label = '']) =>
      label.replaceAll('<br>', '').replaceAll(/#\d+;/g, ''),
    );
    expect(labels.length).toBeGreaterThan(15);
    expect(labels.filter((label) => /[#;"<>()[\]{}|`]/.test(label))).toEqual([]);
    expect(lines.match(/"/g)?.length).toBe(labels.length * 2);
  });

  it('shows a topic whose words are not written yet, by its ids', () => {
    const { page, problems } = map({ 'dialogs/parcel.yaml': parcel });
    expect(problems).toEqual([]);
    expect(chart(page, 'parcel')).toContain('n__seen -->|"found"| n__end');
  });

  it('names file and line of what cannot be read', () => {
    const { problems } = map({ 'dialogs/a.yaml': 'start: a\nnodes:\n  a: { kind: dance }\n' });
    expect(problems).toMatchObject([{ file: 'dialogs/a.yaml', line: 3 }]);
  });

  it('is the same whenever the content is, and readable for the real content', () => {
    const { dialogs } = readDialogs(join(import.meta.dirname, '../..'));
    expect(dialogs.size).toBeGreaterThan(3);
    const page = mapPage(dialogs);
    expect(mapPage(dialogs)).toBe(page);
    for (const name of dialogs.keys()) expect(page).toContain(`（${name}）\n`);
  });
});
