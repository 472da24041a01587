import type { messagingApi } from '@line/bot-sdk';
import type { Pen } from '../pen.ts';
import type { Card } from '../schema.ts';
import { type Tail, frame } from './frame.ts';
import { linkButtons } from './links.ts';
import { palette, tonePalette } from './palette.ts';
import { badge, text } from './parts.ts';

/** Something to know. The tone is told by a word and a sign of its own shape, and only underlined by colour. */
export function noticeCard(
  card: Extract<Card, { kind: 'notice' }>,
  pen: Pen,
  tail: Tail,
): messagingApi.FlexBubble {
  const look = tonePalette[card.tone];
  const { word, sign } = pen.labels.tones[card.tone];
  return frame({
    pen,
    look,
    sign: badge(sign, { ground: look.ink, ink: palette.paper, square: card.tone !== 'info' }),
    kicker: word,
    title: card.title,
    main: card.lines.map((line) => text(pen.words(line))),
    note: card.note,
    buttons: linkButtons(card.links, pen),
    facts: card.facts,
    tail,
  });
}
