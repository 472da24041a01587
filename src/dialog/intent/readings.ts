/** Writes a text in kana alone; undefined when it has kanji of unknown reading, or none at all. */
export type Kana = (text: string) => string | undefined;

const KANJI = /[\u4e00-\u9fff々]/;

/** Makes that out of lines of `荷物=にもつ、注文=ちゅうもん`. Longer words are read before their parts. */
export function makeKana(lines: string): Kana {
  const readings = new Map(
    lines.split(/[、\n]/).flatMap((pair) => {
      const [kanji = '', kana = ''] = pair.trim().split('=');
      return kanji === '' || kana === '' ? [] : [[kanji, kana] as const];
    }),
  );
  const longest = [...readings.keys()].reduce((most, { length }) => Math.max(most, length), 0);
  return (text) => {
    if (!KANJI.test(text)) return undefined;
    let kana = '';
    let at = 0;
    while (at < text.length) {
      let length = KANJI.test(text[at] ?? '') ? Math.min(longest, text.length - at) : 0;
      while (length > 0 && !readings.has(text.slice(at, at + length))) length -= 1;
      const read = length > 0 ? readings.get(text.slice(at, at + length)) : text[at];
      if (read === undefined || (length === 0 && KANJI.test(read))) return undefined;
      kana += read;
      at += Math.max(length, 1);
    }
    return kana;
  };
}
