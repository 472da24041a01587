import type { messagingApi } from '@line/bot-sdk';
import type { Pen } from '../pen.ts';
import type { Card } from '../schema.ts';
import { type Tail, frame } from './frame.ts';
import { linkButtons } from './links.ts';
import { accentBadge, badge, item } from './parts.ts';

/** Numbered steps, in order. */
export function stepsCard(
  card: Extract<Card, { kind: 'steps' }>,
  pen: Pen,
  tail: Tail,
): messagingApi.FlexBubble {
  return frame({
    pen,
    kicker: pen.labels.kinds.steps,
    title: card.title,
    main: card.steps.map((step, index) =>
      item(badge(String(index + 1), accentBadge), pen.words(step)),
    ),
    note: card.note,
    buttons: linkButtons(card.links, pen),
    facts: card.facts,
    tail,
  });
}
