import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cutOff } from '../support/cut-off.ts';
import { newPhonePage, openBrowser, shot } from '../support/browser.ts';
import { type BotProcess, startProcess } from '../support/process.ts';

const cwd = mkdtempSync(join(tmpdir(), 'madoguchi-browser-'));
let bot: BotProcess;
let browser: Browser;
let page: Page;
let close: () => Promise<void>;
let mishaps: string[];

beforeAll(async () => {
  bot = startProcess({ cwd, env: { PORT: '0', LOG_LEVEL: 'warn' } });
  [browser] = await Promise.all([openBrowser(), bot.ready()]);
});
afterAll(async () => {
  await browser.close();
  bot.kill('SIGTERM');
  await bot.ended;
  rmSync(cwd, { recursive: true, force: true });
});

// Each test is a new browser and so a new user.
beforeEach(async () => {
  const opened = await newPhonePage(browser);
  page = opened.page;
  close = () => opened.context.close();
  mishaps = [];
  page.on('pageerror', (error) => mishaps.push(error.message));
  await page.goto(`${bot.baseUrl()}/try`);
  await newUser();
});
afterEach(async () => {
  await close();
  // Neither an error in the page, nor anything that LINE or the bot had to complain about.
  const logged = bot.stdout().match(/^.*"level":"(?:error|warn)".*$/gm) ?? [];
  if (mishaps.length + logged.length > 0) throw new Error([...mishaps, ...logged].join('\n'));
});

const log = () => page.getByRole('log');
const chips = () => page.getByRole('group', { name: '返事の候補' });
const answers = () => log().locator('.row-bot');
const newest = () => answers().last();

async function newUser(): Promise<void> {
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  const before = await tabs.count();
  await page.getByRole('button', { name: 'ユーザーを増やす' }).click();
  // Until then the chat of the user before is still there.
  await tabs.nth(before).and(page.locator('[aria-selected=true]')).waitFor();
  await log().getByText('「窓口」です').waitFor();
  await chips().waitFor();
  // The tiles below leave little room for the chat.
  const tiles = page.getByRole('button', { name: 'メニューを開く・閉じる' });
  if ((await tiles.getAttribute('aria-expanded')) === 'true') await tiles.click();
}

/** Waits until the bot has answered to what `act` does. */
async function answered(act: () => Promise<unknown>): Promise<void> {
  const before = await answers().count();
  await act();
  await expect.poll(() => answers().count(), { timeout: 10_000 }).toBeGreaterThan(before);
  await log().getByLabel('返信を準備しています').waitFor({ state: 'detached' });
}

const say = (text: string) =>
  answered(async () => {
    await page.getByLabel('メッセージ', { exact: true }).fill(text);
    await page.getByRole('button', { name: '送信' }).click();
  });

/** Taps the newest thing that says so: a chip, or a button or a row of a card. */
async function tap(label: string | RegExp): Promise<void> {
  const chip = chips().getByRole('button', { name: label });
  const target: Locator =
    (await chip.count()) > 0 ? chip : log().getByRole('button', { name: label });
  await answered(() => target.last().click());
}

const bare = (text: string) => text.replace(/\s/g, '');

const shows = (words: string | RegExp) => log().getByText(words).last().waitFor();

describe('the real bot', () => {
  it('leads through a whole topic by taps alone, to its end', async () => {
    await shot(page, 'bot-greeting');
    await tap('配達済みなのにない');
    await shows('まず、ここを見てみましょう');
    await shot(page, 'bot-checklist');
    await tap('どこにもない');
    await tap('手がかりがない');
    await shows('待つか、すぐ連絡するか');
    await shot(page, 'bot-notice');
    await tap('わからない');
    await shows('出荷元の見かた');
    await shot(page, 'bot-steps');
    await tap('Amazonが発送');
    await tap('Amazonの配達');
    await shot(page, 'bot-device');
    await tap(/アプリ/);
    await shows('注文番号');
    await shot(page, 'bot-reach');
    await tap('わからない・あとで');
    await shows('こう伝えましょう');
    await shot(page, 'bot-phrases');
    await tap('解決できた');
    await shot(page, 'bot-end');
    expect(await cutOff(page)).toEqual([]);
    expect(await log().getByText('こちらの不具合').count()).toBe(0);
  });

  it('leads through the same topic by typing: free text, numbers, labels', async () => {
    await say('昨日、配達済みになってたのに荷物がどこにもないんです');
    await shows('まず、ここを見てみましょう');
    await say('２');
    await shows('手がかりはありますか');
    await say('置き配が盗まれたみたい');
    await shows('盗まれたように見えるとき');
    await say('アマゾンです');
    await shows('運んだのはどこですか');
    await say('1番');
    await say('1');
    await shows('注文番号');
    await say('注文番号は250-1234567-7654321です');
    await shows(/250-1234567-7654321/);
    await say('解決しました');
    await shot(page, 'bot-typed');
    expect(await log().getByText('こちらの不具合').count()).toBe(0);
  });

  it('fills in the order number, and the copied phrase is the one that is shown', async () => {
    await say('日本語で話したい');
    await tap('電話で頼む文');
    await say('250-7654321-7654321');
    await shows('電話では、こう頼みます');
    await shot(page, 'bot-phrases-filled');
    const card = log().locator('.flex').filter({ hasText: '250-7654321-7654321' }).last();
    const copy = card.getByRole('button', { name: /日本語.*コピー|コピー.*日本語/ }).first();
    await copy.click();
    await page.getByText('コピーしました').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('250-7654321-7654321');
    expect(bare((await card.textContent()) ?? '')).toContain(bare(copied));
    await card
      .getByRole('button', { name: /英語.*コピー|コピー.*英語/ })
      .first()
      .click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^[\x20-\x7e]*250-7654321-7654321/);
  });

  it('keeps the chat and the place in it over a reload', async () => {
    await tap('配達済みなのにない');
    await tap('どこにもない');
    await page.reload();
    await shows('手がかりはありますか');
    await tap('写真がうちではない');
    await shows('写真がうちではないとき');
    expect(await log().getByText('手がかりはありますか').count()).toBeGreaterThan(0);
  });

  it('keeps two users apart who talk at the same time', async () => {
    const tabs = page.getByRole('tab');
    const mine = await tabs.last().textContent();
    await tap('配達済みなのにない');
    await newUser();
    await tap('荷物が届かない');
    await page.getByRole('tab', { name: mine ?? '' }).click();
    await shows('まず、ここを見てみましょう');
    await tap('どこにもない');
    await shows('手がかりはありますか');
    await tabs.last().click();
    await expect.poll(() => log().getByText('手がかりはありますか').count()).toBe(0);
    await say('戻る');
    await shows('どうされましたか');
  });

  it('takes a day from the picker, and counts from it', async () => {
    await say('荷物が届かない');
    await tap('発送済み・配達中');
    await chips().getByRole('button', { name: '日付を選ぶ' }).click();
    await shot(page, 'bot-picker');
    await answered(() => page.getByRole('button', { name: '決定' }).click());
    await shot(page, 'bot-deadline');
    expect(await log().getByText('〇〇').count()).toBe(0);
    expect(await cutOff(page)).toEqual([]);
  });

  it('works on a PC, where there are no chips: every choice has its number in the text', async () => {
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('PC版').check();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
    expect(await chips().count()).toBe(0);
    await say('配達済みなのにない');
    await shot(page, 'bot-pc');
    expect(await newest().textContent()).toMatch(/1.*見つかった.*2.*どこにもない/s);
    for (const [number, words] of [
      ['2', '手がかりはありますか'],
      ['4', 'だれが発送しましたか'],
      ['1', '運んだのはどこですか'],
      ['1', /アプリ/],
    ] as const) {
      await say(number);
      await shows(words);
    }
  });

  it('cuts nothing off in the largest type on the smallest phone', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('特大', { exact: true }).check();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
    for (const [name, text] of [
      ['menu', 'メニュー'],
      ['checklist', '配達済みなのにない'],
      ['phrases', '日本語で話したい'],
      ['number', '電話番号'],
    ] as const) {
      await say(text);
      await shot(page, `bot-largest-${name}`);
      expect(await cutOff(page)).toEqual([]);
    }
  });
});
