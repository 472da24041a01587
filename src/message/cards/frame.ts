import type { messagingApi } from '@line/bot-sdk';
import type { Choice } from '../../dialog/reply.ts';
import type { Pen } from '../pen.ts';
import { choiceRows } from './choices.ts';
import { palette } from './palette.ts';
import { caution, column, factFoot, note, row, separator, text } from './parts.ts';

/** What stands under a card: the question (or closing sentence) and its answers. */
export type Tail = { question: string | undefined; choices: readonly Choice[] };

export const NO_TAIL: Tail = { question: undefined, choices: [] };

type Frame = {
  pen: Pen;
  title: string;
  /** A word above the title that says what kind of card it is. */
  kicker: string;
  /** Stands before the kicker. */
  sign?: messagingApi.FlexBox;
  look?: { ground: string; ink: string };
  main: messagingApi.FlexComponent[];
  note?: string | undefined;
  /** Buttons under the main part. */
  buttons?: messagingApi.FlexComponent[];
  facts?: readonly string[] | undefined;
  tail: Tail;
  size?: 'mega' | 'giga';
};

/** Every card in one shape: title bar, content, remark, buttons, where the facts come from, question and answers. */
export function frame(card: Frame): messagingApi.FlexBubble {
  const { pen, tail } = card;
  const body = [
    ...card.main,
    ...(card.note ? [note(pen.words(card.note))] : []),
    ...(card.buttons ?? []),
    ...factFoot(pen, card.facts ?? []),
  ];
  const due = pen.caution();
  if (due) body.push(caution(due));
  body.push(...tailParts(tail, body.length > 0));
  return {
    type: 'bubble',
    size: card.size ?? 'giga',
    header: titleBar(card),
    ...(body.length > 0 && { body: column(body, { spacing: '16px', paddingAll: '20px' }) }),
  };
}

/** The question in large type and its answers; `below`: something stands above it. */
export function tailParts(tail: Tail, below: boolean): messagingApi.FlexComponent[] {
  const parts: messagingApi.FlexComponent[] = [];
  if (below && (tail.question !== undefined || tail.choices.length > 0)) parts.push(separator());
  if (tail.question !== undefined)
    parts.push(text(tail.question, { size: 'lg', weight: 'bold', lineSpacing: '6px' }));
  if (tail.choices.length > 0) parts.push(choiceRows(tail.choices));
  return parts;
}

function titleBar(card: Frame): messagingApi.FlexBox {
  const look = card.look ?? { ground: palette.tint, ink: palette.accent };
  const kicker = text(card.kicker, {
    size: 'md',
    weight: 'bold',
    color: look.ink,
    flex: 1,
    gravity: 'center',
  });
  return column(
    [
      card.sign ? row([card.sign, kicker], { spacing: '10px', alignItems: 'center' }) : kicker,
      text(card.pen.words(card.title), { size: 'lg', weight: 'bold', lineSpacing: '6px' }),
    ],
    { backgroundColor: look.ground, paddingAll: '20px', spacing: card.sign ? '10px' : '4px' },
  );
}
