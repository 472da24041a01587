import type { messagingApi } from '@line/bot-sdk';
import type { Pen } from '../pen.ts';
import type { Card } from '../schema.ts';
import { type Tail, frame } from './frame.ts';
import { note } from './parts.ts';

/** The topics to choose from, under the line that says this bot is not Amazon's. */
export function menuCard(
  card: Extract<Card, { kind: 'menu' }>,
  pen: Pen,
  tail: Tail,
): messagingApi.FlexBubble {
  return frame({
    pen,
    kicker: pen.labels.kinds.menu,
    title: card.title,
    main: [note(pen.labels.unofficial)],
    note: card.note,
    facts: card.facts,
    tail,
  });
}
