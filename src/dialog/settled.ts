import { type Content, own } from './content.ts';

/** What people say when a matter of that topic is settled, besides what serves for all. */
export function settledWords(content: Content, topic: string): readonly string[] {
  return own(content.messages, topic)?.done ?? [];
}

/** 「半分だけ届いた」「また電話が来た」「届いたけど壊れてた」 sound settled, and are not. */
export function isQualified(text: string): boolean {
  return /半分|半額|一部|だけ|しか|また|同じ|空箱|隣|違う|ちがう|別の|変な|請求書|まだ|でも|のに|けど./.test(
    text,
  );
}
