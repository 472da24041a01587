import { type Contact, pastedContacts, undefanged } from './contacts.ts';
import type { Fact, Facts } from './facts.ts';
import { type HostTrick, hostTrick, isOtherAmazon } from './host.ts';
import { type Registry, createRegistry } from './registry.ts';
import { isLive } from './review.ts';

/** The gravest first: it is what the user must read. */
const GRAVITY = ['lookalike', 'known-retired', 'unknown', 'listed', 'official-domain'] as const;

/**
 * What is known of a pasted contact. None of them means safe: even an address of Amazon's own can be a link somewhere
 * else, and a sender's number or mail address can be forged.
 */
export type Verdict = (typeof GRAVITY)[number];

export type Assessment = {
  kind: Contact['kind'];
  /** Defanged and shortened, so that it can be shown without being tappable. */
  shown: string;
  verdict: Verdict;
  /** What gives a look-alike away. */
  trick?: HostTrick;
};

/** More than anybody pastes in good faith; the answer has to stay short. */
const MOST_ITEMS = 5;

/**
 * Compares what a user pasted with the official facts. Nothing is ever opened. The gravest first, at most 5: a mail that
 * cheats shows genuine links before its own.
 */
export function createAssess(facts: Facts): (text: string) => Assessment[] {
  const registry = createRegistry(facts);
  return (text) => {
    const seen = new Map<string, Assessment>();
    for (const contact of pastedContacts(undefanged(text))) {
      const assessment = { kind: contact.kind, shown: shown(contact), ...judge(contact, registry) };
      const key = `${contact.kind} ${contact.value}`;
      if (!seen.has(key)) seen.set(key, assessment);
    }
    return [...seen.values()].toSorted(gravestFirst).slice(0, MOST_ITEMS);
  };
}

function gravestFirst(a: Assessment, b: Assessment): number {
  return GRAVITY.indexOf(a.verdict) - GRAVITY.indexOf(b.verdict);
}

type Judgement = Pick<Assessment, 'verdict' | 'trick'>;

function judge({ kind, value }: Contact, registry: Registry): Judgement {
  const fact = registry[kind](value);
  if (fact) return { verdict: verdictOf(fact) };
  switch (kind) {
    case 'phone':
      return { verdict: 'unknown' };
    case 'mail':
      return judgeMail(value, registry);
    case 'url':
      return judgeUrl(value, registry);
  }
}

function verdictOf(fact: Fact): Verdict {
  if (fact.class === 'retired') return 'known-retired';
  return isLive(fact) ? 'listed' : 'unknown';
}

/** A sender's name that has the brand in it makes no address Amazon's. */
function judgeMail(value: string, registry: Registry): Judgement {
  const at = value.lastIndexOf('@');
  const host = value.slice(at + 1).toLowerCase();
  const judged = judgeHost(host, registry);
  const dressed = value.slice(0, at).toLowerCase().includes('amazon') && !isOtherAmazon(host);
  return judged.verdict === 'unknown' && dressed
    ? { verdict: 'lookalike', trick: 'brand-in-name' }
    : judged;
}

function judgeUrl(value: string, registry: Registry): Judgement {
  const { host, userinfo } = hostOf(value);
  return userinfo ? { verdict: 'lookalike', trick: 'userinfo' } : judgeHost(host, registry);
}

function judgeHost(host: string, registry: Registry): Judgement {
  const trick = hostTrick(host);
  if (trick === 'punycode' || trick === 'homoglyph') return { verdict: 'lookalike', trick };
  const within = (domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
  if (registry.domains.official.some(within)) return { verdict: 'official-domain' };
  if (registry.domains.public.some(within)) return { verdict: 'listed' };
  return trick ? { verdict: 'lookalike', trick } : { verdict: 'unknown' };
}

/** The host a browser would really go to: what follows the last `@` before the first slash. */
function hostOf(address: string): { host: string; userinfo: boolean } {
  const authority = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#\\]*)/i.exec(address)?.[1] ?? '';
  const at = authority.lastIndexOf('@');
  const host = authority
    .slice(at + 1)
    .replace(/:[0-9]*$/, '')
    .replace(/\.$/, '');
  return { host: host.toLowerCase().replace(/^www\./, ''), userinfo: at >= 0 };
}

const LONGEST_SHOWN = 60;

function shown({ kind, value }: Contact): string {
  if (kind === 'phone') {
    if (value.startsWith('#')) return `#…${value.slice(-2)}`;
    return value.length > 6 ? `${value.slice(0, 4)}…${value.slice(-2)}` : value;
  }
  if (kind === 'mail') return short(defanged(value.replace('@', '[@]')));
  const bare = value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const cut = bare.search(/[/?#]/);
  return cut < 0 ? short(defanged(bare)) : `${short(defanged(bare.slice(0, cut)))}/…`;
}

function defanged(value: string): string {
  return value.replaceAll('.', '[.]').replaceAll(/@(?!\])/g, '[@]');
}

function short(value: string): string {
  return value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN - 1)}…` : value;
}
