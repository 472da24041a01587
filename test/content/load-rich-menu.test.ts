import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRichMenu } from '../../src/content/load-rich-menu.ts';
import { type Workshop, openWorkshop, told } from '../support/workshop.ts';

let shop: Workshop;

beforeEach(() => {
  shop = openWorkshop();
});
afterEach(() => shop.close());

test('a tile whose topic has a slip is kept from use by that slip, not by one of its own', () => {
  shop.edit('dialogs/contact-howto.yaml', /^start:/m, 'strat:');
  const { menu, problems } = loadRichMenu(shop.root);
  expect(menu).toBeUndefined();
  expect(told(problems)).toContainEqual(
    expect.stringContaining('error dialogs/contact-howto.yaml:'),
  );
  expect(told(problems).join('\n')).not.toContain('messages/ja/rich-menu.yaml');
});

test('a slip in a topic without a tile does not matter to it', () => {
  shop.edit('dialogs/wait.yaml', /^start:/m, 'strat:');
  expect(loadRichMenu(shop.root).problems).toEqual([]);
});
