import { userIdForm } from './id.ts';

type Person = {
  userId: string;
  displayName: string;
  /** Pushes to them are accepted and go nowhere; the next follow is an unblocking. Who has not blocked is a friend. */
  blocked: boolean;
};

const most = 1_000_000;

export type People = {
  /** The person, made on first sight. */
  meet(userId: string, displayName?: string): Person;
  find(userId: string): Person | undefined;
  list(): Person[];
  remove(userId: string): void;
};

/** Who has an account on this LINE. `anybody`: every well-formed id is somebody, for benches. */
export function createPeople(anybody: boolean): People {
  const known = new Map<string, Person>();
  const people: People = {
    meet(userId, displayName) {
      const person = known.get(userId);
      if (person) return person;
      const [oldest] = known.keys();
      if (known.size >= most && oldest !== undefined) known.delete(oldest);
      const fresh = {
        userId,
        displayName: displayName ?? `ユーザー${userId.slice(1, 5)}`,
        blocked: false,
      };
      known.set(userId, fresh);
      return fresh;
    },
    find: (userId) =>
      known.get(userId) ?? (anybody && userIdForm.test(userId) ? people.meet(userId) : undefined),
    list: () => [...known.values()],
    remove: (userId) => void known.delete(userId),
  };
  return people;
}
