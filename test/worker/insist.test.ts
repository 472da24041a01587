import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { insist } from '../../src/worker/insist.ts';

test('what fails because the store is away is done again until it is back', async () => {
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries < 3) throw new StoreUnavailable('away');
    return 'kept';
  };
  expect(await insist(work)).toBe('kept');
  expect(tries).toBe(3);
});

test('what fails for another reason is not done again: that would hide a bug for ten minutes', async () => {
  let tries = 0;
  const work = async () => {
    tries += 1;
    throw new TypeError('a bug');
  };
  await expect(insist(work)).rejects.toThrow('a bug');
  expect(tries).toBe(1);
});
