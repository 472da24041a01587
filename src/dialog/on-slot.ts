import type { Understanding } from './intent.ts';
import { miss } from './miss.ts';
import { askedAlone, cleared } from './moves.ts';
import type { Text } from './on-answer.ts';
import { goOn, passed, stepBack } from './on-command.ts';
import { onTopic } from './on-topic.ts';
import { type Question, questionOf } from './question.ts';
import type { SlotKind } from './schema.ts';
import { readSlot } from './slot.ts';
import type { State } from './state.ts';
import { type SystemNode, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

/** An order number or an amount, where one is asked for; undefined where none is. */
export function onSlotText(
  scene: Scene,
  state: State,
  body: Text,
  question: Question | undefined,
  meant: Understanding,
): Turn | undefined {
  if (question?.node.kind !== 'ask_text') return undefined;
  const { slot } = question.node;
  const reading = readSlot(slot, body.text, scene.content.mayRepeat);
  if ('value' in reading) return passed(scene, keeping(scene, state, body, slot, reading.value));
  if (meant.decision === 'open') return onTopic(scene, state, meant, question);
  const words: Record<typeof reading.problem, SystemNode> = {
    format: slot === 'order' ? 'slot-order' : 'slot-other',
    'too-long': 'slot-long',
    unsafe: 'slot-unsafe',
  };
  return miss(scene, state, words[reading.problem]);
}

/**
 * An order number that nothing has asked for just now. When it was not at hand before, what was said since is said again
 * with it; else it is kept for the question that will ask. Undefined when the text holds none.
 */
export function onOrderNumber(scene: Scene, state: State, body: Text): Turn | undefined {
  const reading = readSlot('order', body.text, scene.content.mayRepeat);
  if (!('value' in reading)) return undefined;
  const asking = askingForOrder(scene, cleared(state));
  const kept = keeping(scene, asking ?? state, body, 'order', reading.value);
  if (asking) return passed(scene, kept);
  const on = goOn(scene, kept, askedAlone);
  return { ...on, replies: [systemReply('order-kept'), ...on.replies] };
}

/** The state with what a user gave in words. */
function keeping(
  { nowMs }: Scene,
  state: State,
  { messageId }: Text,
  slot: SlotKind,
  value: string,
): State {
  return { ...state, slots: { ...state.slots, [slot]: { value, atMs: nowMs, messageId } } };
}

/** The state in which an order number was last asked for. */
function askingForOrder(scene: Scene, state: State): State | undefined {
  const returned = stepBack(scene, state);
  const node = returned && questionOf(scene.content, returned)?.node;
  if (!returned || !node) return undefined;
  return node.kind === 'ask_text' && node.slot === 'order'
    ? returned
    : askingForOrder(scene, returned);
}
