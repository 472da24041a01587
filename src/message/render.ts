import type { messagingApi } from '@line/bot-sdk';
import type { Choice, Reply } from '../dialog/reply.ts';
import { checklistCard } from './cards/checklist.ts';
import type { Tail } from './cards/frame.ts';
import { linksCard } from './cards/links.ts';
import { menuCard } from './cards/menu.ts';
import { noticeCard } from './cards/notice.ts';
import { phrasesCard } from './cards/phrases.ts';
import { questionCard } from './cards/question.ts';
import { stepsCard } from './cards/steps.ts';
import { clip } from './clip.ts';
import { outline } from './outline.ts';
import { type Pen, createPen } from './pen.ts';
import { withQuickReply } from './quick-reply.ts';
import type { Card, Variant } from './schema.ts';
import { type Words, spoken } from './spoken.ts';

/** LINE's limits: messages a call, characters of a text and of an altText. */
const MOST_MESSAGES = 5;
const LONGEST_TEXT = 5000;
const LONGEST_ALT = 1500;

export type Render = (replies: readonly Reply[], nowMs: number) => messagingApi.Message[];

/**
 * Makes LINE messages of replies: one message each, except that phrases on several pages bring their question in a
 * message of its own where there is room. A reply whose words are gone says nothing. `nowMs` decides which facts are
 * past their review date.
 */
export function createRender(words: Words): Render {
  return (replies, nowMs) => {
    const said = replies.flatMap((reply) => draw(words, reply, nowMs));
    const count = said.reduce((sum, drawn) => sum + 1 + (drawn.question ? 1 : 0), 0);
    const messages = said.flatMap((drawn) => assemble(drawn, count <= MOST_MESSAGES));
    return withQuickReply(messages.slice(0, MOST_MESSAGES), replies);
  };
}

type Drawn = { text: string } | DrawnCard;
type DrawnCard = {
  text?: never;
  alt: string;
  bubbles: messagingApi.FlexBubble[];
  /** The question of a card of several pages. */
  question?: { bubble: messagingApi.FlexBubble; alt: string } | undefined;
};

function draw(
  words: Words,
  reply: Reply,
  nowMs: number,
): (Drawn & { question?: DrawnCard['question'] })[] {
  const variant = spoken(words, reply);
  if (!variant) return [];
  const pen = createPen(words, reply.values ?? {}, nowMs);
  const choices = reply.choices ?? [];
  const lines = outline(variant, choices, pen);
  if (!variant.card && choices.length === 0)
    return [{ text: clip(lines.join('\n'), LONGEST_TEXT) }];

  const tail: Tail = {
    question: variant.text === undefined ? undefined : pen.words(variant.text),
    choices,
  };
  const alt = clip(altLines(variant, choices, lines, pen).join('\n'), LONGEST_ALT);
  if (!variant.card) return [{ alt, bubbles: [questionCard(pen, tail)] }];
  const bubbles = drawCard(variant.card, pen, tail);
  const apart = bubbles.length > 1 && (tail.question !== undefined || choices.length > 0);
  if (!apart) return [{ alt, bubbles }];
  const questionAlt = outline({ text: variant.text ?? variant.card.title }, choices, pen).join(
    '\n',
  );
  const question = { bubble: questionCard(pen, tail), alt: clip(questionAlt, LONGEST_ALT) };
  return [{ alt, bubbles, question }];
}

/** The editor's own `alt`, with the answers, in place of the card's lines. */
function altLines(
  variant: Variant,
  choices: readonly Choice[],
  lines: string[],
  pen: Pen,
): string[] {
  return variant.alt === undefined ? lines : outline({ text: variant.alt }, choices, pen);
}

function drawCard(card: Card, pen: Pen, tail: Tail): messagingApi.FlexBubble[] {
  switch (card.kind) {
    case 'steps':
      return [stepsCard(card, pen, tail)];
    case 'checklist':
      return [checklistCard(card, pen, tail)];
    case 'phrases':
      return phrasesCard(card, pen, tail);
    case 'links':
      return [linksCard(card, pen, tail)];
    case 'notice':
      return [noticeCard(card, pen, tail)];
    case 'menu':
      return [menuCard(card, pen, tail)];
  }
}

/** `apart`: there is room for a question as a message of its own; else it becomes the last page. */
function assemble(
  drawn: Drawn & { question?: DrawnCard['question'] },
  apart: boolean,
): messagingApi.Message[] {
  if (drawn.text !== undefined) return [{ type: 'text', text: drawn.text }];
  const { alt, bubbles, question } = drawn;
  if (!question) return [flex(alt, bubbles)];
  if (apart) return [flex(alt, bubbles), flex(question.alt, [question.bubble])];
  return [flex(alt, [...bubbles, { ...question.bubble, size: 'mega' }])];
}

function flex(altText: string, bubbles: messagingApi.FlexBubble[]): messagingApi.FlexMessage {
  const [only] = bubbles;
  const contents: messagingApi.FlexContainer =
    only && bubbles.length === 1 ? only : { type: 'carousel', contents: bubbles };
  return { type: 'flex', altText, contents };
}
