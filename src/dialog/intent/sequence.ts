/** A fixed sequence of numbers from 0 to 1 that looks random (a linear congruential generator). */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/** Brings a list into another order, in place (Fisher and Yates). */
export function shuffle(list: number[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = list[at] ?? 0;
    list[at] = list[other] ?? 0;
    list[other] = kept;
  }
}

/** A seed out of numbers: the same for the same, and hardly ever for others (FNV-1a). */
export function seedOf(numbers: readonly number[]): number {
  return numbers.reduce((seed, number) => Math.imul(seed ^ number, 0x0100_0193), 0x811c_9dc5);
}
