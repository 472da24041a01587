import type { messagingApi } from '@line/bot-sdk';
import type { Pen } from '../pen.ts';
import type { Card } from '../schema.ts';
import { type Tail, frame } from './frame.ts';
import { linkButtons } from './links.ts';
import { palette } from './palette.ts';
import { column, item } from './parts.ts';

/** Things to check, in any order: an empty tick box before each. */
export function checklistCard(
  card: Extract<Card, { kind: 'checklist' }>,
  pen: Pen,
  tail: Tail,
): messagingApi.FlexBubble {
  return frame({
    pen,
    kicker: pen.labels.kinds.checklist,
    title: card.title,
    main: card.items.map((one) => item(tickBox(), pen.words(one))),
    note: card.note,
    buttons: linkButtons(card.links, pen),
    facts: card.facts,
    tail,
  });
}

function tickBox(): messagingApi.FlexBox {
  return column([], {
    width: '24px',
    height: '24px',
    borderColor: palette.accent,
    borderWidth: 'medium',
    cornerRadius: '5px',
    flex: 0,
  });
}
