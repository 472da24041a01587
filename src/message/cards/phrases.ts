import type { messagingApi } from '@line/bot-sdk';
import type { Pen } from '../pen.ts';
import type { Card, Phrase } from '../schema.ts';
import { NO_TAIL, type Tail, frame } from './frame.ts';
import { palette } from './palette.ts';
import { column, separator, sideButton, small, text } from './parts.ts';

type PhrasesCard = Extract<Card, { kind: 'phrases' }>;

/** More than this in one bubble is a long way down; then the card becomes pages to swipe. */
const MOST_IN_ONE = 4;
const PER_PAGE = 2;

/** LINE's limit for what a clipboard action copies. */
const LONGEST_COPY = 1000;

/** Sentences to say or paste, each readable as text and with copy buttons of its own. One bubble, or pages. */
export function phrasesCard(card: PhrasesCard, pen: Pen, tail: Tail): messagingApi.FlexBubble[] {
  const phrases = card.phrases
    .map((id) => pen.phrase(id))
    .filter((phrase): phrase is Phrase => phrase !== undefined);
  if (phrases.length <= MOST_IN_ONE) return [page(card, pen, phrases, tail)];

  const pages: Phrase[][] = [];
  for (let at = 0; at < phrases.length; at += PER_PAGE)
    pages.push(phrases.slice(at, at + PER_PAGE));
  return pages.map((some, index) => {
    const count = pen.labels.page
      .replace('{page}', String(index + 1))
      .replace('{pages}', String(pages.length));
    const last = index === pages.length - 1;
    const shown = { ...card, ...(last ? {} : { note: pen.labels.swipe, facts: [] }) };
    return page(shown, pen, some, NO_TAIL, count);
  });
}

function page(
  card: PhrasesCard,
  pen: Pen,
  phrases: readonly Phrase[],
  tail: Tail,
  count?: string,
): messagingApi.FlexBubble {
  const kicker = pen.labels.kinds.phrases;
  return frame({
    pen,
    kicker: count === undefined ? kicker : `${kicker}　${count}`,
    title: card.title,
    main: phrases.flatMap((phrase, index) => [
      ...(index > 0 ? [separator()] : []),
      phraseParts(phrase, pen),
    ]),
    note: card.note,
    facts: card.facts,
    tail,
    size: count === undefined ? 'giga' : 'mega',
  });
}

function phraseParts(phrase: Phrase, pen: Pen): messagingApi.FlexBox {
  const { labels } = pen;
  const ja = pen.words(phrase.ja);
  const japanese = said(phrase.when, [text(ja)], labels.copy.ja, ja);
  if (phrase.en === undefined) return japanese;
  const en = pen.words(phrase.en, 'en');
  const kana =
    phrase.kana === undefined
      ? []
      : [small(`${labels.reading}：${pen.words(phrase.kana, 'kana')}`)];
  const english = said(labels.english, [text(en), ...kana], labels.copy.en, en);
  return column([japanese, english], { spacing: '20px' });
}

/** When to say it, the words to read out, and the button that copies them. */
function said(
  when: string,
  lines: messagingApi.FlexText[],
  label: string,
  copied: string,
): messagingApi.FlexBox {
  const heading = text(when, { weight: 'bold', color: palette.accent });
  const clipboardText = copied.slice(0, LONGEST_COPY);
  return column([heading, quote(lines), sideButton(label, { type: 'clipboard', clipboardText })], {
    spacing: '8px',
  });
}

function quote(contents: messagingApi.FlexText[]): messagingApi.FlexBox {
  return column(contents, {
    backgroundColor: palette.quote,
    cornerRadius: '8px',
    paddingAll: '14px',
    spacing: '8px',
  });
}
