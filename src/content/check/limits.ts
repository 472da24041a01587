import type { messagingApi } from '@line/bot-sdk';
import { type Content, type Place, nodeAt, own, placeName } from '../../dialog/content.ts';
import { askAt, isQuestion } from '../../dialog/question.ts';
import type { Reply } from '../../dialog/reply.ts';
import { sayAt } from '../../dialog/say.ts';
import type { DateSlot, Node, SlotKind } from '../../dialog/schema.ts';
import { type State, freshState } from '../../dialog/state.ts';
import { SYSTEM, commandChoice } from '../../dialog/system.ts';
import type { Scene } from '../../dialog/turn.ts';
import type { Draft, Report } from './report.ts';
import { exits } from './graph.ts';
import { variants } from './texts.ts';

/** What LINE sends with one reply token. */
const MOST_MESSAGES = 5;

/** The longest that a user can give for each placeholder, so that a filled card is known to fit, too. */
const FULL: Readonly<Record<SlotKind | DateSlot | 'deadline', string>> = {
  order: '250-1234567-1234567',
  item: '商'.repeat(60),
  amount: '99,999,999',
  seller: '店'.repeat(60),
  note: 'メ'.repeat(60),
  date: '2026-11-30',
  arrived: '2026-11-30',
  estimate: '2026-11-30',
  sent: '2026-11-30',
  contacted: '2026-11-30',
  renewal: '2026-11-30',
  deadline: '2026-12-30',
};

export type Examine = {
  render: (replies: readonly Reply[], nowMs: number) => messagingApi.Message[];
  /** What LINE, or our own guard, would refuse about the messages, in words. */
  faults: (messages: readonly messagingApi.Message[]) => readonly string[];
};

/** Renders what every node can say, in each of its variants, empty and filled, and holds it against LINE's limits. */
export function checkLimits(
  draft: Draft,
  content: Content,
  nowMs: number,
  { render, faults }: Examine,
  report: Report,
): void {
  const scene: Scene = { content, eventId: 'check', nowMs, quiet: { from: 22, to: 8 } };
  const states = [freshState('check', nowMs), filled(freshState('check', nowMs), nowMs)];
  const ways = (['back', 'menu', 'help'] as const).map((way) => commandChoice(content, way));
  for (const [name, { source, data }] of draft.messages) {
    for (const [node, message] of Object.entries(data.nodes)) {
      const place = { dialog: name, node };
      for (const [path] of variants(message)) {
        const answers =
          'by' in message && path[0] === 'cases' ? { [message.by]: String(path[1]) } : {};
        const found = states.flatMap((state) => {
          const reply = said(scene, { ...state, answers }, place);
          return faults(render([{ ...reply, ways }], nowMs));
        });
        // Most are the same, empty and filled.
        for (const fault of new Set(found)) {
          const what = `LINE に送れない形です（${fault}）。`;
          report(
            'error',
            source,
            ['nodes', node, ...path],
            what,
            '文や項目を短くするか、減らしてください。リンクや番号のことなら、その文か messages/facts.yaml の値を直してください。',
          );
        }
      }
    }
  }
}

/** More messages in a row than LINE takes at once, on any way from one question to the next. */
export function checkTurns(
  draft: Draft,
  content: Content,
  nowMs: number,
  { render }: Examine,
  report: Report,
): void {
  const scene: Scene = { content, eventId: 'check', nowMs, quiet: { from: 22, to: 8 } };
  const state = filled(freshState('check', nowMs), nowMs);
  const count = (place: Place): number => {
    const words = own(content.messages, place.dialog)?.nodes[place.node];
    return words ? render([said(scene, state, place)], nowMs).length : 0;
  };
  /** Infinity: the way comes round to where it was, in the same dialogs or deeper ones, and nobody was asked. */
  const longest = (place: Place, stack: readonly Place[], way: readonly Onward[]): number => {
    const node = nodeAt(content, place);
    if (!node) return 0;
    const here = count(place);
    if (isQuestion(node)) return here;
    if (way.some((before) => isRound(before, [place, stack]))) return Infinity;
    const onward = nextPlaces(content, place, node, stack).map(([next, above]) =>
      longest(next, above, [...way, [place, stack]]),
    );
    return here + Math.max(0, ...onward);
  };
  for (const [dialog, { source, data }] of draft.dialogs) {
    for (const [name, node] of Object.entries(data.nodes)) {
      if (!isQuestion(node) && name !== data.start) continue;
      const starts = isQuestion(node)
        ? nextPlaces(content, { dialog, node: name }, node, [])
        : [[{ dialog, node: name }, []] as const];
      const most = Math.max(0, ...starts.map(([place, stack]) => longest(place, stack, [])));
      if (most <= MOST_MESSAGES) continue;
      if (most === Infinity) {
        const what = `「${name}」の先で、質問のないまま、いくつかの dialog を回り続けます。`;
        report(
          'error',
          source,
          ['nodes', name],
          what,
          '途中に ask を入れるか、つなぎ先を変えてください。',
        );
        continue;
      }
      const what = `「${name}」の次の質問までに、${most} 件のメッセージが続くことがあります。`;
      report(
        'error',
        source,
        ['nodes', name],
        what,
        `一度に送れるのは ${MOST_MESSAGES} 件までです。途中に質問を入れるか、まとめてください。`,
      );
    }
  }
}

type Onward = readonly [Place, readonly Place[]];

/** The same place again, with at least what was to come back to then. */
function isRound([before, stackThen]: Onward, [place, stack]: Onward): boolean {
  const same = placeName(before) === placeName(place);
  return same && stackThen.every((back, i) => stack[i] && placeName(stack[i]) === placeName(back));
}

function nextPlaces(
  content: Content,
  { dialog }: Place,
  node: Node,
  stack: readonly Place[],
): Onward[] {
  if (node.kind === 'end') {
    const back = stack.at(-1);
    return back ? [[back, stack.slice(0, -1)]] : [];
  }
  return exits(node).map(({ target }): Onward => {
    if (typeof target === 'string') return [{ dialog, node: target }, stack];
    const start = own(content.dialogs, target.open)?.start ?? '';
    const above = target.return === undefined ? stack : [...stack, { dialog, node: target.return }];
    return [{ dialog: target.open, node: start }, above];
  });
}

function said(scene: Scene, state: State, place: Place): Reply {
  const node = place.dialog === SYSTEM ? undefined : nodeAt(scene.content, place);
  if (node && isQuestion(node)) return askAt(scene, state, { place, node });
  return sayAt(scene.content, state, place, scene.nowMs);
}

function filled(state: State, nowMs: number): State {
  const slots = Object.entries(FULL).map(([name, value]) => [
    name,
    { value, atMs: nowMs, messageId: '' },
  ]);
  return { ...state, slots: Object.fromEntries(slots) };
}
