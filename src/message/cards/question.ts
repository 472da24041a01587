import type { messagingApi } from '@line/bot-sdk';
import type { Pen } from '../pen.ts';
import { type Tail, tailParts } from './frame.ts';
import { caution, column } from './parts.ts';

/** A question that stands alone: large type, then its answers. */
export function questionCard(pen: Pen, tail: Tail): messagingApi.FlexBubble {
  const due = pen.caution();
  return {
    type: 'bubble',
    size: 'giga',
    body: column([...tailParts(tail, false), ...(due ? [caution(due)] : [])], {
      spacing: '16px',
      paddingAll: '20px',
    }),
  };
}
