import { type Content, own } from './content.ts';
import type { Understanding } from './intent.ts';
import { isNear } from './match/near.ts';
import { bare, phraseOf, spelling } from './match/spelling.ts';

/** What people say when a matter of that topic is settled, besides what serves for all. */
export function settledWords(content: Content, topic: string): readonly string[] {
  return own(content.messages, topic)?.done ?? [];
}

/**
 * Whether a text that holds one of the phrases for the end of a matter may be about something else. To congratulate
 * somebody whose parcel came broken is worse than to ask once more: so whatever is said besides such a phrase counts,
 * unless it goes with any end.
 */
export function isDoubtfulEnd(
  text: string,
  phrases: readonly string[],
  { decision, intents: [first] }: Understanding,
): boolean {
  if (HEDGES.test(text.trim())) return true;
  if (saysOnly(text, phrases)) return false;
  if (IN_PART.test(text)) return true;
  return decision === 'command' ? first?.id !== 'thanks' : decision !== 'none';
}

/** 「隣の家かも」「届いたはず」「見つかった？」「大丈夫でしょうか」 */
const HEDGES =
  /(?:かも(?:しれ(?:ない|ません))?|か[なね]?|かしら|だろう|でしょう|はず)(?:です)?[。！!]*$|[?？]$/;

/** 「半分だけ届いた」「また電話が来た」「届いたけど壊れてた」 */
const IN_PART =
  /半分|半額|一部|だけ|しか|また|同じ|空箱|隣|違う|ちがう|別の|変な|請求書|まだ|でも|のに|けど./;

/** The text without what goes with any end: 「荷物がやっと届きました。ありがとう」. */
export function plainEnd(text: string): string {
  return text.replace(ALONG, '').replace(/^(.{2,})\1+$/u, '$1');
}

/** 「昨日届きました」: nothing but that the matter of the topic is settled, and when. */
export function saysSettled(content: Content, topic: string, text: string): boolean {
  if (HEDGES.test(text.trim())) return false;
  const said = bare(spelling(plainEnd(text)));
  return settledWords(content, topic).some((words) => phraseOf(words).bare === said);
}

/** Whether a text says no more than one of the phrases: the same, or a part of it. */
export function saysOnly(text: string, phrases: readonly string[]): boolean {
  const spelt = spelling(plainEnd(text));
  return phrases.some((phrase) => {
    const whole = phraseOf(phrase).bare;
    return whole.endsWith(bare(spelt)) || isNear(whole, bare(spelt));
  });
}

const ALONG = new RegExp(
  [
    // Moments: 「今朝」「さっき11時ごろ」「昨日の夜」.
    '(?:今|昨|一昨)(?:日|朝|晩|夜)|きのう|きょう|(?:夕|昼|朝|夜)(?:方|すぎ|過ぎ|に)|夜中|さっき|先ほど|さきほど|(?:たった)?今',
    '(?<![0-9０-９])[0-9０-９]{1,4}(?:時半?|分|日|月|曜日?)(?:ごろ|頃|前|すぎ|過ぎ)?[にの]?',
    '無事に?|ぶじに?|やっと|ようやく|ちゃんと|きちんと|全部|ぜんぶ|すべて|全て|もう|何とか|なんとか|おかげ(?:さま)?で|お陰(?:様)?で',
    '(?:お?荷物|商品|品物|注文(?:した)?(?:物|もの|品)|お金|代金)[がはもを]?',
    '(?:どうも)?(?:ありがとう|有難う|有り難う)(?:ございま(?:す|した))?|お世話になりました|助かりました|よかった(?:です)?',
    '[、。！!\\s\\p{Extended_Pictographic}]',
  ].join('|'),
  'gu',
);
