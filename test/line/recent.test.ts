import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecent } from '../../src/line/recent.ts';

const ids = Array.from({ length: 30 }, (_, n) => String(n));
const id = fc.constantFrom(...ids);
const deeds = fc.array(fc.record({ remove: fc.boolean(), id }), { maxLength: 100 });

test('the last ids that were added are known, those that were removed are not, and older ones are forgotten', () => {
  fc.assert(
    fc.property(deeds, fc.integer({ min: 1, max: 8 }), (list, max) => {
      const recent = createRecent(max);
      /** Newest last. */
      let added: string[] = [];
      for (const deed of list) {
        recent[deed.remove ? 'remove' : 'add'](deed.id);
        added = added.filter((one) => one !== deed.id);
        if (!deed.remove) added.push(deed.id);
        const known = ids.filter(recent.has);
        expect(known).toEqual(expect.arrayContaining(added.slice(-max)));
        expect(added).toEqual(expect.arrayContaining(known));
        expect(known.length).toBeLessThanOrEqual(2 * max);
      }
    }),
  );
});
