import type { Reply } from '../dialog/reply.ts';
import { placeholders } from './interpolate.ts';
import type { Variant } from './schema.ts';
import { type Words, spoken } from './spoken.ts';

/** Leaves out of a reply the values that its words have no place for: most replies then read the same for everybody. */
export function createLean(words: Words): (reply: Reply) => Reply {
  const known = new WeakMap<Variant, ReadonlySet<string>>();

  const namesIn = (variant: Variant): ReadonlySet<string> => {
    const found = known.get(variant) ?? slotNames(words, variant);
    known.set(variant, found);
    return found;
  };

  return (reply) => {
    const { values, ...rest } = reply;
    const variant = values && spoken(words, reply);
    if (!variant) return rest;
    const names = namesIn(variant);
    const used = Object.entries(values).filter(([name]) => names.has(name));
    return used.length > 0 ? { ...rest, values: Object.fromEntries(used) } : rest;
  };
}

function slotNames({ phrases }: Words, variant: Variant): ReadonlySet<string> {
  const ids = variant.card?.kind === 'phrases' ? variant.card.phrases : [];
  const texts = JSON.stringify([variant, ...ids.map((id) => phrases[id])]);
  const slots = placeholders(texts).filter(({ kind }) => kind === 'slot');
  return new Set(slots.map(({ id }) => id));
}
