import type { messagingApi } from '@line/bot-sdk';
import type { Fact } from '../../safety/facts.ts';
import { mayDial } from '../../safety/review.ts';
import type { Pen } from '../pen.ts';
import type { Card, Link } from '../schema.ts';
import { type Tail, frame } from './frame.ts';
import { palette } from './palette.ts';
import { column, mainButton, note, separator, sideButton, small, text } from './parts.ts';

/** Official pages and numbers: each with its button, what it is for, how sure it is, and since when. */
export function linksCard(
  card: Extract<Card, { kind: 'links' }>,
  pen: Pen,
  tail: Tail,
): messagingApi.FlexBubble {
  return frame({
    pen,
    kicker: pen.labels.kinds.links,
    title: card.title,
    main: card.links
      .flatMap((link) => linkParts(link, pen, true))
      .flatMap((part, index) => (index > 0 ? [separator(), part] : [part])),
    note: card.note,
    facts: card.facts,
    tail,
  });
}

/** Buttons at the foot of another card. Links whose fact may not be shown are left out. */
export function linkButtons(
  links: readonly Link[] | undefined,
  pen: Pen,
): messagingApi.FlexComponent[] {
  return (links ?? []).flatMap((link) => linkParts(link, pen, false));
}

function linkParts(link: Link, pen: Pen, withOrigin: boolean): messagingApi.FlexComponent[] {
  const fact = pen.fact(link.fact);
  if (!fact) return [];
  const remark = link.note ? [note(pen.words(link.note))] : [];
  const origin = withOrigin ? [small(pen.origin(fact))] : [];
  return [
    column([...reach(fact, pen.words(link.label), pen), ...remark, ...origin], { spacing: '8px' }),
  ];
}

/** What can be done with a fact: open a page, dial a number that is certain, copy the rest. */
function reach(fact: Fact, label: string, pen: Pen): messagingApi.FlexComponent[] {
  switch (fact.kind) {
    case 'url':
      return [mainButton(label, { type: 'uri', uri: fact.value })];
    case 'phone':
      if (mayDial(fact))
        return [
          ...shown(label, fact.value),
          mainButton(pen.labels.call.replace('{number}', fact.value), {
            type: 'uri',
            uri: telUri(fact.value),
          }),
        ];
      return [...shown(label, fact.value), note(pen.labels.noCall)];
    case 'mail':
      return [
        ...shown(label, fact.value),
        sideButton(pen.labels.copy.mail, { type: 'clipboard', clipboardText: fact.value }),
      ];
    case 'hours':
    case 'rule':
    case 'label':
      return shown(label, fact.value);
  }
}

function shown(label: string, value: string): messagingApi.FlexComponent[] {
  return [
    text(label, { weight: 'bold' }),
    text(value, { size: 'lg', weight: 'bold', color: palette.accent }),
  ];
}

/** `#` would begin a fragment, so it is encoded. */
function telUri(number: string): string {
  return `tel:${number.replace(/[^0-9+#*]/g, '').replaceAll('#', '%23')}`;
}
