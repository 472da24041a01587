import type { News } from '../wire.ts';

/** The page's side of /try/api and /try/events. */

/** Says in a sentence for the user why something was not done. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** @throws Refusal where the server says why not, or is not there; Error where it says no more than no. */
export async function get<Result>(path: string): Promise<Result> {
  return (await (await ask(path)).json()) as Result;
}

/** @throws as `get`. */
export async function getText(path: string): Promise<string> {
  return (await ask(path)).text();
}

/** @throws as `get`. */
export async function post<Result>(path: string, body: object): Promise<Result> {
  const response = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Result;
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(`/try/api${path}`, init).catch((cause: unknown) => {
    throw new Refusal('ボットが止まっています。動きだしたら、もう一度どうぞ。', { cause });
  });
  if (response.status === 409)
    throw new Refusal(((await response.json()) as { message: string }).message);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response;
}

/**
 * Hears what happens. `onOpen`: also after each interruption (`onLost`), when everything may have changed; it tries again
 * by itself for as long as it takes.
 */
export function listen(onOpen: () => void, onLost: () => void, onNews: (news: News) => void): void {
  const source = new EventSource('/try/events');
  source.addEventListener('open', onOpen);
  source.addEventListener('error', () => {
    onLost();
    // A lost connection the browser mends by itself; after an answer that is no stream it gives up.
    if (source.readyState === EventSource.CLOSED)
      setTimeout(() => listen(onOpen, onLost, onNews), 1000);
  });
  source.addEventListener('message', ({ data }) => onNews(JSON.parse(String(data)) as News));
}
