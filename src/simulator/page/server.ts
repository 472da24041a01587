import type { News } from '../wire.ts';

/** The page's side of /try/api and /try/events. */

/** The server says in a sentence why not. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Throws when the server says no or is not there. */
export async function get<Result>(path: string): Promise<Result> {
  return read(await fetch(`/try/api${path}`));
}

export async function getText(path: string): Promise<string> {
  const response = await fetch(`/try/api${path}`);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.text();
}

export async function post<Result>(path: string, body: object): Promise<Result> {
  const response = await fetch(`/try/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return read(response);
}

async function read<Result>(response: Response): Promise<Result> {
  if (response.status === 409)
    throw new Refusal(((await response.json()) as { message: string }).message);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return (await response.json()) as Result;
}

/**
 * Hears what happens. `onOpen`: also after each interruption (`onLost`), when everything may have changed; the browser
 * tries again by itself.
 */
export function listen(onOpen: () => void, onLost: () => void, onNews: (news: News) => void): void {
  const source = new EventSource('/try/events');
  source.addEventListener('open', onOpen);
  source.addEventListener('error', onLost);
  source.addEventListener('message', ({ data }) => onNews(JSON.parse(String(data)) as News));
}
