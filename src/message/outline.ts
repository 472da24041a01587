import type { Choice } from '../dialog/reply.ts';
import type { Pen } from './pen.ts';
import type { Card, Link, Variant } from './schema.ts';

/** The same content as the card, as lines of text: for notifications, screen readers, PCs, and as the fallback. */
export function outline(variant: Variant, choices: readonly Choice[], pen: Pen): string[] {
  const lines: string[] = [];
  if (variant.card) lines.push(...cardLines(variant.card, pen));
  if (variant.text !== undefined) lines.push(pen.words(variant.text));
  lines.push(...numbered(choices));
  const caution = pen.caution();
  if (caution) lines.push(caution);
  return lines;
}

/** The answers with their numbers, as they may be typed. */
function numbered(choices: readonly Choice[]): string[] {
  return choices.map(({ label }, index) => `${index + 1} ${label}`);
}

function cardLines(card: Card, pen: Pen): string[] {
  const note = card.note === undefined ? [] : [pen.words(card.note)];
  const facts = (card.facts ?? []).flatMap((id) => {
    const fact = pen.fact(id);
    return fact ? [`${fact.name}：${pen.origin(fact)}`] : [];
  });
  return [titleLine(card, pen), ...mainLines(card, pen), ...note, ...facts];
}

function titleLine(card: Card, pen: Pen): string {
  const title = pen.words(card.title);
  return card.kind === 'notice'
    ? `【${pen.labels.tones[card.tone].word}】${title}`
    : `【${title}】`;
}

function mainLines(card: Card, pen: Pen): string[] {
  switch (card.kind) {
    case 'steps': {
      const steps = card.steps.map((step, index) => `(${index + 1}) ${pen.words(step)}`);
      return [...steps, ...linkLines(card.links, pen)];
    }
    case 'checklist':
      return [...card.items.map((one) => `□ ${pen.words(one)}`), ...linkLines(card.links, pen)];
    case 'notice':
      return [...card.lines.map((line) => pen.words(line)), ...linkLines(card.links, pen)];
    case 'links':
      return linkLines(card.links, pen, true);
    case 'menu':
      return [pen.labels.unofficial];
    case 'phrases':
      return card.phrases.flatMap((id) => phraseLines(id, pen));
  }
}

function linkLines(links: readonly Link[] | undefined, pen: Pen, withOrigin = false): string[] {
  return (links ?? []).flatMap((link) => {
    const fact = pen.fact(link.fact);
    if (!fact) return [];
    const note = link.note === undefined ? [] : [pen.words(link.note)];
    const origin = withOrigin ? [`（${pen.origin(fact)}）`] : [];
    return [`${pen.words(link.label)}： ${fact.value}`, ...note, ...origin];
  });
}

function phraseLines(id: string, pen: Pen): string[] {
  const phrase = pen.phrase(id);
  if (!phrase) return [];
  return [
    `■ ${phrase.when}`,
    pen.words(phrase.ja),
    ...(phrase.en === undefined ? [] : [pen.words(phrase.en, 'en')]),
    ...(phrase.kana === undefined ? [] : [`（${pen.words(phrase.kana, 'kana')}）`]),
  ];
}
