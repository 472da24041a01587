import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhonePage, openBrowser, shot } from '../support/browser.ts';
import { systemWords } from '../support/content.ts';
import { cutOff } from '../support/cut-off.ts';
import { openTryHouse, type TryHouse } from '../support/try-house.ts';

let browser: Browser;
let house: TryHouse;
let page: Page;
const mishaps: string[] = [];

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openTryHouse()]);
  ({ page } = await newPhonePage(browser));
  page.on('pageerror', (error) => mishaps.push(error.message));
  page.on('console', (message) => {
    // The browser itself reports every answer of 409; the page says it in words.
    if (message.type() === 'error' && !message.text().includes('409')) mishaps.push(message.text());
  });
  await page.goto(`${house.url}/try`);
  await said('はじめまして').waitFor();
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

// Each test has a user of its own; the bot and its clock are the same for all.
beforeEach(async () => {
  mishaps.length = 0;
  // What a test that failed left open or switched on would stop all that follow.
  await page.reload();
  await page.evaluate(async () => {
    const body = JSON.stringify({ what: 'clear' });
    const headers = { 'content-type': 'application/json' };
    await fetch('/try/api/switch', { method: 'POST', headers, body });
  });
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  const before = await tabs.count();
  await page.getByRole('button', { name: 'ユーザーを増やす' }).click();
  // Until then the chat of the user before is still there.
  await tabs.nth(before).and(page.locator('[aria-selected=true]')).waitFor();
  await said('はじめまして').waitFor();
});
afterEach(() => {
  if (mishaps.length > 0) throw new Error(mishaps.join('\n'));
});

const log = () => page.getByRole('log');
const said = (words: string) => log().locator('.row-bot', { hasText: words }).last();
const countOf = (words: string) => log().locator('.row-bot', { hasText: words }).count();
const menu = () => page.getByRole('group', { name: 'リッチメニュー' });
const chip = (name: string | RegExp) =>
  page.getByRole('group', { name: '返事の候補' }).getByRole('button', { name });
const focused = () => page.locator(':focus');
const lab = (name: string) => page.getByRole('region', { name });

async function say(text: string): Promise<void> {
  await page.getByLabel('メッセージ', { exact: true }).fill(text);
  await page.getByRole('button', { name: '送信' }).click();
}

/** The shortest way to a reminder in an hour. */
async function askForReminder(): Promise<void> {
  await say('注文を取り消したい');
  for (const name of [/^1 /, /^2 /, /^2 /]) await tapNew(name);
  await tapNew('1時間後');
  await said('この時刻に、様子をおたずねします').waitFor();
}

/** Taps a chip of the newest question: those of the one before are gone by then. */
async function tapNew(name: string | RegExp): Promise<void> {
  const before = await log().locator('.row-bot').count();
  await chip(name).click();
  await expect.poll(() => log().locator('.row-bot').count()).toBeGreaterThan(before);
}

/** While the bot is away the browser itself reports each try to reach it. */
function forgiveRefusedConnections(): void {
  expect(mishaps.filter((words) => !words.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  mishaps.length = 0;
}

const toastGone = () => page.locator('.toast:not(.shown)').waitFor({ state: 'attached' });

async function openLab(): Promise<void> {
  const panel = page.locator('#lab');
  if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click();
}

describe('the rich menu', () => {
  it('opens a topic, and closes and opens by its bar', async () => {
    await shot(page, 'try-menu');
    await menu().getByRole('button', { name: '電話したい' }).click();
    await log().locator('.row-user').getByText('電話したい').waitFor();
    await expect.poll(() => log().locator('.row-bot').count()).toBeGreaterThan(2);
    expect(await menu().locator('.tile-words').allTextContents()).toEqual([
      '電話したい',
      'チャットしたい',
      '届かない',
      '返品・返金',
      '日本語で話したい',
      'リマインド',
    ]);
    const bar = page.getByRole('button', { name: 'メニューを開く・閉じる' });
    await bar.click();
    await expect.poll(() => menu().count()).toBe(0);
    await shot(page, 'try-menu-closed');
    await bar.click();
    await menu().getByRole('button', { name: 'リマインド' }).click();
    await said('お預かりしているお知らせ').waitFor();
  });

  it('closes while typing, and is not there on a PC', async () => {
    const bar = page.getByRole('button', { name: 'メニューを開く・閉じる' });
    if ((await bar.getAttribute('aria-expanded')) === 'false') await bar.click();
    await page.getByLabel('メッセージ', { exact: true }).focus();
    await expect.poll(() => menu().count()).toBe(0);
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('PC版').check();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
    expect(await bar.count()).toBe(0);
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('スマートフォン').check();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
    expect(await bar.count()).toBe(1);
  });
});

describe('time', () => {
  it('brings a reminder into the chat, and it can be answered', async () => {
    await askForReminder();
    const clock = page.getByTitle('ボットの時計');
    const before = await clock.textContent();
    await clock.click();
    const dialog = page.getByRole('dialog', { name: 'ボットの時計を進める' });
    await dialog.getByText('注文を取り消したい').waitFor();
    await shot(page, 'try-clock');
    await dialog.getByRole('button', { name: '+10分' }).click();
    await page.getByText(/になりました$/).waitFor();
    expect(await clock.textContent()).not.toBe(before);
    expect(await countOf('お約束のお知らせです')).toBe(0);
    await clock.click();
    await dialog.getByRole('button', { name: '+1時間' }).click();
    await said('お約束のお知らせです').waitFor();
    await shot(page, 'try-reminder');
    await tapNew('はい');
    expect(await countOf('お約束のお知らせです')).toBe(1);
  });

  it('can be set to a moment, and goes forward only', async () => {
    await openLab();
    await lab('時計を進める').getByRole('button', { name: '日時を選ぶ' }).click();
    const input = page.getByRole('dialog').getByLabel('日時を選ぶ', { exact: true });
    await input.fill('2026-11-20T10:00');
    await page.getByRole('button', { name: '決定' }).click();
    expect(await page.getByRole('alert').textContent()).not.toBe('');
    await input.fill('2026-11-24T08:30');
    await page.getByRole('button', { name: '決定' }).click();
    await expect
      .poll(() => page.getByTitle('ボットの時計').textContent())
      .toMatch(/11月24日.*8:30/);
    await lab('時計を進める').getByRole('button', { name: '翌朝9時' }).click();
    await expect
      .poll(() => page.getByTitle('ボットの時計').textContent())
      .toMatch(/11月25日.*9:00/);
  });
});

describe('what goes wrong', () => {
  it('a block ends all reminders', async () => {
    await askForReminder();
    await openLab();
    const reminders = lab('お知らせ');
    await reminders.getByText('注文を取り消したい').waitFor();
    await lab('LINEの不調をためす').getByRole('button', { name: 'ブロックする' }).click();
    await page.getByText('ブロック中です').waitFor();
    expect(await page.getByRole('button', { name: 'メニューを開く・閉じる' }).count()).toBe(0);
    await reminders.getByText('ありません').waitFor();
    await lab('時計を進める').getByRole('button', { name: '翌朝9時' }).click();
    await page.getByText(/になりました$/).waitFor();
    await lab('LINEの不調をためす').getByRole('button', { name: 'ブロックを解除する' }).click();
    await said('おかえりなさい').waitFor();
    expect(await countOf('お約束のお知らせです')).toBe(0);
  });

  it('a doubled and a redelivered event are answered once', async () => {
    await openLab();
    const board = lab('LINEの不調をためす');
    await board.getByRole('button', { name: 'イベントを毎回二度届ける' }).click();
    await board.getByText('いま: 二度届ける').waitFor();
    await say('ヘルプ');
    await said('いつでも使える言葉').waitFor();
    await board.getByRole('button', { name: '直前のイベントを再配信' }).click();
    await page.getByText('もう一度届けました').waitFor();
    await say('メニュー');
    await said('どうされましたか').waitFor();
    expect(await countOf('いつでも使える言葉')).toBe(1);
    await board.getByRole('button', { name: 'すべて元に戻す' }).click();
    await board.getByText('いま: 不調なし').waitFor();
  });

  it('what was asked first and is answered last does not undo what is shown', async () => {
    const { promise: held, resolve: answer } = Promise.withResolvers<void>();
    await page.route(
      '**/try/api/lab/*',
      async (route) => {
        const response = await route.fetch();
        await held;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
    const asked = page.waitForRequest('**/try/api/lab/*');
    await openLab();
    await asked;
    const board = lab('LINEの不調をためす');
    await board.getByRole('button', { name: '次の返信トークンを切らす' }).click();
    await page.getByText('次の返事は届きません').waitFor();
    // Time enough to have asked again.
    await page.waitForTimeout(600);
    answer();
    await page.waitForTimeout(100);
    await expect.poll(() => board.getByRole('status').textContent()).toBe('いま: 次のトークン切れ');
  });

  it('an answer whose token is dead opens the next reply', async () => {
    await openLab();
    const board = lab('LINEの不調をためす');
    await board.getByRole('button', { name: '次の返信トークンを切らす' }).click();
    await board.getByText('いま: 次のトークン切れ').waitFor();
    await say('ヘルプ');
    await board.getByText('いま: 不調なし').waitFor();
    await log().locator('.row-user').getByText('既読').waitFor();
    await say('メニュー');
    await said(systemWords('late')).waitFor();
    expect(await countOf('いつでも使える言葉')).toBe(1);
  });

  it('a quota that is used up keeps the reminder for the next reply', async () => {
    await askForReminder();
    await openLab();
    const board = lab('LINEの不調をためす');
    await board.getByRole('button', { name: '残りを0通にする' }).click();
    await board.getByText('残り 0通').waitFor();
    await shot(page, 'try-switches', true);
    await lab('お知らせ').getByRole('button', { name: 'ここまで進める' }).click();
    await page.getByText(/になりました$/).waitFor();
    expect(await countOf('お約束のお知らせです')).toBe(0);
    await say('ヘルプ');
    await said('お約束のお知らせです').waitFor();
    await board.getByRole('button', { name: 'すべて元に戻す' }).click();
  });

  it('LINE answering 500 delays the answer and does not double it', async () => {
    await openLab();
    const board = lab('LINEの不調をためす');
    await board.getByRole('button', { name: '500（LINEの故障）' }).click();
    await say('ヘルプ');
    await said('いつでも使える言葉').waitFor();
    await board.getByText('いま: 不調なし').waitFor();
    expect(await countOf('いつでも使える言葉')).toBe(1);
  });
});

describe('a conversation', () => {
  it('is saved as a text, and played again gives the same chat', async () => {
    await askForReminder();
    await openLab();
    await lab('時計を進める').getByRole('button', { name: '+1時間' }).click();
    await said('お約束のお知らせです').waitFor();
    const box = lab('会話の保存と再生');
    await box.getByRole('button', { name: '会話をコピー' }).click();
    await page.getByText('コピーしました').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const download = page.waitForEvent('download');
    await box.getByRole('link', { name: '会話を保存する' }).click();
    const file = await (await download).path();
    expect(await readFile(file, 'utf8')).toBe(copied);
    expect((await download).suggestedFilename()).toMatch(/^madoguchi-[A-Z]\.txt$/);
    expect(copied).toContain('> [1時間後]');
    expect(copied).toContain('> (1時間後)');
    const before = await wordsOfChat();

    await box.locator('input[type=file]').setInputFiles(file);
    await expect.poll(() => box.getByLabel('再生する会話').inputValue()).toBe(copied);
    await box.getByRole('button', { name: '再生する' }).click();
    await page.getByRole('tab', { name: '再生1', selected: true }).waitFor();
    await log().getByText('再生が終わりました').waitFor({ timeout: 30_000 });
    expect(await wordsOfChat()).toEqual(before);
  });

  it('that cannot be played is refused in a sentence', async () => {
    await openLab();
    const box = lab('会話の保存と再生');
    await box.getByLabel('再生する会話').fill('| だれも何もしない');
    await box.getByRole('button', { name: '再生する' }).click();
    await page.getByText('「>」で始まる行がありません').waitFor();
    expect(await page.getByRole('tab', { name: '再生2' }).count()).toBe(0);
  });
});

describe('a bot that is stopped and started again', () => {
  it('is said to be away, keeps what could not be sent, and goes on where it was', async () => {
    await say('配達済みなのに届いていません');
    await tapNew('どこにもない');
    await said('手がかりはありますか').waitFor();
    const tabs = page.locator('[role=tab]');
    const names = await tabs.allTextContents();
    const away = page.getByText('ボットが止まっています');
    await house.stop();
    await away.waitFor();
    await say('4');
    await page.getByText('送信できませんでした').waitFor();
    await shot(page, 'try-away');
    const input = page.getByLabel('メッセージ', { exact: true });
    await expect.poll(() => input.inputValue()).toBe('4');
    await house.start();
    await page.getByText('続きから話せます。').and(log().locator('.system')).waitFor();
    expect(await away.isVisible()).toBe(false);
    await expect
      .poll(async () => (await tabs.allTextContents()).toSorted())
      .toEqual(names.toSorted());
    await said('手がかりはありますか').waitFor();
    await page.getByRole('group', { name: '返事の候補' }).waitFor({ timeout: 5000 });
    await page.getByRole('button', { name: '送信' }).click();
    await said('だれが発送しましたか').waitFor();
    await tapNew('戻る');
    await shot(page, 'try-back');
    forgiveRefusedConnections();
  });

  it('takes calmly what is tried meanwhile, loses no quick reply by it, and goes on when it is back', async () => {
    const name = await page.getByRole('tab', { selected: true }).textContent();
    await say('荷物が届かない');
    await said('まず、注文の表示を見ましょう').waitFor();
    await house.stop();
    await page.getByText('ボットが止まっています').waitFor();
    const calm = page.getByRole('status').filter({ hasText: '動きだしたら、もう一度' });

    await chip(/^1 /).click();
    await page.getByText('送信できませんでした').waitFor();
    expect(await chip(/^1 /).count()).toBe(1);

    await page.getByRole('tab').first().click();
    await calm.waitFor();
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(name);
    await toastGone();
    await page.getByRole('button', { name: 'ユーザーを増やす' }).click();
    await calm.waitFor();
    await toastGone();
    await page.getByTitle('ボットの時計').click();
    await page.getByRole('dialog').getByText('動きだしたら、もう一度').waitFor();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByRole('button', { name: 'ブロックする' }).first().click();
    await calm.waitFor();
    expect(await page.getByText('ブロック中です').isVisible()).toBe(false);

    await house.start();
    await page.getByText('続きから話せます。').and(log().locator('.system')).waitFor();
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(name);
    await tapNew(/^1 /);
    forgiveRefusedConnections();
  });

  it('is found again even when something else answered in its place meanwhile', async () => {
    let refusals = 2;
    await page.route('**/try/events', async (route) => {
      refusals -= 1;
      await (refusals < 0 ? route.continue() : route.fulfill({ status: 503 }));
    });
    await page.reload();
    await page.getByText('ボットが止まっています').waitFor();
    await page.getByText('ボットが止まっています').waitFor({ state: 'hidden' });
    await page.unroute('**/try/events');
    await say('ヘルプ');
    await said('いつでも使える言葉').waitFor();
    expect(mishaps.filter((words) => !words.includes('503'))).toEqual([]);
    mishaps.length = 0;
  });
});

describe('the settings', () => {
  it('are kept over a reload: who needs large type does not choose it twice', async () => {
    const words = log().locator('.row-user .say').first();
    const size = async () =>
      parseFloat(await words.evaluate((element) => getComputedStyle(element).fontSize));
    await say('ヘルプ');
    const before = await size();
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('特大', { exact: true }).check();
    await page.reload();
    await words.waitFor();
    expect(await size()).toBeCloseTo(before * 1.45, 1);
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('標準', { exact: true }).check();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
  });
});

describe('the page around the chat', () => {
  it('grows with the chosen type size, as the chat does', async () => {
    const size = async () =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: '最初からやり直す' })
        .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    await page.getByRole('button', { name: '設定' }).click();
    const before = await size();
    await page.getByLabel('特大', { exact: true }).check();
    expect(await size()).toBeGreaterThan(before * 1.3);
    await shot(page, 'try-settings-largest');
    expect(await cutOff(page)).toEqual([]);
    await page.getByLabel('標準', { exact: true }).check();
    await page.getByRole('button', { name: '閉じる', exact: true }).click();
  });

  it('has room for its head on a small phone: nothing touches', async () => {
    for (const width of [320, 360, 390]) {
      await page.setViewportSize({ width, height: 740 });
      await shot(page, `try-head-${width}`);
      const badge = await page.getByText('非公式・お試し').boundingBox();
      const clock = await page.getByTitle('ボットの時計').boundingBox();
      const settings = await page.getByRole('button', { name: '設定' }).boundingBox();
      expect((clock?.x ?? 0) - (badge?.x ?? 0) - (badge?.width ?? 0)).toBeGreaterThanOrEqual(6);
      expect((settings?.x ?? 0) + (settings?.width ?? 0)).toBeLessThanOrEqual(width);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await page.setViewportSize({ width: 375, height: 740 });
  });

  it('shows a panel that is opened on a phone: it stands below the screen', async () => {
    const heading = lab('時計を進める').getByRole('heading');
    await page.locator('#lab summary').click();
    await expect
      .poll(async () => (await heading.boundingBox())?.y ?? Infinity)
      .toBeLessThan(740 / 2);
  });

  it('tells a screen reader who says something', async () => {
    await say('ヘルプ');
    await said('いつでも使える言葉').waitFor();
    const heard = await log().ariaSnapshot();
    expect(heard.indexOf('あなた')).toBeGreaterThan(-1);
    expect(heard.indexOf('窓口', heard.indexOf('あなた'))).toBeGreaterThan(-1);
  });
});

describe("the page's own signs", () => {
  it('are drawn, not emoji: a machine without such a font shows boxes', async () => {
    const signs = async () =>
      (await page.locator('body').innerText()).match(/\p{Extended_Pictographic}/gu) ?? [];
    expect(await signs()).toEqual([]);
    await page.getByRole('button', { name: '送るものを選ぶ' }).click();
    expect(await signs()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '位置情報を送る' }).click();
    await expect.poll(() => log().locator('.row-user').count()).toBe(1);
    expect(await signs()).toEqual([]);
  });
});

describe('on a wide screen', () => {
  it('everything stands beside the chat', async () => {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.reload();
    await said('はじめまして').waitFor();
    await lab('LINEの不調をためす').getByText('使った数').waitFor();
    const chat = await page.locator('main').boundingBox();
    const panel = await lab('お知らせ').boundingBox();
    expect(panel?.x).toBeGreaterThan((chat?.x ?? 0) + (chat?.width ?? 0));
    await shot(page, 'try-wide');
    // What the page says stands where the eyes are: over the chat.
    await lab('会話の保存と再生').getByRole('button', { name: '会話をコピー' }).click();
    const words = page.getByText('コピーしました');
    await words.waitFor();
    const told = await words.boundingBox();
    expect((told?.x ?? 0) + (told?.width ?? 0)).toBeLessThan((chat?.x ?? 0) + (chat?.width ?? 0));
    await page.setViewportSize({ width: 375, height: 740 });
  });
});

describe('with the keyboard alone', () => {
  it('who has chosen a quick reply goes on at the message field, one step from the next ones', async () => {
    await chip(/^1 /).focus();
    await page.keyboard.press('Enter');
    await said('まず、注文の表示を見ましょう').waitFor();
    await expect.poll(() => focused().getAttribute('aria-label')).toBe('メッセージ');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await focused().textContent()).toBe('ヘルプ');
  });

  it('who has gone to another user stays at the tabs, and sees which one it is', async () => {
    const tabs = page.getByRole('tab');
    for (let more = await tabs.count(); more < 8; more += 1) {
      await page.getByRole('button', { name: 'ユーザーを増やす' }).click();
      await expect.poll(() => tabs.count()).toBe(more + 1);
      await said('はじめまして').waitFor();
    }
    const last = tabs.last();
    await expect.poll(() => last.getAttribute('aria-selected')).toBe('true');
    const strip = await page.getByRole('tablist').boundingBox();
    const box = await last.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(
      (strip?.x ?? 0) + (strip?.width ?? 0) + 1,
    );

    await tabs.first().focus();
    // However many there are, one more can be had without looking for it.
    await expect
      .poll(() => page.getByRole('tablist').evaluate((element) => element.scrollLeft))
      .toBe(0);
    const add = await page.getByRole('button', { name: 'ユーザーを増やす' }).boundingBox();
    expect((add?.x ?? 0) + (add?.width ?? 0)).toBeLessThanOrEqual(375);
    await page.keyboard.press('Enter');
    await expect.poll(() => tabs.first().getAttribute('aria-selected')).toBe('true');
    expect(await focused().textContent()).toBe(await tabs.first().textContent());
    expect((await tabs.first().boundingBox())?.x).toBeGreaterThanOrEqual(strip?.x ?? 0);
  });
});

/** What stands in the chat, but for the times and dates. */
async function wordsOfChat(): Promise<string[]> {
  const lines = await log().locator('.row .say, .row .flex').allTextContents();
  return lines.map((line) => line.replaceAll(/\d+月\d+日（.）\d+:\d+/g, '（日時）'));
}
