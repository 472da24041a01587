import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhonePage, openBrowser, shot } from '../support/browser.ts';
import { ask, card, column, startStandIn, type StandIn, type StandInEvent } from './stand-in.ts';

let browser: Browser;
let bot: StandIn;
let page: Page;
let refused: string[];
let mishaps: string[];

const greeting = ask(
  'こんにちは。窓口です。',
  { type: 'message', label: '電話したい', text: '電話したい' },
  { type: 'postback', label: '届かない', data: 'topic=missing', displayText: '荷物が届きません' },
  {
    type: 'datetimepicker',
    label: '日時を選ぶ',
    data: 'remind',
    mode: 'datetime',
    min: '2026-11-21T10:00',
    max: '2026-12-31T10:00',
    initial: '2026-11-22T09:00',
  },
  { type: 'clipboard', label: '番号をコピー', clipboardText: 'copied-from-chip' },
  { type: 'uri', label: '公式ページ', uri: 'https://example.com/help' },
);
const actionsCard = card('操作', {
  body: {
    ...column({ type: 'text', text: 'カード全体を押す' }),
    action: { type: 'postback', label: 'カード', data: 'whole-card' },
  },
  footer: column(
    {
      type: 'button',
      action: {
        type: 'clipboard',
        label: '英語をコピー',
        clipboardText: 'Could you speak\nmore slowly?',
      },
    },
    {
      type: 'button',
      action: { type: 'uri', label: 'ページを開く', uri: 'https://example.com/page' },
    },
    { type: 'button', action: { type: 'uri', label: '電話をかける', uri: 'tel:0120-999-373' } },
    {
      type: 'button',
      action: {
        type: 'postback',
        label: '入力する',
        data: 'fill',
        inputOption: 'openKeyboard',
        fillInText: '注文番号: ',
      },
    },
  ),
});

function answer(event: StandInEvent): unknown[] | undefined {
  if (event.type === 'follow') return [greeting];
  const said = event.message?.text ?? event.postback?.data ?? event.message?.type ?? '';
  if (said === 'カード') return [actionsCard];
  if (said === 'だまって') return undefined;
  return [{ type: 'text', text: `受け取りました: ${said}` }];
}

const log = () => page.getByRole('log');
const chips = () => page.getByRole('group', { name: '返事の候補' });
const chip = (name: string) => chips().getByRole('button', { name });
const received = (type: string) => bot.events.filter((event) => event.type === type);

async function say(text: string): Promise<void> {
  await page.getByLabel('メッセージ', { exact: true }).fill(text);
  await page.getByRole('button', { name: '送信' }).click();
}

async function openCard(): Promise<void> {
  await say('カード');
  await log().getByText('カード全体を押す').waitFor();
}

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, refused } = await newPhonePage(browser));
  page.on('pageerror', (error) => mishaps.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR_'))
      mishaps.push(message.text());
  });
});
afterAll(() => browser.close());

// One page for all, because opening one takes longer than a test; the bot, its port and so all that is kept are new.
beforeEach(async () => {
  bot = await startStandIn(answer);
  mishaps = [];
  refused.length = 0;
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto(bot.url);
  await chip('電話したい').waitFor();
});
afterEach(async () => {
  await page.goto('about:blank');
  await bot.close();
  // No script error, and nothing that the content security policy had to stop.
  if (mishaps.length > 0) throw new Error(mishaps.join('\n'));
});

describe('the chat', () => {
  it('begins by adding the account as a friend', async () => {
    expect(received('follow')).toHaveLength(1);
    await log().getByText('友だちに追加しました').waitFor();
    await log().getByText('こんにちは。窓口です。').waitFor();
    await shot(page, 'chat-greeting');
  });

  it('sends what a chip says, and the chips are gone', async () => {
    await chip('電話したい').click();
    await log().getByText('受け取りました: 電話したい').waitFor();
    await log().locator('.row-user').getByText('既読').waitFor();
    expect(await chips().count()).toBe(0);
    expect(received('message')[0]?.message?.text).toBe('電話したい');
    await page.reload();
    await log().getByText('受け取りました: 電話したい').waitFor();
    expect(await chips().count()).toBe(0);
  });

  it("shows the words of a postback as the user's own and sends only its data", async () => {
    await chip('届かない').click();
    await log().locator('.row-user').getByText('荷物が届きません').waitFor();
    await log().getByText('受け取りました: topic=missing').waitFor();
    expect(received('postback')[0]?.postback).toEqual({ data: 'topic=missing' });
    expect(received('message')).toEqual([]);
  });

  it('drops the chips when any newer message comes', async () => {
    const to = bot.events[0]?.source.userId;
    await fetch(`${bot.simulator.baseUrl}/v2/bot/message/push`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bot.simulator.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ to, messages: [{ type: 'text', text: 'お知らせです' }] }),
    });
    await log().getByText('お知らせです').waitFor();
    expect(await chips().count()).toBe(0);
  });

  it('sends on Enter and makes a new line on Shift+Enter', async () => {
    const words = page.getByLabel('メッセージ', { exact: true });
    await words.fill('一行目');
    await words.press('Shift+Enter');
    await words.pressSequentially('二行目');
    await words.press('Enter');
    await log().getByText('受け取りました: 一行目').waitFor();
    expect(received('message')[0]?.message?.text).toBe('一行目\n二行目');
    expect(await words.inputValue()).toBe('');
  });

  it('shows markup as text', async () => {
    const attack = '<img src=x onerror=alert(1)><b>太字</b>';
    await say(attack);
    await log().getByText(`受け取りました: ${attack}`).waitFor();
    expect(await log().locator('img, b').count()).toBe(0);
  });

  it('makes web addresses tappable', async () => {
    await say('https://example.com/a?b=1 を見て');
    const link = log()
      .locator('.row-user')
      .getByRole('link', { name: 'https://example.com/a?b=1' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('sends stickers, pictures and places', async () => {
    for (const name of ['スタンプを送る', '写真を送る', '位置情報を送る']) {
      await page.getByRole('button', { name: '送るものを選ぶ' }).click();
      await page.getByRole('dialog').getByRole('button', { name }).click();
    }
    await log().getByText('受け取りました: location').waitFor();
    expect(received('message').map((event) => event.message?.type)).toEqual([
      'sticker',
      'image',
      'location',
    ]);
  });

  it('takes a message back', async () => {
    await say('言い過ぎました');
    await log().getByText('受け取りました: 言い過ぎました').waitFor();
    await page.getByRole('button', { name: 'このメッセージの操作' }).click();
    await page.getByRole('button', { name: '送信取消' }).click();
    await log().getByText('メッセージの送信を取り消しました').waitFor();
    expect(await log().getByText('言い過ぎました', { exact: true }).count()).toBe(0);
    await expect.poll(() => received('unsend').length).toBe(1);
  });

  it('shows that the bot is thinking, until it speaks', async () => {
    const userId = bot.events[0]?.source.userId;
    await fetch(`${bot.simulator.baseUrl}/v2/bot/chat/loading/start`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bot.simulator.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ chatId: userId, loadingSeconds: 30 }),
    });
    await log().getByLabel('返信を準備しています').waitFor();
    await say('まだ?');
    await log().getByText('受け取りました: まだ?').waitFor();
    expect(await log().getByLabel('返信を準備しています').count()).toBe(0);
  });

  it('says when the bot cannot be reached, and again when it took the message after all', async () => {
    bot.down.now = true;
    await say('だまって');
    await log().getByText('届きません').waitFor();
    bot.down.now = false;
    const eventId = bot.simulator.line.events().at(-1)?.eventId ?? '';
    await bot.simulator.line.redeliver(eventId);
    await log().locator('.row-user').getByText('既読').waitFor();
    expect(await log().getByText('届きません').count()).toBe(0);
  });
});

describe('actions of a card', () => {
  beforeEach(openCard);

  it('copies a phrase', async () => {
    await page.getByRole('button', { name: '英語をコピー' }).click();
    await page.getByText('コピーしました').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'Could you speak\nmore slowly?',
    );
    await shot(page, 'chat-copied');
  });

  it('copies without the clipboard interface, too', async () => {
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
    );
    await page.getByRole('button', { name: '英語をコピー' }).click();
    await page.getByText('コピーしました').waitFor();
    const words = page.getByLabel('メッセージ', { exact: true });
    await words.focus();
    await page.keyboard.press('Control+V');
    expect(await words.inputValue()).toBe('Could you speak\nmore slowly?');
  });

  it('opens a page in a new tab that knows nothing of this one', async () => {
    const link = page.getByRole('link', { name: 'ページを開く' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    const popup = page.waitForEvent('popup');
    await link.click();
    await expect.poll(() => refused).toEqual(['https://example.com/page']);
    await (await popup).close();
  });

  it('asks before a call and does not dial', async () => {
    await page.getByRole('button', { name: '電話をかける' }).click();
    const dialog = page.getByRole('dialog', { name: '電話をかける画面が開きます' });
    await dialog.getByText('0120-999-373').waitFor();
    await dialog.getByRole('button', { name: '番号をコピーする' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0120-999-373');
    expect(page.url()).toBe(bot.url);
  });

  it('lets a whole box be tapped, by mouse and by keyboard', async () => {
    const box = page.getByRole('button', { name: 'カード', exact: true });
    await box.click();
    await box.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => received('postback').length).toBe(2);
    expect(received('postback')[1]?.postback?.data).toBe('whole-card');
  });

  it('opens the keyboard with words in it', async () => {
    await page.getByRole('button', { name: '入力する' }).click();
    const words = page.getByLabel('メッセージ', { exact: true });
    expect(await words.inputValue()).toBe('注文番号: ');
    expect(await words.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('the date and time picker', () => {
  it('gives the bot what was picked, in the form LINE gives it', async () => {
    await chip('日時を選ぶ').click();
    const input = page.getByRole('dialog').getByLabel('日時を選ぶ', { exact: true });
    expect(await input.inputValue()).toBe('2026-11-22T09:00');
    await shot(page, 'chat-picker');
    await input.fill('2026-12-03T08:30');
    await page.getByRole('button', { name: '決定' }).click();
    await log().getByText('受け取りました: remind').waitFor();
    expect(received('postback')[0]?.postback).toEqual({
      data: 'remind',
      params: { datetime: '2026-12-03T08:30' },
    });
  });

  it('keeps within its limits, and the chips stay until it is done', async () => {
    await chip('日時を選ぶ').click();
    await page
      .getByRole('dialog')
      .getByLabel('日時を選ぶ', { exact: true })
      .fill('2027-01-01T10:00');
    await page.getByRole('button', { name: '決定' }).click();
    expect(await page.getByRole('alert').textContent()).not.toBe('');
    await page.getByRole('button', { name: 'キャンセル' }).click();
    expect(received('postback')).toEqual([]);
    expect(await chips().count()).toBe(1);
  });
});

describe('chips that send nothing', () => {
  it('copy, and are gone even after a reload', async () => {
    await chip('番号をコピー').click();
    await page.getByText('コピーしました').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('copied-from-chip');
    await expect.poll(() => chips().count()).toBe(0);
    await page.reload();
    await log().getByText('こんにちは。窓口です。').waitFor();
    expect(await chips().count()).toBe(0);
  });

  it('open a page', async () => {
    const popup = page.waitForEvent('popup');
    await chips().getByRole('link', { name: '公式ページ' }).click();
    await expect.poll(() => refused).toEqual(['https://example.com/help']);
    await (await popup).close();
  });
});

describe('LINE on a PC', () => {
  it('shows no chips and knows no clipboard', async () => {
    await openCard();
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('PC版').check();
    await page.getByRole('button', { name: '閉じる' }).click();
    expect(await chips().count()).toBe(0);
    await page.getByRole('button', { name: '英語をコピー' }).click();
    await page.getByText('PC版のLINEではコピーのボタンが使えません').waitFor();
  });
});

describe('users', () => {
  it('have their own chats, which a reload keeps, and the open one stays open', async () => {
    await say('Aの話');
    await log().getByText('受け取りました: Aの話').waitFor();
    await page.getByRole('button', { name: 'ユーザーを増やす' }).click();
    await page.getByRole('tab', { name: 'ユーザーB', selected: true }).waitFor();
    await say('Bの話');
    await log().getByText('受け取りました: Bの話').waitFor();
    expect(await log().getByText('Aの話').count()).toBe(0);
    expect(new Set(received('follow').map((event) => event.source.userId)).size).toBe(2);

    await page.reload();
    await page.getByRole('tab', { name: 'ユーザーB', selected: true }).waitFor();
    await log().getByText('受け取りました: Bの話').waitFor();
    await page.getByRole('tab', { name: 'ユーザーA' }).click();
    await log().getByText('受け取りました: Aの話').waitFor();
    expect(await log().getByText('Bの話').count()).toBe(0);
  });

  it('can block and come back', async () => {
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByRole('button', { name: 'ブロックする' }).click();
    await page.getByText('ブロック中です').waitFor();
    await expect.poll(() => received('unfollow').length).toBe(1);
    expect(await page.getByLabel('メッセージ', { exact: true }).isDisabled()).toBe(true);
    expect(await chips().count()).toBe(0);
    await page.getByRole('button', { name: '解除する' }).click();
    await expect.poll(() => received('follow').at(-1)?.['follow']).toEqual({ isUnblocked: true });
    await expect
      .poll(() => page.getByLabel('メッセージ', { exact: true }).isDisabled())
      .toBe(false);
  });

  it('can start over', async () => {
    await say('忘れて');
    await log().getByText('受け取りました: 忘れて').waitFor();
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByRole('button', { name: '最初からやり直す' }).click();
    await expect.poll(() => log().getByText('忘れて').count()).toBe(0);
    await log().getByText('こんにちは。窓口です。').waitFor();
  });
});

describe('what goes on inside', () => {
  it('is shown as JSON that can be copied', async () => {
    await page.getByText('しくみを見る').click();
    await say('見せて');
    const state = page.getByLabel('会話の状態', { exact: true });
    await expect
      .poll(async () => JSON.parse((await state.textContent()) || '{}'))
      .toMatchObject({ events: 2 });
    const events = page.getByLabel('イベント（LINE → ボット）', { exact: true });
    await expect.poll(() => events.textContent()).toContain('見せて');
    await page.getByRole('button', { name: '会話の状態をコピー' }).click();
    await page.getByText('コピーしました').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toHaveProperty('userId');
  });

  it('stands beside the chat where there is room', async () => {
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.reload();
    await log().getByText('こんにちは。窓口です。').waitFor();
    const chat = await page.locator('main').boundingBox();
    const inside = await page.getByLabel('会話の状態', { exact: true }).boundingBox();
    expect(inside?.x).toBeGreaterThan((chat?.x ?? 0) + (chat?.width ?? 0));
    await shot(page, 'chat-wide');
  });
});
