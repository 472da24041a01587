import { sayingsThatAre } from './match-answer.ts';
import { askedAlone, cleared } from './moves.ts';
import { sayingsAt } from './on-aside.ts';
import { goOn } from './on-command.ts';
import type { State } from './state.ts';
import { SYSTEM, type SystemNode, systemReply } from './system.ts';
import type { Scene, Turn } from './turn.ts';

const GO_AHEAD: SystemNode = 'go-ahead';

/** Alone it calls somebody, and the rules for texts leave it out. */
const SORRY = /^(?:あの[うー]?[、。\s]*)?す[みい]ません[がけどね]*[、。.…！!\s]*$/;

/** 「質問があります」, which says that something will be asked, and not what; undefined for anything more. */
export function onPreface(scene: Scene, state: State, text: string): Turn | undefined {
  const prefaces = sayingsAt(scene.content, { dialog: SYSTEM, node: GO_AHEAD });
  if (!SORRY.test(text.trim()) && sayingsThatAre(text, prefaces).length === 0) return undefined;
  const on = goOn(scene, cleared(state), askedAlone);
  return { ...on, replies: [systemReply(GO_AHEAD), ...on.replies] };
}
