/**
 * Runs at most `places` things at a time, the others in their turn. What waits is bounded by whoever adds; `idle` drops
 * it, telling each by its `dropped`, and resolves when nothing runs any more. Nothing that is added may reject.
 */
export function createLane(places: number) {
  const waiting: { run: () => Promise<void>; dropped: () => void }[] = [];
  const running = new Set<Promise<void>>();

  function next(): void {
    const first = running.size < places ? waiting.shift() : undefined;
    if (!first) return;
    const done = first.run().finally(() => {
      running.delete(done);
      next();
    });
    running.add(done);
  }

  return {
    add(run: () => Promise<void>, dropped: () => void): void {
      waiting.push({ run, dropped });
      next();
    },

    /** How many wait for a place. */
    waiting: (): number => waiting.length,

    async idle(): Promise<void> {
      for (const { dropped } of waiting.splice(0)) dropped();
      await Promise.all(running);
    },
  };
}
