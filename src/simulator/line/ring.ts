export type Ring<T> = {
  push(item: T): void;
  /** Oldest first; at most the newest `count` when given. */
  list(count?: number): T[];
  /** How many were ever pushed: more than are still here. */
  total(): number;
  clear(): void;
};

/** A list that keeps the newest `size` items and forgets the rest. */
export function createRing<T>(size: number): Ring<T> {
  let items: T[] = [];
  let total = 0;
  return {
    push(item) {
      total += 1;
      if (size === 0) return;
      items.push(item);
      // Cut in large steps: shifting an array on each push would copy it each time.
      if (items.length >= size * 2) items = items.slice(-size);
    },
    list: (count = size) => (count <= 0 ? [] : items.slice(-Math.min(count, size))),
    total: () => total,
    clear() {
      items = [];
      total = 0;
    },
  };
}
