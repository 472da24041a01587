import type { Features } from './features.ts';
import { sequence, shuffle } from './sequence.ts';
import { type Rows, type Vectors, rowsFor, vectorsOf } from './vectors.ts';

/** An example: what its text shows, and the classes it belongs to (their indexes; none is possible). */
export type Sample = { features: Features; classes: readonly number[] };

/** Independent yes-or-no decisions, one per class: a text can belong to two, or to none. */
export type Classifier = {
  classCount: number;
  rows: Rows;
  /** One weight per class in each row; row 0 is the bias. */
  weights: Float32Array;
};

// The last steps are small: what was learnt last would else count most, and a line more in intents.yaml changed what is
// made of one in thirty texts that have nothing to do with it; now it is one in sixty.
const ROUNDS = 5;
const FIRST_STEP = 4.5;
const DECAY = 0.5;
/** What is this nearly right is left alone, and samples without a greater error are learnt: it saves half of the work. */
const RIGHT = 0.01;
const LEARNT = 0.08;

/** Learns logistic regressions by stochastic gradient descent. The same samples always give the same classifier. */
export function train(samples: readonly Sample[], classCount: number): Classifier {
  const features = samples.map((sample) => sample.features);
  const rows = rowsFor(features);
  const vectors = vectorsOf(features, rows);
  const weights = new Float32Array(rows.count * classCount);
  const errors = new Float32Array(classCount);
  const random = sequence(20_26);
  let open = samples.map((_, index) => index);
  for (let round = 0, step = FIRST_STEP; round < ROUNDS; round += 1, step *= DECAY) {
    shuffle(open, random);
    open = open.filter((index) => {
      addUp(vectors, index, weights, errors);
      for (const wanted of samples[index]?.classes ?? []) {
        errors[wanted] = (errors[wanted] ?? 0) - 1;
      }
      return correct(vectors, index, weights, errors, step) > LEARNT;
    });
  }
  return { classCount, rows, weights };
}

/** How likely each class is for a text, 0 to 1, by class index. */
export function scoresOf(classifier: Classifier, features: Features): Float32Array {
  const scores = new Float32Array(classifier.classCount);
  addUp(vectorsOf([features], classifier.rows), 0, classifier.weights, scores);
  return scores;
}

/** Puts the likelihood of each class for one text into `scores`. */
function addUp(vectors: Vectors, text: number, weights: Float32Array, scores: Float32Array): void {
  const { starts, rows, values } = vectors;
  const classCount = scores.length;
  const end = starts[text + 1] ?? 0;
  scores.fill(0);
  for (let at = starts[text] ?? 0; at < end; at += 1) {
    const row = (rows[at] ?? 0) * classCount;
    const value = values[at] ?? 0;
    for (let index = 0; index < classCount; index += 1) {
      scores[index] = (scores[index] ?? 0) + value * (weights[row + index] ?? 0);
    }
  }
  for (let index = 0; index < classCount; index += 1) {
    scores[index] = 1 / (1 + Math.exp(-(scores[index] ?? 0)));
  }
}

/** Moves the weights of one text a step against its errors, and returns the greatest of them. */
function correct(
  { starts, rows, values }: Vectors,
  text: number,
  weights: Float32Array,
  errors: Float32Array,
  step: number,
): number {
  let greatest = 0;
  const start = starts[text] ?? 0;
  const end = starts[text + 1] ?? 0;
  for (let index = 0; index < errors.length; index += 1) {
    const error = errors[index] ?? 0;
    greatest = Math.max(greatest, Math.abs(error));
    if (error < RIGHT && error > -RIGHT) continue;
    const move = step * error;
    for (let at = start; at < end; at += 1) {
      const place = (rows[at] ?? 0) * errors.length + index;
      weights[place] = (weights[place] ?? 0) - move * (values[at] ?? 0);
    }
  }
  return greatest;
}
