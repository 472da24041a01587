/**
 * Runs at most `places` things at a time, the others in their turn. What waits is bounded by whoever adds; `idle` drops
 * it and resolves when nothing runs any more. Nothing that is added may reject.
 */
export function createLane(places: number) {
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<void>>();

  function next(): void {
    const run = running.size < places ? waiting.shift() : undefined;
    if (!run) return;
    const done = run().finally(() => {
      running.delete(done);
      next();
    });
    running.add(done);
  }

  return {
    add(run: () => Promise<void>): void {
      waiting.push(run);
      next();
    },

    async idle(): Promise<void> {
      waiting.length = 0;
      await Promise.all(running);
    },
  };
}
