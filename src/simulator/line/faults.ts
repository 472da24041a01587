import { z } from 'zod';

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
