/**
 * Takes the README's picture of the chat, docs/images/chat.png: `node test/support/picture.ts` after a change of how it
 * looks. The real bot in try mode, in a real browser.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newPhonePage, openBrowser } from './browser.ts';
import { startProcess } from './process.ts';

const images = join(import.meta.dirname, '../../docs/images');
const cwd = mkdtempSync(join(tmpdir(), 'madoguchi-picture-'));
const bot = startProcess({ cwd, env: { PORT: '0', LOG_LEVEL: 'warn' } });
const browser = await openBrowser();
try {
  await bot.ready();
  const { page } = await newPhonePage(browser, { width: 390, height: 905, pixels: 1.5 });
  await page.goto(`${bot.baseUrl()}/try`);
  const log = page.getByRole('log');
  await log.getByText('「窓口」です').waitFor();
  const tiles = page.getByRole('button', { name: 'メニューを開く・閉じる' });
  if ((await tiles.getAttribute('aria-expanded')) === 'true') await tiles.click();
  await page.getByLabel('メッセージ', { exact: true }).fill('配達済みなのに荷物がない');
  await page.getByRole('button', { name: '送信' }).click();
  await log.getByText('まず、ここを見てみましょう').waitFor();
  await log.locator('.row-user').last().getByText('既読').waitFor();
  // What belongs to trying out is left out; the user's own words stand at the top.
  await page.evaluate(() => {
    for (const each of document.querySelectorAll<HTMLElement>('.people, .side'))
      each.style.display = 'none';
    const said = [...document.querySelectorAll('.row-user')].at(-1);
    said?.scrollIntoView({ block: 'start' });
    document.querySelector('#log')?.scrollBy(0, -14);
  });
  mkdirSync(images, { recursive: true });
  await page
    .locator('main.phone')
    .screenshot({ path: join(images, 'chat.png'), animations: 'disabled' });
} finally {
  await browser.close();
  bot.kill('SIGTERM');
  await bot.ended;
  rmSync(cwd, { recursive: true, force: true });
}
