import type { Assessment, Verdict } from '../safety/assess.ts';
import { type Content, SCAM, labelOf, titleOf } from './content.ts';
import { interpose, pending, topicChoice, waysOn } from './moves.ts';
import type { Reply } from './reply.ts';
import type { State } from './state.ts';
import { SYSTEM, type SystemNode, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

const NODES: Readonly<Record<Verdict, SystemNode>> = {
  lookalike: 'contact-lookalike',
  'known-retired': 'contact-retired',
  unknown: 'contact-unknown',
  listed: 'contact-listed',
  'official-domain': 'contact-official',
};

/** The first, and gravest, of the links, numbers and addresses found in a text, in words. Undefined when there is none. */
export function contactReply(content: Content, [worst]: readonly Assessment[]): Reply | undefined {
  if (!worst) return undefined;
  const values = { item: worst.shown, reason: reasonInWords(content, worst) };
  return systemReply(NODES[worst.verdict], { values });
}

/** Nothing else was meant by the text: says what is known of the contact, and leads on. */
export function onContact(scene: Scene, state: State, said: Reply): Turn {
  const choices = [topicChoice(scene.content, SCAM), ...waysOn(scene.content, state)];
  // What was pasted is said back once and kept nowhere: asked again, it is about the topic.
  const again = pending('choose', choices, { topic: titleOf(scene.content, SCAM) });
  return { ...interpose(state, again), replies: [{ ...said, choices }] };
}

/** Why an address is named a look-alike; the sentences stand with the other words. */
function reasonInWords(content: Content, { trick }: Assessment): string {
  if (trick === undefined) return '';
  return labelOf(content, { dialog: SYSTEM, node: 'contact-lookalike' }, trick);
}
