import { distance } from '../dialog/match/near.ts';

/** 「もしかして…」 for a name that is nearly one of those known. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const far = distance(name, candidate);
    if (!best || far < best.distance) best = { name: candidate, distance: far };
  }
  const near = best && best.distance <= Math.max(2, name.length / 3);
  return near && best ? `もしかして「${best.name}」ですか？` : '名前のつづりをご確認ください。';
}
