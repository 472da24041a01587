/** Words that turn a sentence around, in the normalised spelling: standard, polite and dialects, and English. */
const NEGATIONS =
  /ない|なく(?!な[つりる])|なかつ|ません|まへん|へん|ひん(?!し|ん)|[かがならわ]ん(?:$|け|で|ば|と|ち|の|や)|できん|せん(?!か|と)|ねえ|なし$|無し|無い|ず$|まだ|のうなつ|\bnot\b|\bno\b|nt\b|\bnever\b|\bnone\b/;
/** Ends in ん, or has せん in it, without denying anything. */
const NOT_NEGATIONS =
  /すみません|かもしれない|かもしれません|ください|じやないか|ではないか|じやん|きかせん/g;

/** Whether a normalised text denies something. */
export function denies(normalised: string): boolean {
  return NEGATIONS.test(normalised.replace(NOT_NEGATIONS, ''));
}

const YES =
  /^(?:はい|うん|ええ|そうです|そうだ|そう|その通り|そのとおり|せや|そや|んだ|ほうじや|そうたい|そうばい|ほうだ|おけ|おつけ|おk|ok|yes|yep|yeah|yup|sure|いえす|いい|だいじようぶ|大丈夫|できた|できました|ある|あります|あつた|ありました|した|しました|もちろん|まる)+(?:です|でした|だ|よ|ね|ます|で)*$/;
const NO =
  /^(?:やつぱり|全然|ぜんぜん|どこにも|何も|なにも)*(?:いいえ|いえ|いや|ううん|のう|の|ちがう|ちがいます|ちやう|ちごう|ちがうばい|ない|なかつた|なか|ねえ|あらへん|まだ|まだや|してない|できない|できなかつた|だめ|むり|無理|no|nope|nah|not yet|ばつ|そうじやない|そうではない|そうやない|あらない|あつてない)+(?:です|でした|だ|よ|ね|わ|で|ねん)*$/;

/** 「はい、お願いします」 */
const PLEASE = /(?:それ)?で?(?:お願い|おねがい)(?:します|いたします)?$/;

/** `yes` or `no` when a normalised text is nothing but that. */
export function bareAnswer(normalised: string): 'yes' | 'no' | undefined {
  const text = normalised.replaceAll('。', '').replace(PLEASE, '');
  if (text === '' && normalised !== '') return 'yes';
  return NO.test(text) ? 'no' : YES.test(text) ? 'yes' : undefined;
}

const TELLING =
  /^(?:やつぱり|全然|ぜんぜん|どこにも|何も|なにも)*(?:でき|あ[りるつ]|した|しました|大丈夫|だいじようぶ|ない|なか|まだ|だめ|むり|無理)/;

/** Whether a bare answer tells something besides yes or no: 「できました」「ない」, not 「はい」. */
export function tellsToo(normalised: string): boolean {
  return TELLING.test(normalised);
}

/** But: a part of a sentence ends here, and what it said or denied with it. */
export const BUT = 'けれども?|けど|(?<=[ただす])が';
