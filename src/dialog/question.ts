import { type Content, HOME, type Place, answerWords, messageAt, nodeAt, own } from './content.ts';
import { DAY_MS, addDays, dayOf } from '../japan-time.ts';
import { encode } from './postback.ts';
import { offers, timePicker } from './reminder-offers.ts';
import type { Choice, Reply } from './reply.ts';
import { sayAt } from './say.ts';
import type { Node } from './schema.ts';
import type { State } from './state.ts';
import { commandChoice, wayLabel } from './system.ts';
import type { Scene } from './turn.ts';

type QuestionNode = Extract<Node, { kind: 'ask' | 'ask_text' | 'ask_date' | 'remind' }>;

export type Question = { place: Place; node: QuestionNode };

/** The node that waits for an answer, if there is one and it still exists. */
export function questionOf(content: Content, state: State): Question | undefined {
  if (state.dialog === undefined || state.node === undefined) return undefined;
  const place = { dialog: state.dialog, node: state.node };
  const node = nodeAt(content, place);
  return node && isQuestion(node) ? { place, node } : undefined;
}

/** Whether it is a question of a topic, not the menu's. */
export function inTopic(question: Question | undefined): question is Question {
  return question !== undefined && question.place.dialog !== HOME;
}

/** The question that waited is gone, because the content was edited meanwhile. */
export function isGone(content: Content, state: State): boolean {
  return state.node !== undefined && questionOf(content, state) === undefined;
}

export function isQuestion(node: Node): node is QuestionNode {
  return (
    node.kind === 'ask' ||
    node.kind === 'ask_text' ||
    node.kind === 'ask_date' ||
    node.kind === 'remind'
  );
}

/** The same state with no question waiting. */
export function withoutQuestion(state: State): State {
  const { dialog: _dialog, node: _node, ...rest } = state;
  return rest;
}

/** The question that waits, said again. Undefined when none waits or it is gone. */
export function askAgain(scene: Scene, state: State): Reply | undefined {
  const question = questionOf(scene.content, state);
  return question && askAt(scene, state, question);
}

export function askAt(scene: Scene, state: State, question: Question): Reply {
  const said = sayAt(scene.content, state, question.place, scene.nowMs);
  return { ...said, choices: choicesOf(scene, state, question) };
}

/** What can be answered with a tap. */
export function choicesOf(scene: Scene, state: State, { place, node }: Question): Choice[] {
  const { content, nowMs } = scene;
  const data = (answer: string): string =>
    encode({ kind: 'answer', ...place, answer, session: state.session });
  const skip = commandChoice(content, 'skip');
  // What was given before in this conversation need not be typed again.
  const given = 'slot' in node && own(state.slots, node.slot) !== undefined;
  const keep = given ? [commandChoice(content, 'keep')] : [];
  switch (node.kind) {
    case 'ask': {
      const words = messageAt(content, place)?.answers ?? {};
      return Object.keys(node.answers).map((answer) => {
        const { label, hint } = answerWords(own(words, answer) ?? answer);
        return { label, ...(hint === undefined ? {} : { hint }), data: data(answer) };
      });
    }
    case 'ask_text':
      return [...keep, skip];
    case 'ask_date': {
      const today = dayOf(nowMs);
      const picker = {
        mode: 'date' as const,
        initial: today,
        min: addDays(today, -400),
        max: node.past ? today : addDays(today, 400),
      };
      return [
        ...keep,
        { label: wayLabel(content, 'today'), data: data('today') },
        ...(node.past ? [{ label: wayLabel(content, 'yesterday'), data: data('yesterday') }] : []),
        { label: wayLabel(content, 'pick-date'), data: data('pick'), picker },
        skip,
      ];
    }
    case 'remind':
      return [
        ...offers(scene, state, node).map(({ id, label }) => ({ label, data: data(id) })),
        {
          label: wayLabel(content, 'pick-time'),
          data: data('pick'),
          picker: timePicker(nowMs, nowMs + DAY_MS),
        },
        { label: wayLabel(content, 'no-reminder'), data: data('none') },
      ];
  }
}
