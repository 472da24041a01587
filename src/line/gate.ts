/** Lets at most `max` through at a time. Those who wait with `first` go before the others. */
export function createGate(max: number) {
  const waiting = { first: new Set<Ticket>(), later: new Set<Ticket>() };
  let inside = 0;

  return {
    /** True: go in, and call `leave` afterwards. False: it took longer than `patienceMs`. */
    enter(order: 'first' | 'later', patienceMs: number): boolean | Promise<boolean> {
      if (inside < max) {
        inside += 1;
        return true;
      }
      return new Promise((resolve) => {
        const queue = waiting[order];
        const ticket: Ticket = () => {
          clearTimeout(timer);
          queue.delete(ticket);
          resolve(true);
        };
        const timer = setTimeout(() => {
          queue.delete(ticket);
          resolve(false);
        }, patienceMs);
        queue.add(ticket);
      });
    },

    leave(): void {
      const [next] = waiting.first.size > 0 ? waiting.first : waiting.later;
      // Whoever goes in takes the place of the one who left.
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}

type Ticket = () => void;
