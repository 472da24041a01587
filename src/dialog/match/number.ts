const KANJI = '一二三四五六七八九十';
const WORDS: readonly RegExp[] = [
  /^(?:いち|ひとつ|一つ|さいしよ|最初|一番上|いちばんうえ)$/,
  /^(?:に|ふたつ|二つ)$/,
  /^(?:さん|みつつ|みつ|三つ)$/,
  /^(?:よん|し|よつつ|四つ)$/,
  /^(?:ご|いつつ|五つ)$/,
  /^(?:ろく|むつつ|六つ)$/,
  /^(?:なな|しち|ななつ|七つ)$/,
  /^(?:はち|やつつ|八つ)$/,
  /^(?:きゆう|く|ここのつ|九つ)$/,
  /^(?:じゆう|とお)$/,
];
const LAST = /^(?:さいご|最後|いちばんした|一番下)$/;
const BEFORE = /^(?:うえから|上から|えらぶのは|答えは|no|number)/;
const AFTER =
  /(?:でお?願いします|でおねがいします|にします|にする|がいいです|がいい|です|だよ|だね|かな|やで|ばい|の?やつ|のほう|の方|を選びます|を押した|[でをにの])$/;
const COUNTER = /(?:番目|ばんめ|つ目|つめ|個目|こめ|番|ばん)$/;

/** The place (from 0) that a normalised text names: 「1」「一」「2番」「三つ目」「最後」; undefined when it names none. */
export function numberIn(normalised: string, count: number): number | undefined {
  const bare = normalised.replace(BEFORE, '').replace(AFTER, '').replace(AFTER, '');
  if (LAST.test(bare)) return count - 1;
  const word = bare.replace(COUNTER, '');
  const digits = /^\d{1,2}$/.test(word) ? Number(word) - 1 : -1;
  const kanji = word.length === 1 ? KANJI.indexOf(word) : -1;
  const said = [word, bare, bare.replace(/[め目]$/, '')];
  const spoken = WORDS.findIndex((spelling) => said.some((form) => spelling.test(form)));
  const place = [digits, kanji, spoken].find((found) => found >= 0);
  return place !== undefined && place < count ? place : undefined;
}
