/** Wakes everyone who waits in this process. */
export function createSignal() {
  const waiting = new Set<() => void>();
  return {
    /** Resolves at the next `ring`, or after `ms`. */
    wait(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        waiting.add(done);
      });
    },
    ring(): void {
      for (const wake of waiting) wake();
    },
  };
}
