import type { Answer } from './answer.ts';
import type { World } from './world.ts';

/** A call to an endpoint whose form has been checked: authorized, known, not too large. */
export type Incoming = {
  body: unknown;
  requestId: string;
  retryKey: string | undefined;
  /** What stands in the path after the fixed part, e.g. the user id of a profile. */
  rest: string;
  /** The body of a call that is no JSON. */
  file?: { bytes: Buffer; type: string };
};

export type Endpoint = (world: World, incoming: Incoming) => Answer | Promise<Answer>;
