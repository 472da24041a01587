/**
 * The characters that a font can draw, from its `cmap` in format 4, which every font for text has.
 * https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
 * @throws Error when it is no such font.
 */
export function canDraw(font: Buffer): (character: string) => boolean {
  const cmap = tableOf(font, 'cmap');
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.readUInt32BE(8 + 8 * index),
  );
  const start = tables.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (start === undefined) throw new Error('The font has no character map in format 4.');
  const table = cmap.subarray(start);
  const doubled = table.readUInt16BE(6);
  const ends = 14;
  const starts = ends + doubled + 2;
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    for (let at = 0; at < doubled; at += 2) {
      if (code > table.readUInt16BE(ends + at)) continue;
      const first = table.readUInt16BE(starts + at);
      return code >= first && glyphOf(table, starts + at, doubled, code - first, code) !== 0;
    }
    return false;
  };
}

/** The number of the glyph; 0 is the box that stands for a missing one. */
function glyphOf(table: Buffer, at: number, step: number, nth: number, code: number): number {
  const delta = table.readUInt16BE(at + step);
  const rangeAt = at + 2 * step;
  const range = table.readUInt16BE(rangeAt);
  if (range === 0) return (code + delta) & 0xffff;
  const glyph = table.readUInt16BE(rangeAt + range + 2 * nth);
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
}

function tableOf(font: Buffer, name: string): Buffer {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const at = 12 + 16 * index;
    if (font.toString('latin1', at, at + 4) !== name) continue;
    const offset = font.readUInt32BE(at + 8);
    return font.subarray(offset, offset + font.readUInt32BE(at + 12));
  }
  throw new Error(`The font has no table ${name}.`);
}
