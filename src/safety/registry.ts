import type { Fact, Facts } from './facts.ts';
import { canonicalPhone } from './phone.ts';
import { isLive, mayDial } from './review.ts';

/** The facts as the guard and the comparison of pasted contacts look them up. */
export type Registry = {
  phone: (number: string) => Fact | undefined;
  mail: (address: string) => Fact | undefined;
  url: (address: string) => Fact | undefined;
  /** Whether a button may dial the number. */
  mayDial: (number: string) => boolean;
  /** Numbers that must not leave the bot in any notation, without their leading 0. */
  blocked: readonly string[];
  /** Hosts that stand in official or public facts, and mail domains of official ones. */
  domains: { official: readonly string[]; public: readonly string[] };
};

export function createRegistry(facts: Facts): Registry {
  const all = Object.values(facts);
  const phones = table(all, 'phone', canonicalPhone);
  const mails = table(all, 'mail', canonicalMail);
  const urls = table(all, 'url', canonicalUrl);
  const blocked = all
    .filter((fact) => fact.kind === 'phone' && !isLive(fact))
    .flatMap((fact) => {
      const digits = canonicalPhone(fact.value)?.replace(/^0/, '');
      return digits === undefined ? [] : [digits];
    });
  return {
    phone: (number) => phones.get(canonicalPhone(number) ?? ''),
    mail: (address) => mails.get(canonicalMail(address)),
    url: (address) => urls.get(canonicalUrl(address)),
    mayDial: (number) => {
      const fact = phones.get(canonicalPhone(number) ?? '');
      return fact !== undefined && mayDial(fact);
    },
    blocked,
    domains: { official: domainsOf(all, 'official'), public: domainsOf(all, 'public') },
  };
}

/** Live facts win over retired ones of the same value. */
function table(
  all: readonly Fact[],
  kind: Fact['kind'],
  canonical: (value: string) => string | undefined,
): Map<string, Fact> {
  const ordered = all.toSorted((a, b) => Number(isLive(a)) - Number(isLive(b)));
  return new Map(
    ordered
      .filter((fact) => fact.kind === kind)
      .map((fact) => [canonical(fact.value) ?? fact.value, fact]),
  );
}

function canonicalMail(address: string): string {
  return address.trim().toLowerCase();
}

/** Host and path without `https://`, `www.` and a last `/`. Another scheme stays, so that `http://` is not `https://`. */
function canonicalUrl(address: string): string {
  const parts = /^(?:https:\/\/)?(?:www\.)?([^/?#]*)(.*)$/isu.exec(address.trim());
  const [, host = '', path = ''] = parts ?? [];
  return host.toLowerCase() + path.replace(/\/$/, '');
}

function domainsOf(all: readonly Fact[], sureness: Fact['class']): string[] {
  const hosts = all
    .filter((fact) => fact.class === sureness)
    .flatMap((fact) => {
      if (fact.kind === 'url') return [canonicalUrl(fact.value).split(/[/?#]/, 1)[0] ?? ''];
      return fact.kind === 'mail' ? [fact.value.slice(fact.value.indexOf('@') + 1)] : [];
    });
  return [...new Set(hosts)];
}
