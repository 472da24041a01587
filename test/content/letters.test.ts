import { expect, test } from 'vitest';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

test.each(['render', 'plain'] as const)(
  'a number that somebody gave as that of an order is withheld, whether cards are sent or text (%s)',
  (form) => {
    const { letters } = bundle();
    const values = { order: '050-1234-5678' };
    const replies = [{ dialog: 'not-delivered', node: 'script', values }];
    const written = {
      render: () => letters.render(replies, TEST_DAY_MS).messages.json,
      plain: () => JSON.stringify(letters.plain(replies, TEST_DAY_MS)),
    }[form]();
    expect(written).toContain('注文番号（表示を控えました）の件');
    expect(written).not.toContain('1234');
  },
);
