import { describe, expect, test } from 'vitest';
import { HOME } from '../../src/dialog/content.ts';
import type { EventBody } from '../../src/dialog/event.ts';
import type { Choice } from '../../src/dialog/reply.ts';
import { type State, readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';
import { letterOf } from '../support/letter-faults.ts';

type Screen = { path: string[]; state: State | null; choices: Choice[] };

/** A Saturday morning, a Monday noon, and a Monday night: some dialogs go by the hour and the day. */
const TIMES_MS = [
  TEST_DAY_MS,
  Date.parse('2026-11-23T11:00:00+09:00'),
  Date.parse('2026-11-23T23:30:00+09:00'),
];

/**
 * Everything that can be reached by tapping, from the greeting on: each place with each pair of the earlier answers
 * that something there depends on. All of their combinations were 146,000 screens and 100 s, and found no more.
 */
function crawl(nowMs: number): { screens: Screen[]; faults: string[] } {
  const { content } = bundle();
  /** Earlier answers that something in a dialog depends on. */
  const readIn = (dialog: string): string[] => {
    const words = Object.values(content.messages[dialog]?.nodes ?? {});
    const nodes = Object.values(content.dialogs[dialog]?.nodes ?? {});
    return [
      ...words.flatMap((message) => ('by' in message ? [message.by] : [])),
      ...nodes.flatMap((node) => (node.kind === 'branch' ? [node.on] : [])),
      ...nodes.flatMap((node) => (node.kind === 'deadline' ? [node.from] : [])),
    ];
  };
  const facts = new Set(Object.values(content.facts).map(({ value }) => value));
  const faults: string[] = [];
  const screens: Screen[] = [];
  const seen = new Set<string>();
  const looked = new Set<string>();
  let count = 0;

  const visit = (path: string[], before: State | null, body: EventBody): void => {
    count += 1;
    const id = `01CRAWL${String(count).padStart(19, '0')}`;
    const event = { id, owner: 'U1', timestampMs: nowMs, receivedMs: nowMs, body };
    const turn = step(content, before ?? undefined, event, nowMs);
    const say = (fault: string): void => void faults.push(`${path.join(' › ')}: ${fault}`);
    // The same words with the buttons of another conversation need no second look.
    const words = JSON.stringify(turn.replies).replaceAll(/&s=[a-z0-9-]+/g, '');
    if (!looked.has(words)) {
      looked.add(words);
      if (turn.replies.length === 0) say('no answer');
      const { messages, faults: found } = letterOf(turn.replies, nowMs);
      for (const fault of found) say(fault);
      for (const [, uri = ''] of JSON.stringify(messages).matchAll(/"uri":"([^"]+)"/g)) {
        if (!facts.has(uri.replace(/^tel:/, '').replace('%23', '#'))) say(`${uri} is no fact`);
      }
    }
    const choices = turn.replies.flatMap(({ choices: rows = [], ways = [] }) => [...rows, ...ways]);
    if (choices.length === 0) say('a dead end');
    const readable =
      turn.state === null ? null : (readState(JSON.parse(JSON.stringify(turn.state))) ?? null);
    if (turn.state && !readable) say('a state that cannot be read back');
    const open = [readable?.dialog, ...(readable?.stack ?? []).map((name) => name.split('.')[0])];
    const read = new Set(open.flatMap((dialog) => (dialog === undefined ? [] : readIn(dialog))));
    const place = JSON.stringify([
      readable?.dialog,
      readable?.node,
      readable?.stack,
      readable?.pending?.node,
      readable?.trail.length === 0,
      turn.replies.map(({ dialog, node }) => `${dialog}.${node}`),
    ]);
    const given = [
      ...Object.entries(readable?.answers ?? {}),
      ...Object.entries(readable?.slots ?? {}).map(([name, { value }]) => [name, value] as const),
    ].filter(([name]) => read.has(name));
    const pairs = given.flatMap((one, at) =>
      given.slice(at).map((other) => `${place} ${one.join('=')} ${other.join('=')}`),
    );
    const fresh = [place, ...pairs].filter((pair) => !seen.has(pair));
    if (fresh.length === 0) return;
    for (const pair of fresh) seen.add(pair);
    screens.push({ path, state: readable, choices });
  };

  visit(['友だち追加'], null, { kind: 'follow', returning: false });
  for (let next = 0; next < screens.length; next += 1) {
    const screen = screens[next];
    for (const choice of screen?.choices ?? []) {
      const picks = choice.picker ? [choice.picker.initial, choice.picker.min] : [undefined];
      for (const picked of picks) {
        const tap = { kind: 'postback' as const, data: choice.data };
        const body: EventBody = picked === undefined ? tap : { ...tap, picked };
        visit([...(screen?.path ?? []), choice.label], screen?.state ?? null, body);
      }
    }
  }
  return { screens, faults };
}

describe('every button of every screen', () => {
  const crawls = TIMES_MS.map(crawl);
  const screens = crawls.flatMap((each) => each.screens);
  const faults = crawls.flatMap((each) => each.faults);

  test('leads on: LINE would take each message, each link is a fact, and nothing is a dead end', () => {
    expect(faults).toEqual([]);
  });

  test('reaches every topic and every question there is', () => {
    const { content } = bundle();
    const asked = new Set(screens.map(({ state }) => `${state?.dialog}.${state?.node}`));
    const questions = Object.entries(content.dialogs).flatMap(([dialog, { nodes }]) =>
      Object.entries(nodes)
        .filter(([, { kind }]) => ['ask', 'ask_text', 'ask_date', 'remind'].includes(kind))
        .map(([node]) => `${dialog}.${node}`),
    );
    expect(questions.filter((question) => !asked.has(question))).toEqual([]);
    expect(asked).toContain(`${HOME}.top`);
  });
});
