/** Remembers the last `max` ids that were added. */
export function createRecent(max: number) {
  const ids = new Set<string>();
  return {
    has: (id: string): boolean => ids.has(id),
    remove: (id: string): void => void ids.delete(id),
    add(id: string): void {
      ids.add(id);
      if (ids.size <= max) return;
      const [oldest] = ids;
      if (oldest !== undefined) ids.delete(oldest);
    },
  };
}
