import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../../config.ts';
import { ContentError } from '../../content/problem.ts';
import type { RichMenu } from '../../message/rich-menu.ts';
import { FONT_FAMILY, drawRichMenu } from './draw.ts';
import { canDraw } from './glyphs.ts';
import { woffToSfnt } from './woff.ts';

/**
 * The image of the rich menu as PNG. The renderer and the font are optional dependencies, loaded only here: the bot
 * itself needs neither.
 * @throws ConfigError with the remedy when they are not installed; ContentError for words that the font cannot draw.
 */
export async function imageOf(menu: RichMenu): Promise<Buffer> {
  const { Resvg, woff } = await tools();
  const font = woffToSfnt(woff);
  checkLetters(menu, font);
  // The renderer takes fonts as files only.
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-font-'));
  try {
    const file = join(folder, 'font.ttf');
    await writeFile(file, font);
    const image = new Resvg(drawRichMenu(menu), {
      font: { loadSystemFonts: false, fontFiles: [file], defaultFontFamily: FONT_FAMILY },
    }).render();
    return image.asPng();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A letter that the font lacks would be an empty box under everybody's chat. */
function checkLetters(menu: RichMenu, font: Buffer): void {
  const drawable = canDraw(font);
  const words = menu.tiles.flatMap((tile) => tile.words).join('');
  const missing = [...new Set(words)].filter((letter) => !drawable(letter));
  if (missing.length === 0) return;
  throw new ContentError([
    {
      severity: 'error',
      file: 'messages/ja/rich-menu.yaml',
      line: 0,
      what: `絵に描けない文字があります: ${missing.join(' ')}`,
      remedy:
        'ふつうの漢字、かな、英数字に書きかえてください（絵文字、丸数字、旧字体などは描けません）。',
    },
  ]);
}

async function tools() {
  try {
    const { Resvg } = await import('@resvg/resvg-js');
    const file = import.meta
      .resolve('@fontsource/biz-udpgothic/files/biz-udpgothic-japanese-700-normal.woff');
    return { Resvg, woff: await readFile(fileURLToPath(file)) };
  } catch (cause) {
    throw new ConfigError(
      [
        'リッチメニューの絵を描く部品（@resvg/resvg-js と @fontsource/biz-udpgothic）がありません。npm ci を --omit=optional なしで実行してください。',
      ],
      { cause },
    );
  }
}
