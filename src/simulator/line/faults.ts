import { z } from 'zod';
import { badRequest, quotaGone, refuse, tooFast, unauthorized, type Answer } from './answer.ts';

/** What LINE's side shall do wrong, and to which calls. */
export const fault = z.strictObject({
  kind: z.enum([
    'error',
    'hang',
    'slow',
    'reset',
    'rate',
    'quota',
    'unauthorized',
    'garbage',
    /** 400, as for messages that break a rule nobody knew of; the reply token stays unused. */
    'refuse',
  ]),
  /** The calls it strikes; all when absent. */
  on: z.enum(['reply', 'push', 'other']).optional(),
  /** How many calls; absent: until cleared. */
  times: z.int().min(1).max(1_000_000_000).optional(),
  /** Share of the calls, 0 to 1; absent: each. */
  chance: z.number().min(0).max(1).optional(),
  /** `hang`: how long until the connection is cut; `slow`: until the right answer comes. In ms. */
  ms: z.number().min(0).max(600_000).optional(),
  /** `error`: the status, 500 when absent. */
  status: z.int().min(500).max(599).optional(),
  /** True: the call is carried out and only its answer goes wrong, the ambiguous case. */
  delivered: z.boolean().optional(),
});
export type Fault = z.infer<typeof fault>;

export type Faults = {
  add(one: Fault): void;
  clear(): void;
  list(): Fault[];
  /** The fault that strikes this call, counted down; the oldest that fits. */
  strike(call: 'reply' | 'push' | 'other'): Fault | undefined;
};

export function createFaults(): Faults {
  let active: Fault[] = [];
  return {
    add(one) {
      active = [...active.slice(-99), { ...one }];
    },
    clear() {
      active = [];
    },
    list: () => active.map((one) => ({ ...one })),
    strike(call) {
      const hit = active.find(
        (one) =>
          (one.on ?? call) === call && (one.chance === undefined || Math.random() < one.chance),
      );
      if (hit?.times !== undefined) {
        hit.times -= 1;
        if (hit.times <= 0) active = active.filter((one) => one !== hit);
      }
      return hit;
    },
  };
}

/** An answer, the connection cut, or a page of something else. */
export type Outcome = Answer | 'cut' | 'garbage';

/** Lets the call go wrong as asked; with `delivered` it is carried out all the same and only the answer is lost. */
export async function withFault(
  one: Fault,
  run: () => Promise<{ result: Answer; request: unknown }>,
): Promise<{ result: Outcome; request: unknown }> {
  const done = one.delivered || one.kind === 'slow' ? await run() : undefined;
  const request = done?.request;
  switch (one.kind) {
    case 'error':
      return { request, result: refuse(one.status ?? 500, 'Internal server error') };
    case 'hang':
      await wait(one.ms ?? 60_000);
      return { request, result: 'cut' };
    case 'slow':
      await wait(one.ms ?? 3000);
      return { request, result: done?.result ?? refuse(500, 'Internal server error') };
    case 'reset':
      return { request, result: 'cut' };
    case 'rate':
      return { request, result: tooFast() };
    case 'quota':
      return { request, result: quotaGone() };
    case 'unauthorized':
      return { request, result: unauthorized() };
    case 'garbage':
      return { request, result: 'garbage' };
    case 'refuse':
      return {
        request,
        result: badRequest([{ message: 'Refused by a fault', property: 'messages[0]' }]),
      };
    default:
      return one.kind satisfies never;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms).unref());
}
