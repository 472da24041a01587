import { json, type RequestHandler, type Router } from 'express';
import { z } from 'zod';

export type Post = <Input>(
  path: string,
  shape: z.ZodType<Input>,
  run: (input: Input) => object | undefined | Promise<object | undefined>,
) => void;

/**
 * Adds POST endpoints with a JSON body: 400 for a body of another shape, 404 where `run` finds nothing to act on, 409
 * with the sentence where it gives a `refusal`.
 */
export function createPost(router: Router, limit = '64kb'): Post {
  return (path, shape, run) => {
    const handler: RequestHandler = async (request, response) => {
      const input = shape.safeParse(request.body);
      if (!input.success) {
        response.status(400).json({ message: z.prettifyError(input.error) });
        return;
      }
      const result = await run(input.data);
      if (!result) response.sendStatus(404);
      else if ('refusal' in result) response.status(409).json({ message: result.refusal });
      else response.json(result);
    };
    router.post(path, json({ limit }), handler);
  };
}
