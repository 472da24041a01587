import { palette } from '../../message/cards/palette.ts';
import { type RichMenu, type RichMenuTile, richMenuFor } from '../../message/rich-menu.ts';
import { icons } from './icons.ts';

/** The family of the font in the package that the image is drawn with, made to be read with ease at any age. */
export const FONT_FAMILY = 'BIZ UDPGothic';

/** In pixels of the image: a phone 375 points wide shows them at 15 %, so letters come out about 21 points high. */
const LETTER = 140;
const LEADING = 1.18;
const ICON = 300;
/** One line of words stands a little lower than two, below a larger space. */
const BASELINE = { one: 640, two: 590 };
const GUTTER = 14;
const CORNER = 44;

/** The image of the rich menu as SVG, from the file alone: the same file gives the same text. */
export function drawRichMenu(menu: RichMenu): string {
  const { size, areas } = richMenuFor(menu);
  const tiles = areas.map(({ bounds }, index) => {
    const tile = menu.tiles[index];
    return tile && bounds ? drawTile(tile, bounds) : '';
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">`,
    `<rect width="${size.width}" height="${size.height}" fill="${palette.tint}"/>`,
    ...tiles,
    '</svg>',
  ].join('\n');
}

/** Ground, ink and edge of a tile; measured by test/line/rich-menu.test.ts. */
export function coloursOf({ strong }: Pick<RichMenuTile, 'strong'>) {
  return strong
    ? {
        ground: palette.accent,
        ink: palette.accentInk,
        icon: palette.accentInk,
        edge: palette.accent,
      }
    : { ground: palette.paper, ink: palette.ink, icon: palette.accent, edge: palette.edge };
}

type Bounds = { x?: number; y?: number; width?: number; height?: number };

function drawTile(tile: RichMenuTile, { x = 0, y = 0, width = 0, height = 0 }: Bounds): string {
  const { ground, ink, icon, edge } = coloursOf(tile);
  const middle = x + width / 2;
  const two = tile.words.length > 1;
  const iconTop = y + (two ? 85 : 130);
  const first = y + (two ? BASELINE.two - 25 : BASELINE.one);
  const words = tile.words.map(
    (line, index) =>
      `<text x="${middle}" y="${first + index * LETTER * LEADING}" text-anchor="middle" font-family="${FONT_FAMILY}, sans-serif" font-weight="700" font-size="${LETTER}" fill="${ink}">${escape(line)}</text>`,
  );
  const paths = icons[tile.icon]
    .replace(
      'class="glyph"',
      `fill="${icon}" stroke="none" font-weight="700" font-family="${FONT_FAMILY}, sans-serif"`,
    )
    .replace('class="dot"', `fill="${icon}" stroke="none"`);
  return [
    `<rect x="${x + GUTTER}" y="${y + GUTTER}" width="${width - 2 * GUTTER}" height="${height - 2 * GUTTER}" rx="${CORNER}" fill="${ground}" stroke="${edge}" stroke-width="6"/>`,
    `<g transform="translate(${middle - ICON / 2} ${iconTop}) scale(${ICON / 24})" fill="none" stroke="${icon}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${paths}</g>`,
    ...words,
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
