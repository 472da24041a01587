import type { Facts } from '../../src/safety/facts.ts';
import { isLive } from '../../src/safety/review.ts';
import type { Ask, Asked } from './ask.ts';

export type LinkResult = {
  id: string;
  url: string;
  /** `unknown`: nobody can tell from here; `look`: a person should open it. */
  outcome: 'open' | 'broken' | 'look' | 'unknown';
  why: string;
};

/** Asks for every link that users see, one at a time. */
export async function checkLinks(
  facts: Facts,
  ask: Ask,
  pause: () => Promise<unknown>,
): Promise<LinkResult[]> {
  const links = Object.entries(facts).filter(
    ([, fact]) => isLive(fact) && fact.kind === 'url' && fact.value.startsWith('https://'),
  );
  const results: LinkResult[] = [];
  for (const [index, [id, { value }]] of links.entries()) {
    if (index > 0) await pause();
    const url = new URL(value);
    results.push({ id, url: value, ...judge(url, await askTwice(ask, url)) });
  }
  return results;
}

/** HEAD costs the other side least, but some servers do not know it or refuse it: then GET has the last word. */
async function askTwice(ask: Ask, url: URL): Promise<Asked> {
  const head = await ask(url, 'HEAD');
  return typeof head === 'object' && head.status < 400 ? head : ask(url, 'GET');
}

function judge(url: URL, asked: Asked): Pick<LinkResult, 'outcome' | 'why'> {
  if (asked === 'timeout') return { outcome: 'unknown', why: '時間内に返事がありません' };
  if (asked === 'no connection') return { outcome: 'unknown', why: 'つながりません' };
  const { status, location } = asked;
  if (status < 300) return { outcome: 'open', why: String(status) };
  if (status < 400) return judgeMove(url, status, location);
  if (status === 404 || status === 410) return { outcome: 'broken', why: String(status) };
  // Amazon turns programs away with these, whatever the page is.
  if (isAmazon(url) && [403, 405, 429, 503].includes(status))
    return { outcome: 'unknown', why: `${status}、プログラムからは見られません` };
  return { outcome: 'look', why: String(status) };
}

function judgeMove(url: URL, status: number, location: string | undefined) {
  const to = URL.parse(location ?? '', url);
  // Pages behind the login lead to the login: the same site, so the link does what it should.
  if (to?.hostname === url.hostname) return { outcome: 'open', why: `${status}` } as const;
  const where = to?.hostname ?? '行き先なし';
  return { outcome: 'look', why: `${status} → ${where}` } as const;
}

function isAmazon({ hostname }: URL): boolean {
  return /(?:^|\.)(?:amazon\.co\.jp|amazon\.com|amazon\.jp)$/.test(hostname);
}
