import { json, Router } from 'express';
import { z } from 'zod';
import type { Chats, Room } from './chats.ts';
import { userIdForm } from './line/id.ts';

export type Endpoints = {
  router: Router;
  /** `GET path/:userId`: a text, or anything else as JSON; 404 for who has no chat. */
  getOf(path: string, read: (chat: Room) => unknown): void;
  /**
   * `POST path` with a JSON body: 400 for a body of another shape, 404 where `run` finds nothing to act on, 409 with the
   * sentence where it gives a `refusal`.
   */
  post<Input>(
    path: string,
    shape: z.ZodType<Input>,
    run: (input: Input) => object | undefined | Promise<object | undefined>,
  ): void;
};

/** A user's id in the body of a request. */
export const userId = z.string().regex(userIdForm);

/** `limit`: the largest body that is taken, as express has it. */
export function createEndpoints(chats: Chats, limit: string): Endpoints {
  const router = Router();
  return {
    router,
    getOf(path, read) {
      router.get(`${path}/:userId`, async (request, response) => {
        const chat = chats.get(request.params.userId);
        const result = chat && (await read(chat));
        if (result === undefined) response.sendStatus(404);
        else if (typeof result === 'string') response.type('text/plain').send(result);
        else response.json(result);
      });
    },
    post(path, shape, run) {
      router.post(path, json({ limit }), async (request, response) => {
        const input = shape.safeParse(request.body);
        if (!input.success) {
          response.status(400).json({ message: z.prettifyError(input.error) });
          return;
        }
        const result = await run(input.data);
        if (!result) response.sendStatus(404);
        else if ('refusal' in result) response.status(409).json({ message: result.refusal });
        else response.json(result);
      });
    },
  };
}
