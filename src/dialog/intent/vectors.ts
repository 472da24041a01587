import { type Features, strengthOf } from './features.ts';

/** Which row of the weights a feature has, found by its last bits; 0: nothing is known about it. */
export type Rows = { table: Uint16Array; count: number };

/** Texts as rows and values, one after the other in flat arrays: text `n` lies from `starts[n]` to `starts[n + 1]`. */
export type Vectors = { starts: Int32Array; rows: Int32Array; values: Float32Array };

/** Slots for features, a power of two; many times as many as there are features, so that few share one. */
const SLOTS = 1 << 18;
/** As many as two bytes can name, three times what is there; what comes after them stays unknown. Half of the table's memory. */
const MOST_ROWS = 1 << 16;
const BIAS = 0.3;
const LEAST = 3;

/** Gives a row to each feature that at least `LEAST` texts show; what a text or two show says nothing about others. */
export function rowsFor(texts: readonly Features[]): Rows {
  const seen = new Uint8Array(SLOTS);
  const table = new Uint16Array(SLOTS);
  let count = 1;
  for (const features of texts) {
    for (const feature of features) {
      const slot = feature & (SLOTS - 1);
      const times = seen[slot] ?? 0;
      if (times === LEAST - 1 && count < MOST_ROWS) {
        table[slot] = count;
        count += 1;
      }
      if (times < LEAST) seen[slot] = times + 1;
    }
  }
  return { table, count };
}

/** The known features of each text, after the bias, with the length 1 however long the text is. */
export function vectorsOf(texts: readonly Features[], { table }: Rows): Vectors {
  const most = texts.reduce((sum, { length }) => sum + length + 1, 0);
  const starts = new Int32Array(texts.length + 1);
  const rows = new Int32Array(most);
  const values = new Float32Array(most);
  let end = 0;
  for (const [text, features] of texts.entries()) {
    rows[end] = 0;
    values[end] = BIAS;
    end += 1;
    const first = end;
    let squares = 0;
    for (const feature of features) {
      const row = table[feature & (SLOTS - 1)] ?? 0;
      const strength = strengthOf(feature);
      // What is unknown counts half for the length: a text full of unknown things is less sure.
      squares += row === 0 ? (strength * strength) / 2 : strength * strength;
      if (row === 0) continue;
      rows[end] = row;
      values[end] = strength;
      end += 1;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let at = first; at < end; at += 1) values[at] = (values[at] ?? 0) * scale;
    starts[text + 1] = end;
  }
  return { starts, rows, values };
}
