import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhonePage, openBrowser, shot } from '../support/browser.ts';
import { card, column, startStandIn, type StandIn } from './stand-in.ts';

let browser: Browser;
let bot: StandIn;
let page: Page;
let shown: unknown[] = [];

/** Lets the bot say these messages, after the fake LINE has checked them. */
async function show(...messages: unknown[]): Promise<void> {
  shown = messages;
  await page.getByLabel('メッセージ', { exact: true }).fill('見せて');
  const before = await page.locator('.row-bot').count();
  await page.getByRole('button', { name: '送信' }).click();
  await page
    .locator('.row-bot')
    .nth(before + messages.length - 1)
    .waitFor();
}

async function box(locator: Locator) {
  const found = await locator.last().boundingBox();
  if (!found) throw new Error('not in the page');
  return found;
}

function style(locator: Locator, property: string): Promise<string> {
  return locator
    .last()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
}

const text = (words: string) => page.getByText(words, { exact: true });
const label = (words: string) => page.locator('.fx-label', { hasText: words });
const word = (words: string, more: object = {}) => ({ type: 'text', text: words, ...more });
const row = (contents: object[], more: object = {}) => ({
  type: 'box',
  layout: 'horizontal',
  contents,
  ...more,
});
const slide = (words: string) => ({
  type: 'bubble',
  size: 'kilo',
  body: column(word(words, { wrap: true })),
  footer: column(word('足')),
});
const action = (name: string) => ({ type: 'postback', label: name, data: 'd' });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const long = 'とても長い文なのでカードの幅には収まりきらないはずのことば';

beforeAll(async () => {
  browser = await openBrowser();
  bot = await startStandIn((event) => (event.type === 'message' ? shown : undefined));
  ({ page } = await newPhonePage(browser));
  await page.goto(bot.url);
});
beforeEach(async () => {
  await page.getByRole('button', { name: '設定' }).click();
  await page.getByRole('button', { name: '最初からやり直す' }).click();
  await page.waitForFunction(() => document.querySelector('.row') === null);
});
afterAll(async () => {
  await browser.close();
  await bot.close();
});

describe('bubbles', () => {
  it.each([
    ['nano', 120],
    ['micro', 160],
    ['deca', 220],
    ['hecto', 241],
    ['kilo', 260],
    ['mega', 300],
  ])('%s is %i px wide', async (size, width) => {
    await show(card('a', { size, body: column(word('幅')) }));
    expect((await box(page.locator('.fx-bubble'))).width).toBe(width);
  });

  it('giga takes the width of the screen, and nothing sticks out', async () => {
    await show(card('a', { size: 'giga', body: column(word('幅')) }));
    const { x, width } = await box(page.locator('.fx-bubble'));
    expect(width).toBeGreaterThan(340);
    expect(x + width).toBeLessThanOrEqual(375);
  });

  it("have LINE's paddings, and paint their blocks", async () => {
    await show(
      card('a', {
        header: column(word('頭')),
        body: column(word('胴')),
        footer: column(word('足')),
        styles: { header: { backgroundColor: '#1F4E79' }, footer: { separator: true } },
      }),
    );
    const bubble = await box(page.locator('.fx-bubble'));
    expect((await box(text('頭'))).x - bubble.x).toBe(20);
    expect((await box(text('足'))).x - bubble.x).toBe(10);
    expect(await style(page.locator('.fx-header'), 'background-color')).toBe('rgb(31, 78, 121)');
    expect(await style(page.locator('.fx-footer'), 'border-top-width')).toBe('1px');
  });

  it('in a carousel are as high as the highest, and are swiped', async () => {
    await show({
      type: 'flex',
      altText: 'a',
      contents: { type: 'carousel', contents: [slide('短い'), slide(long), slide('終わり')] },
    });
    const heights = await page
      .locator('.fx-bubble')
      .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().height));
    expect(new Set(heights).size).toBe(1);
    const feet = await text('足').evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect().y),
    );
    expect(new Set(feet).size).toBe(1);
    const strip = page.locator('.fx-carousel');
    await strip.evaluate((element) => element.scrollTo({ left: 10_000 }));
    const last = await box(page.locator('.fx-bubble'));
    expect(last.x + last.width).toBeLessThanOrEqual(375);
    await shot(page, 'flex-carousel');
  });
});

describe('boxes', () => {
  it('share a row by flex, with spacing and margin', async () => {
    await show(
      card('a', {
        body: row(
          [
            word('一', { flex: 1 }),
            word('二', { flex: 2 }),
            word('三', { flex: 0, margin: 'xxl' }),
          ],
          { spacing: 'md' },
        ),
      }),
    );
    const [one, two, three] = [await box(text('一')), await box(text('二')), await box(text('三'))];
    expect(two.width / one.width).toBeCloseTo(2, 1);
    expect(two.x - (one.x + one.width)).toBeCloseTo(8, 1);
    expect(three.x - (two.x + two.width)).toBeCloseTo(20, 1);
    expect(three.width).toBeCloseTo(16, 0);
  });

  it('have sizes, corners, borders, paddings and grounds', async () => {
    await show(
      card('a', {
        body: column({
          ...column(word('枠')),
          width: '120px',
          height: '80px',
          paddingAll: 'lg',
          paddingStart: '30px',
          cornerRadius: 'xl',
          borderWidth: 'bold',
          borderColor: '#C62828',
          backgroundColor: '#EEF3FA80',
          justifyContent: 'flex-end',
        }),
      }),
    );
    const frame = page.locator('.fx-box .fx-box');
    const outer = await box(frame);
    const inner = await box(text('枠'));
    expect([outer.width, outer.height]).toEqual([120, 80]);
    expect(inner.x - outer.x).toBe(34);
    expect(outer.y + outer.height - (inner.y + inner.height)).toBeCloseTo(16, 1);
    expect(await style(frame, 'border-radius')).toBe('16px');
    expect(await style(frame, 'border-top-color')).toBe('rgb(198, 40, 40)');
    expect(await style(frame, 'background-color')).toBe('rgba(238, 243, 250, 0.5)');
  });

  it('lie over each other with absolute positions', async () => {
    await show(
      card('a', {
        body: {
          ...column(
            word('下'),
            word('上', { position: 'absolute', offsetTop: '6px', offsetEnd: '10px' }),
          ),
          paddingAll: '0px',
        },
      }),
    );
    const bubble = await box(page.locator('.fx-bubble'));
    const above = await box(text('上'));
    expect(above.y - bubble.y).toBe(6);
    expect(bubble.x + bubble.width - (above.x + above.width)).toBeCloseTo(10, 1);
    expect((await box(text('下'))).y).toBe(bubble.y);
  });

  it('put large and small words on one baseline', async () => {
    await show(
      card('a', {
        body: {
          type: 'box',
          layout: 'baseline',
          contents: [word('大', { size: '3xl', flex: 0 }), word('小', { size: 'xs', flex: 0 })],
        },
      }),
    );
    const large = await box(text('大'));
    const small = await box(text('小'));
    expect(small.y).toBeGreaterThan(large.y + 10);
    expect(small.y + small.height).toBeLessThan(large.y + large.height);
  });

  it('center and spread what is in them', async () => {
    await show(
      card('a', {
        body: {
          ...column(
            row([word('左', { flex: 0 }), word('右', { flex: 0 })], {
              justifyContent: 'space-between',
            }),
            column(word('まん中')),
          ),
          alignItems: 'center',
          spacing: 'sm',
        },
      }),
    );
    const bubble = await box(page.locator('.fx-bubble'));
    const middle = await box(text('まん中'));
    expect(middle.x + middle.width / 2).toBeCloseTo(bubble.x + bubble.width / 2, 0);
  });
});

describe('texts', () => {
  it.each([
    ['xxs', 11],
    ['xs', 13],
    ['sm', 14],
    ['md', 16],
    ['lg', 19],
    ['xl', 22],
    ['xxl', 29],
    ['3xl', 35],
    ['4xl', 48],
    ['5xl', 74],
    ['27px', 27],
  ])('%s are %i px', async (size, px) => {
    await show(card('a', { body: column(word('字', { size })) }));
    expect(await style(text('字'), 'font-size')).toBe(`${px}px`);
  });

  it('are cut on one line unless they wrap', async () => {
    await show(
      card('a', {
        body: column(
          word(long),
          word(`${long}。`, { wrap: true }),
          word(`${long}!`, { wrap: true, maxLines: 2 }),
        ),
      }),
    );
    const oneLine = (await box(text(long))).height;
    expect(await text(long).evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(
      true,
    );
    expect(await style(text(long), 'text-overflow')).toBe('ellipsis');
    expect((await box(text(`${long}。`))).height).toBeGreaterThan(oneLine * 1.9);
    expect((await box(text(`${long}!`))).height).toBeCloseTo(oneLine * 2, 0);
  });

  it('have weight, colour, decoration, alignment, line spacing and parts', async () => {
    await show(
      card('a', {
        body: column(
          word('右寄せ', {
            align: 'end',
            weight: 'bold',
            color: '#C62828',
            decoration: 'underline',
            style: 'italic',
          }),
          word('行間', { wrap: true, lineSpacing: '10px' }),
          {
            type: 'text',
            contents: [
              { type: 'span', text: '取り消し', decoration: 'line-through' },
              { type: 'span', text: '大きい', size: 'xl', weight: 'bold' },
            ],
          },
        ),
      }),
    );
    expect(await style(text('右寄せ'), 'text-align')).toBe('end');
    expect(await style(text('右寄せ'), 'font-weight')).toBe('700');
    expect(await style(text('右寄せ'), 'color')).toBe('rgb(198, 40, 40)');
    expect(await style(text('右寄せ'), 'text-decoration-line')).toBe('underline');
    expect(await style(text('右寄せ'), 'font-style')).toBe('italic');
    expect(parseFloat(await style(text('行間'), 'line-height'))).toBeCloseTo(32.4, 1);
    expect(await style(text('取り消し'), 'text-decoration-line')).toBe('line-through');
    expect(await style(text('大きい'), 'font-size')).toBe('22px');
  });

  it("follow the user's font size only where they say so", async () => {
    await show(card('a', { body: column(word('伸びる', { scaling: true }), word('伸びない')) }));
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByLabel('特大').check();
    expect(parseFloat(await style(text('伸びる'), 'font-size'))).toBeCloseTo(23.2, 1);
    expect(await style(text('伸びない'), 'font-size')).toBe('16px');
    await page.getByLabel('標準').check();
    expect(await style(text('伸びる'), 'font-size')).toBe('16px');
    await page.getByRole('button', { name: '閉じる' }).click();
  });
});

describe('buttons', () => {
  it('are 52 px high, small ones 40, and coloured by their style', async () => {
    await show(
      card('a', {
        body: column(
          { type: 'button', style: 'primary', action: action('主') },
          { type: 'button', style: 'secondary', height: 'sm', action: action('副') },
          { type: 'button', style: 'primary', color: '#1F4E79', action: action('色') },
          { type: 'button', action: action('字だけ') },
        ),
      }),
    );
    expect((await box(button('主'))).height).toBe(52);
    expect((await box(button('副'))).height).toBe(40);
    expect(await style(button('主'), 'background-color')).toBe('rgb(23, 201, 80)');
    expect(await style(button('色'), 'background-color')).toBe('rgb(31, 78, 121)');
    expect(await style(button('字だけ'), 'color')).toBe('rgb(66, 101, 154)');
  });

  it('cut a long label, or shrink it to fit', async () => {
    const cut = '長いラベルなのでボタンに入りきりません';
    const shrunk = '長いラベルですから小さくして入れますね';
    await show(
      card('a', {
        body: column(
          { type: 'button', action: action(cut) },
          { type: 'button', adjustMode: 'shrink-to-fit', action: action(shrunk) },
        ),
      }),
    );
    const overflows = (words: string) =>
      label(words).evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(await overflows(cut)).toBe(true);
    expect(await overflows(shrunk)).toBe(false);
    expect(parseFloat(await style(label(shrunk), 'font-size'))).toBeLessThan(16);
  });
});

describe('the rest', () => {
  it('draws separators, fillers, pictures, icons and gradients', async () => {
    await show(
      card('a', {
        hero: {
          type: 'image',
          url: 'https://example.com/hero.png',
          size: 'full',
          aspectRatio: '20:13',
          aspectMode: 'cover',
        },
        body: column(
          { type: 'separator', color: '#C62828', margin: 'md' },
          row([word('左', { flex: 0 }), { type: 'filler' }, word('右', { flex: 0 })]),
          {
            type: 'image',
            url: 'https://example.com/a.png',
            size: 'xs',
            aspectRatio: '2:1',
            align: 'start',
          },
          {
            type: 'box',
            layout: 'baseline',
            contents: [{ type: 'icon', url: 'https://example.com/i.png', size: 'xl' }, word('星')],
          },
          {
            ...column(),
            height: '20px',
            background: {
              type: 'linearGradient',
              angle: '90deg',
              startColor: '#FF0000',
              endColor: '#0000FF',
            },
          },
        ),
      }),
    );
    const rule = await box(page.locator('.fx-rule'));
    expect([rule.width, rule.height]).toEqual([260, 1]);
    const right = await box(text('右'));
    expect(right.x + right.width).toBeCloseTo(rule.x + rule.width, 0);
    const hero = await box(page.locator('.fx-hero img'));
    expect([hero.width, hero.height]).toEqual([300, 195]);
    const picture = await box(page.locator('.fx-body .fx-image img'));
    expect([picture.width, picture.height]).toEqual([60, 30]);
    expect((await box(page.locator('.fx-icon img'))).height).toBe(22);
    expect(await style(page.locator('.fx-body .fx-box .fx-box'), 'background-image')).toContain(
      'linear-gradient(90deg',
    );
  });

  it('never lets a card stick out of the screen', async () => {
    await show(
      card('a', {
        body: column(
          word('ながいながいことばの列'.repeat(20), { wrap: true }),
          word(`https://example.com/${'a'.repeat(200)}`, { wrap: true }),
          row([word('固定', { flex: 0 }), word(long, { wrap: true, flex: 1 })], { spacing: 'md' }),
        ),
        footer: column({
          type: 'button',
          action: { type: 'uri', label: '開く', uri: 'https://example.com' },
        }),
      }),
    );
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(overflow).toBe(375);
    expect(await page.locator('#log').evaluate((log) => log.scrollWidth)).toBe(375);
    await shot(page, 'flex-long');
  });
});
