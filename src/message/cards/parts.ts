import type { messagingApi } from '@line/bot-sdk';
import { clip } from '../clip.ts';
import type { Pen } from '../pen.ts';
import { palette } from './palette.ts';

type Box = messagingApi.FlexBox;
type Text = messagingApi.FlexText;
type Component = messagingApi.FlexComponent;

/** LINE takes at most 40 characters as the label of a Flex action; it is what a screen reader says. */
const LONGEST_LABEL = 40;

/** Running text: never cut off, and it follows the font size the user has set. */
export function text(value: string, look: Partial<Omit<Text, 'type' | 'text'>> = {}): Text {
  return {
    type: 'text',
    text: value,
    size: 'md',
    color: palette.ink,
    wrap: true,
    scaling: true,
    lineSpacing: '4px',
    ...look,
  };
}

export function column(
  contents: Component[],
  look: Partial<Omit<Box, 'type' | 'contents'>> = {},
): Box {
  return { type: 'box', layout: 'vertical', contents, ...look };
}

export function row(
  contents: Component[],
  look: Partial<Omit<Box, 'type' | 'contents'>> = {},
): Box {
  return { type: 'box', layout: 'horizontal', contents, ...look };
}

/** A number or a sign in a round badge. It does not scale: it would outgrow its circle. */
export function badge(sign: string, look: { ground: string; ink: string; square?: boolean }): Box {
  return column(
    [
      {
        type: 'text',
        text: sign,
        size: 'md',
        weight: 'bold',
        color: look.ink,
        align: 'center',
      },
    ],
    {
      width: '32px',
      height: '32px',
      cornerRadius: look.square ? '8px' : '16px',
      backgroundColor: look.ground,
      justifyContent: 'center',
      flex: 0,
    },
  );
}

export const accentBadge = { ground: palette.accent, ink: palette.accentInk };

/** Something on the left, text on the right: steps, checks, lines. */
export function item(mark: Component, value: string): Box {
  return row([mark, text(value, { flex: 1, gravity: 'center' })], { spacing: '12px' });
}

/** A filled button as a box, because a Flex button cuts a long label off. At least 48 px tall. */
export function mainButton(label: string, action: messagingApi.Action): Box {
  return column([text(label, { color: palette.accentInk, weight: 'bold', align: 'center' })], {
    action: { ...action, label: clip(label, LONGEST_LABEL) },
    backgroundColor: palette.accent,
    cornerRadius: '10px',
    paddingAll: '13px',
  });
}

/** A quieter button, for copying. */
export function sideButton(label: string, action: messagingApi.Action): Box {
  return column([text(label, { color: palette.accent, weight: 'bold', align: 'center' })], {
    action: { ...action, label: clip(label, LONGEST_LABEL) },
    backgroundColor: palette.paper,
    borderColor: palette.edge,
    borderWidth: 'normal',
    cornerRadius: '10px',
    paddingAll: '12px',
  });
}

export function separator(): messagingApi.FlexSeparator {
  return { type: 'separator', color: palette.line };
}

/** A short remark. */
export function note(value: string): Text {
  return text(value, { color: palette.soft });
}

/** What a card rests on: the names of its facts, together where class and date are the same. */
export function factFoot(pen: Pen, ids: readonly string[]): Component[] {
  const names = new Map<string, string[]>();
  for (const id of ids) {
    const fact = pen.fact(id);
    if (fact) names.set(pen.origin(fact), [...(names.get(pen.origin(fact)) ?? []), fact.name]);
  }
  if (names.size === 0) return [];
  const groups = [...names].map(([origin, some]) =>
    column([small(origin, { weight: 'bold' }), small(some.join('、'))], { spacing: '2px' }),
  );
  return [separator(), column(groups, { spacing: '8px' })];
}

/** The smallest type on a card: 14 px before the user's own scale. */
export function small(value: string, look: Partial<Omit<Text, 'type' | 'text'>> = {}): Text {
  return text(value, { size: 'sm', color: palette.soft, ...look });
}

export function caution(value: string): Box {
  return column([text(value, { size: 'sm', color: palette.cautionInk, weight: 'bold' })], {
    backgroundColor: palette.cautionGround,
    cornerRadius: '8px',
    paddingAll: '12px',
  });
}
