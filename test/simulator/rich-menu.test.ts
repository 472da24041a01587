import { HTTPFetchError, messagingApi } from '@line/bot-sdk';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeLine, createFakeLine } from '../../src/simulator/line.ts';

const token = 'an-access-token';
const menu: messagingApi.RichMenuRequest = {
  size: { width: 800, height: 540 },
  selected: true,
  name: 'menu',
  chatBarText: 'メニュー',
  areas: [
    {
      bounds: { x: 0, y: 0, width: 800, height: 540 },
      action: { type: 'postback', data: 'c=menu', label: 'メニュー', displayText: 'メニュー' },
    },
  ],
};

let line: FakeLine;
let client: messagingApi.MessagingApiClient;
let blobs: messagingApi.MessagingApiBlobClient;

beforeEach(async () => {
  line = createFakeLine({ channelSecret: 'secret', accessToken: token });
  const at = { channelAccessToken: token, baseURL: await line.listen() };
  client = new messagingApi.MessagingApiClient(at);
  blobs = new messagingApi.MessagingApiBlobClient(at);
});

afterEach(() => line.close());

/** The head of a PNG file of that size, which is all that LINE's fake reads. */
function png(width: number, height: number, bytes = 100): Blob {
  const image = Buffer.alloc(bytes);
  image.write('89504e470d0a1a0a', 0, 'hex');
  image.writeUInt32BE(width, 16);
  image.writeUInt32BE(height, 20);
  return new Blob([image], { type: 'image/png' });
}

async function statusOf(call: Promise<unknown>): Promise<number> {
  return call.then(
    () => 200,
    (error: unknown) => (error instanceof HTTPFetchError ? error.status : 0),
  );
}

it('keeps a rich menu, its image, its alias and which one everybody sees', async () => {
  const { richMenuId: id } = await client.createRichMenu(menu);
  await blobs.setRichMenuImage(id, png(800, 540));
  await client.setDefaultRichMenu(id);
  await client.createRichMenuAlias({ richMenuAliasId: 'main', richMenuId: id });

  expect((await client.getRichMenuList()).richmenus).toEqual([{ richMenuId: id, ...menu }]);
  expect(await client.getRichMenu(id)).toEqual({ richMenuId: id, ...menu });
  expect(await client.getDefaultRichMenuId()).toEqual({ richMenuId: id });
  expect((await client.getRichMenuAlias('main')).richMenuId).toBe(id);
  expect((await client.getRichMenuAliasList()).aliases).toHaveLength(1);
  const chunks: Buffer[] = [];
  for await (const chunk of await blobs.getRichMenuImage(id)) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks)).toHaveLength(100);

  const { richMenuId: next } = await client.createRichMenu({ ...menu, name: 'next' });
  await blobs.setRichMenuImage(next, png(800, 540));
  await client.updateRichMenuAlias('main', { richMenuId: next });
  expect((await client.getRichMenuAlias('main')).richMenuId).toBe(next);
  await client.deleteRichMenu(id);
  expect(await statusOf(client.getDefaultRichMenuId())).toBe(404);
  await client.setDefaultRichMenu(next);
  await client.cancelDefaultRichMenu();
  expect(await statusOf(client.getDefaultRichMenuId())).toBe(404);
  await client.deleteRichMenuAlias('main');
  expect(await statusOf(client.getRichMenuAlias('main'))).toBe(404);
});

it('shows no menu without an image, and takes one image only', async () => {
  const { richMenuId: id } = await client.createRichMenu(menu);
  expect(await statusOf(client.setDefaultRichMenu(id))).toBe(400);
  const alias = { richMenuAliasId: 'main', richMenuId: id };
  expect(await statusOf(client.createRichMenuAlias(alias))).toBe(400);
  expect(await statusOf(blobs.setRichMenuImage(id, png(2500, 1686)))).toBe(400);
  expect(await statusOf(blobs.setRichMenuImage(id, png(800, 540, 1_100_000)))).toBe(413);
  expect(await statusOf(blobs.setRichMenuImage(id, new Blob(['gif'])))).toBe(415);
  await blobs.setRichMenuImage(id, png(800, 540));
  expect(await statusOf(blobs.setRichMenuImage(id, png(800, 540)))).toBe(400);
  await client.createRichMenuAlias(alias);
  expect(await statusOf(client.createRichMenuAlias(alias))).toBe(400);
});

it.each([
  ['too narrow', { size: { width: 799, height: 500 } }],
  ['too high', { size: { width: 2500, height: 1800 } }],
  ['a long bar', { chatBarText: '12345678901234５' }],
  ['no name', { name: '' }],
  ['an action for cards only', { areas: [{ ...menu.areas?.[0], action: { type: 'camera' } }] }],
])('refuses what LINE refuses: %s', async (_what, part) => {
  const wrong = { ...menu, ...part } as messagingApi.RichMenuRequest;
  expect(await statusOf(client.validateRichMenuObject(wrong))).toBe(400);
  expect(await statusOf(client.createRichMenu(wrong))).toBe(400);
  expect(line.richMenus.list()).toEqual([]);
});

it('lets 100 be made in an hour, and forgets nothing that it has', async () => {
  const made = await Promise.all(
    Array.from({ length: 101 }, () => statusOf(client.createRichMenu(menu))),
  );
  expect(made.filter((status) => status === 200)).toHaveLength(100);
  expect(made.filter((status) => status === 429)).toHaveLength(1);
  expect(await statusOf(client.getRichMenu('richmenu-0'))).toBe(404);
  expect(await statusOf(client.deleteRichMenu('richmenu-0'))).toBe(404);
});
