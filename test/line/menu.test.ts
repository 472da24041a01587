import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRichMenu } from '../../src/content/load-rich-menu.ts';
import { step } from '../../src/dialog/step.ts';
import type { State } from '../../src/dialog/state.ts';
import { createLineAdmin } from '../../src/line/admin.ts';
import { coloursOf } from '../../src/line/rich-menu/draw.ts';
import { isOurs, namedRichMenu } from '../../src/line/rich-menu/name.ts';
import { palette } from '../../src/message/cards/palette.ts';
import { richMenuFor } from '../../src/message/rich-menu.ts';
import { pngSize } from '../../src/simulator/line/png-size.ts';
import { ratio } from '../support/contrast.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';
import { lineSchema } from '../support/line-schema.ts';
import { type Workshop, openWorkshop, told } from '../support/workshop.ts';
import { type Operator, openOperator } from './operator.ts';

const FILE = 'messages/ja/rich-menu.yaml';
const ALIAS = 'madoguchi-main';

let workshop: Workshop;
let operator: Operator;

beforeEach(async () => {
  workshop = openWorkshop();
  operator = await openOperator(workshop.root);
});

afterEach(async () => {
  await operator.close();
  workshop.close();
});

const menuOf = (shop: Workshop) => {
  const { menu, problems } = loadRichMenu(shop.root);
  if (!menu) throw new Error(told(problems).join('\n'));
  return menu;
};
const adminOf = ({ env }: Operator) =>
  createLineAdmin({
    apiBaseUrl: env['LINE_API_BASE_URL'] ?? '',
    dataApiBaseUrl: env['LINE_DATA_API_BASE_URL'] ?? '',
    accessToken: env['LINE_CHANNEL_ACCESS_TOKEN'] ?? '',
    clock: Date.now,
  });
const changes = (calls: string[]) => calls.filter((call) => !call.startsWith('GET '));

describe('npm run line -- menu', () => {
  it('makes the menu with its image, names it and shows it to everybody', async () => {
    const { exitCode } = await operator.run(['menu']);
    expect(exitCode).toBe(0);
    const shown = operator.line.richMenus.default();
    expect(shown?.menu).toEqual(namedRichMenu(menuOf(workshop)));
    expect(operator.line.richMenus.aliases.get(ALIAS)).toBe(shown?.id);
    const image = shown?.image?.bytes ?? Buffer.alloc(0);
    expect(pngSize(image)).toEqual({ width: 2500, height: 1686 });
    expect(image.length).toBeLessThan(1_000_000);
    // A blank field of this size is a few kilobytes: the words and pictures are on it.
    expect(image.length).toBeGreaterThan(50_000);
  });

  it('changes nothing when nothing changed', async () => {
    await operator.run(['menu']);
    operator.line.clearLogs();
    const { exitCode, text } = await operator.run(['menu']);
    expect(exitCode).toBe(0);
    expect(text).toContain('変わったところはありません');
    expect(changes(operator.asked())).toEqual([]);
  });

  it('replaces the menu when the file changed, and removes only its own old one', async () => {
    await operator.run(['menu']);
    const before = operator.line.richMenus.default()?.id ?? '';
    const others = operator.line.richMenus.add({ name: 'キャンペーン' });
    workshop.edit(FILE, '[届かない]', '[荷物, 来ない]');
    const { text } = await operator.run(['menu']);
    const after = operator.line.richMenus.default()?.id ?? '';
    expect(after).not.toBe(before);
    expect(operator.line.richMenus.aliases.get(ALIAS)).toBe(after);
    expect(operator.line.richMenus.list().map(({ id }) => id)).toEqual([others.id, after]);
    expect(text).toContain('古いものを 1 個消しました');
  });

  it('sends the image to the host for data, and goes on where a run broke off before it', async () => {
    const host = operator.env['LINE_DATA_API_BASE_URL'] ?? '';
    operator.env['LINE_DATA_API_BASE_URL'] = 'http://127.0.0.1:1';
    const broken = await operator.run(['menu']);
    expect(broken.exitCode).toBe(1);
    expect(broken.text).toContain('画像の登録: LINE につながりません');
    expect(operator.line.richMenus.default()).toBeUndefined();
    operator.env['LINE_DATA_API_BASE_URL'] = host;
    const { exitCode, text } = await operator.run(['menu']);
    expect(exitCode).toBe(0);
    expect(text).toContain('前回の続きで');
    expect(operator.line.richMenus.list()).toHaveLength(1);
    expect(operator.line.richMenus.default()?.image).toBeDefined();
  });

  it('takes the place of a menu that somebody else showed, and leaves that one there', async () => {
    const others = operator.line.richMenus.add({ name: 'キャンペーン' });
    operator.line.richMenus.setDefault(others.id);
    await operator.run(['menu']);
    expect(operator.line.richMenus.default()?.id).not.toBe(others.id);
    expect(operator.line.richMenus.find(others.id)).toBeDefined();
  });

  it("stops at LINE's limit of 100 an hour with the old menu still shown", async () => {
    await operator.run(['menu']);
    const before = operator.line.richMenus.default()?.id;
    const admin = adminOf(operator);
    const other = { ...namedRichMenu(menuOf(workshop)), name: 'その他' };
    await Promise.all(Array.from({ length: 99 }, () => admin.createRichMenu(other)));
    await admin.close();
    workshop.edit(FILE, '[届かない]', '[荷物, 来ない]');
    const { exitCode, text } = await operator.run(['menu']);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/リッチメニューの作成: .*上限[^]*1時間ほど/);
    expect(operator.line.richMenus.default()?.id).toBe(before);
  });

  it('says what is wrong when LINE refuses the token', async () => {
    operator.line.faults.add({ kind: 'unauthorized' });
    const { exitCode, text } = await operator.run(['menu']);
    expect(exitCode).toBe(1);
    expect(text).toContain('チャネルアクセストークン');
  });

  it('draws the image alone, without settings and without LINE', async () => {
    operator.env['LINE_CHANNEL_SECRET'] = '';
    const file = `${workshop.root}/menu.png`;
    const { exitCode } = await operator.run(['menu', '--image', file]);
    expect(exitCode).toBe(0);
    expect(pngSize(readFileSync(file))).toEqual({ width: 2500, height: 1686 });
    expect(operator.asked()).toEqual([]);
  });

  it('does not publish empty boxes for letters that the font lacks', async () => {
    workshop.edit(FILE, '[届かない]', '[①く髙😀]');
    const { exitCode, text } = await operator.run(['menu']);
    expect(exitCode).toBe(2);
    expect(text).toContain('描けない文字があります: ① 髙 😀');
    expect(operator.line.richMenus.list()).toEqual([]);
  });

  it('says so when the image cannot be written', async () => {
    const { exitCode, text } = await operator.run([
      'menu',
      '--image',
      `${workshop.root}/no/menu.png`,
    ]);
    expect(exitCode).toBe(2);
    expect(text).toContain('書けません');
  });

  it('touches nothing when the content has a mistake', async () => {
    workshop.edit(FILE, 'topic: not-delivered', 'topic: not-deliverd');
    const { exitCode, text } = await operator.run(['menu']);
    expect(exitCode).toBe(2);
    expect(text).toContain('not-deliverd');
    expect(operator.asked()).toEqual([]);
  });
});

describe('messages/ja/rich-menu.yaml', () => {
  const mistakes: { what: string; from: string; to: string; says: RegExp }[] = [
    {
      what: 'a topic that is not there',
      from: 'topic: not-delivered',
      to: 'topic: not-deliverd',
      says: /話題「not-deliverd」がありません。 → もしかして「not-delivered」/,
    },
    {
      what: 'an answer that its question does not have',
      from: 'need.call',
      to: 'need.cal',
      says: /答え「cal」がありません。 → もしかして「call」/,
    },
    { what: 'a question that is not there', from: 'need.chat', to: 'nee.chat', says: /「nee」/ },
    { what: 'words that do not fit', from: '[届かない]', to: '[荷物が届かない]', says: /5/ },
    { what: 'a bar that is too long', from: 'bar: ', to: 'bar: とてもとても長い', says: /14/ },
    {
      what: 'a tile that leads nowhere',
      from: ', topic: not-delivered',
      to: '',
      says: /topic か command/,
    },
  ];
  it.each(mistakes)('refuses $what, with the line', ({ from, to, says }) => {
    const line = workshop.lineOf(FILE, from);
    workshop.edit(FILE, from, to);
    const { problems } = loadRichMenu(workshop.root);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBe(line);
    expect(told(problems)[0]).toMatch(says);
  });

  it("makes a menu that LINE's own description takes", () => {
    const check = lineSchema();
    if (!check) return;
    expect(check('RichMenuRequest', namedRichMenu(menuOf(workshop)))).toEqual([]);
  });

  it('covers the whole image with six tiles, none upon another', () => {
    const { size, areas } = richMenuFor(menuOf(workshop));
    const covered = areas.map(({ bounds: { width = 0, height = 0 } = {} }) => width * height);
    expect(areas).toHaveLength(6);
    expect(covered.reduce((sum, one) => sum + one, 0)).toBe((size.width ?? 0) * (size.height ?? 0));
  });

  it('leads somewhere from every tile, for somebody new and in the middle of a conversation', () => {
    const { content, richMenu } = bundle();
    const press = (data: string, state?: State | null) => {
      const at = { timestampMs: TEST_DAY_MS, receivedMs: TEST_DAY_MS };
      const event = { id: '01', owner: 'U1', ...at, body: { kind: 'postback' as const, data } };
      return step(content, state ?? undefined, event, TEST_DAY_MS);
    };
    const begun = press('o=unknown-charge').state;
    const placesFrom = (state?: State | null) =>
      richMenuFor(richMenu).areas.map(({ action }) => {
        const { replies } = press(action?.type === 'postback' ? (action.data ?? '') : '', state);
        return `${replies[0]?.dialog}/${replies[0]?.node}`;
      });
    const places = placesFrom();
    expect(places.map((place) => place.split('/')[0])).toEqual([
      'contact-howto',
      'reach',
      'not-delivered',
      'return-refund',
      'japanese-operator',
      'system',
    ]);
    expect(placesFrom(begun)).toEqual(places);
  });
});

describe('the image of the rich menu', () => {
  it.each([true, false])('can be read by weak eyes (strong: %s)', (strong) => {
    const { ground, ink, icon, edge } = coloursOf({ strong });
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(7);
    expect(ratio(icon, ground)).toBeGreaterThanOrEqual(4.5);
    expect(ratio(edge, palette.tint)).toBeGreaterThanOrEqual(3);
  });

  it('belongs to this bot by its name', () => {
    expect(isOurs(namedRichMenu(menuOf(workshop)))).toBe(true);
    expect(isOurs({ name: 'キャンペーン' })).toBe(false);
  });
});
