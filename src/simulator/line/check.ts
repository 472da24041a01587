import type { z } from 'zod';
import { badRequest, refuse, type Answer, type Detail } from './answer.ts';
import { message } from './check-message.ts';

/**
 * LINE's answer to a list of messages it does not accept; undefined when it accepts them all. One bad field refuses the
 * whole call. Written from LINE's documents on its own, apart from the check the bot makes before it sends.
 */
export function checkMessages(list: unknown): Answer | undefined {
  if (!Array.isArray(list) || list.length === 0)
    return badRequest([{ message: 'May not be empty', property: 'messages' }]);
  if (list.length > 5)
    return badRequest([{ message: 'Size must be between 1 and 5', property: 'messages' }]);
  const details: Detail[] = [];
  for (const [index, one] of list.entries()) {
    const result = message.safeParse(one);
    if (result.success) continue;
    const issues = result.error.issues.flatMap(unfold);
    // Inside Flex and templates LINE answers with paths within the container, and only for the first bad message.
    const deep = issues.filter(({ path }) => path[0] === 'contents' || path[0] === 'template');
    if (deep.length > 0 && details.length === 0 && deep.length === issues.length)
      return refuse(
        400,
        `A message (messages[${index}]) in the request body is invalid`,
        deep.map((issue) => ({ message: issue.message, property: pointer(issue.path) })),
      );
    details.push(
      ...issues.map((issue) => ({ message: issue.message, property: dotted(index, issue.path) })),
    );
  }
  return details.length > 0 ? badRequest(details) : undefined;
}

type Issue = { message: string; path: PropertyKey[] };

/** An unknown property is named by its own path, as LINE does, instead of its parent's. */
function unfold(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ message: 'unknown field', path: [...issue.path, key] }));
  if (issue.code === 'invalid_union' || issue.code === 'invalid_value')
    return [{ message: 'invalid property', path: issue.path }];
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return [{ message: 'May not be null', path: issue.path }];
  return [{ message: issue.message, path: issue.path }];
}

function pointer(path: PropertyKey[]): string {
  const [head, ...rest] = path;
  const inner = head === 'contents' ? rest : path;
  return inner.length === 0 ? '/' : inner.map((step) => `/${String(step)}`).join('');
}

function dotted(index: number, path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`),
    `messages[${index}]`,
  );
}
