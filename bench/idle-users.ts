import { createRedisStore } from '../src/store/redis.ts';
import { someUser } from '../src/simulator/line/id.ts';
import { seedUsers } from '../test/support/seed-users.ts';

const ANSWERS = { topic: 'delivered-missing', places: 'missing', trace: 'none' };
const TRAIL = [['delivered-missing.places'], ['delivered-missing.trace']];

const PLACE = { dialog: 'delivered-missing', node: 'seller' };

const userAt = (index: number): string => someUser('idle', index);

/** Gives so many users a conversation that rests at a question, each through the store itself. */
export async function addIdleUsers(url: string, users: number): Promise<void> {
  const store = await createRedisStore({ url });
  try {
    await seedUsers(store, users, userAt, (fresh) => ({
      state: { ...fresh, answers: ANSWERS, trail: TRAIL, ...PLACE },
    }));
  } finally {
    await store.close();
  }
}
