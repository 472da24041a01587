import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkMessages } from '../../src/simulator/line/check.ts';
import { knownProperties } from '../../src/simulator/line/check-flex.ts';

type Refusal = { message: string; details: { message: string; property: string }[] };

/** Where LINE sees mistakes: the properties named in its answer; [] when it accepts the messages. */
function faults(...messages: unknown[]): string[] {
  const answer = checkMessages(messages);
  return answer ? (answer.body as Refusal).details.map((detail) => detail.property) : [];
}

const long = (length: number) => 'あ'.repeat(length);
const action = (more: object) => ({ type: 'message', label: 'はい', text: 'はい', ...more });
const chip = (more: object) => ({ type: 'action', action: action(more) });
const withChips = (...items: object[]) => ({ type: 'text', text: 'a', quickReply: { items } });
const text = (more: object = {}) => ({ type: 'text', text: 'a', ...more });
const box = (contents: object[], more: object = {}) => ({
  type: 'box',
  layout: 'vertical',
  contents,
  ...more,
});
const bubble = (body: object, more: object = {}) => ({ type: 'bubble', body, ...more });
const flex = (contents: object, altText = 'a') => ({ type: 'flex', altText, contents });
const inBody = (...contents: object[]) => flex(bubble(box(contents)));
const button = (more: object) => ({ type: 'button', action: action(more) });

describe('what LINE accepts', () => {
  it.each([
    ['a text of 5,000 characters', text({ text: long(5000) })],
    [
      '13 chips with labels of 20',
      withChips(...Array.from({ length: 13 }, () => chip({ label: long(20) }))),
    ],
    ['a button with a label of 40', inBody(button({ label: long(40) }))],
    ['a box without contents', inBody(box([]))],
    ['a text of spans', inBody({ type: 'text', contents: [{ type: 'span', text: 'a' }] })],
    [
      'an icon on the baseline',
      inBody(
        box([text(), { type: 'icon', url: 'https://example.com/a.png' }], { layout: 'baseline' }),
      ),
    ],
    [
      '12 bubbles of a size',
      flex({
        type: 'carousel',
        contents: Array.from({ length: 12 }, () => bubble(box([text()]), { size: 'kilo' })),
      }),
    ],
    [
      'a telephone number',
      inBody(button({ type: 'uri', uri: 'tel:0120-999-999', text: undefined })),
    ],
    [
      'a date and time picker',
      withChips({
        type: 'action',
        action: {
          type: 'datetimepicker',
          label: 'いつ',
          data: 'd',
          mode: 'datetime',
          min: '2026-11-21T10:00',
          max: '2027-11-21T10:00',
        },
      }),
    ],
    [
      'a phrase to copy',
      inBody(button({ type: 'clipboard', clipboardText: long(1000), text: undefined })),
    ],
    [
      'a confirm template',
      {
        type: 'template',
        altText: 'a',
        template: { type: 'confirm', text: 'a', actions: [action({}), action({})] },
      },
    ],
    ['a sticker', { type: 'sticker', packageId: '446', stickerId: '1988' }],
  ])('%s', (_name, message) => {
    // JSON.stringify leaves out what is undefined, as a client would.
    expect(faults(JSON.parse(JSON.stringify(message)))).toEqual([]);
  });
});

describe('what LINE refuses, and where it says so', () => {
  it.each([
    ['an empty text', text({ text: '' }), 'messages[0].text'],
    ['a text of 5,001 characters', text({ text: long(5001) }), 'messages[0].text'],
    ['half a surrogate pair', text({ text: '\uD83D' }), 'messages[0].text'],
    ['an unknown type', { type: 'spacer' }, 'messages[0].type'],
    ['an unknown property', text({ colour: 'red' }), 'messages[0].colour'],
    [
      '14 chips',
      withChips(...Array.from({ length: 14 }, () => chip({}))),
      'messages[0].quickReply.items',
    ],
    [
      'a chip label of 21',
      withChips(chip({ label: long(21) })),
      'messages[0].quickReply.items[0].action.label',
    ],
    [
      'a chip without a label',
      withChips({ type: 'action', action: { type: 'message', text: 'a' } }),
      'messages[0].quickReply.items[0].action.label',
    ],
    [
      'a rich menu switch as a chip',
      withChips({ type: 'action', action: { type: 'richmenuswitch', label: 'a', data: 'a' } }),
      'messages[0].quickReply.items[0].action.type',
    ],
    [
      'a postback of 301 characters',
      withChips({ type: 'action', action: { type: 'postback', label: 'a', data: long(301) } }),
      'messages[0].quickReply.items[0].action.data',
    ],
    [
      'postback text on a chip',
      withChips({ type: 'action', action: { type: 'postback', label: 'a', data: 'a', text: 'a' } }),
      'messages[0].quickReply.items[0].action.text',
    ],
    [
      'a picker whose end is before its beginning',
      withChips({
        type: 'action',
        action: {
          type: 'datetimepicker',
          label: 'a',
          data: 'd',
          mode: 'date',
          min: '2026-11-22',
          max: '2026-11-21',
        },
      }),
      'messages[0].quickReply.items[0].action.min',
    ],
    [
      'a sender named after LINE',
      text({ sender: { name: 'LINE公式' } }),
      'messages[0].sender.name',
    ],
    ['an alternative text of 1,501', flex(bubble(box([])), long(1501)), 'messages[0].altText'],
    ['a button label of 41', inBody(button({ label: long(41) })), '/body/contents/0/action/label'],
    [
      'an address with a space',
      inBody(button({ type: 'uri', uri: 'https://example.com/a b' })),
      '/body/contents/0/action/uri',
    ],
    [
      'javascript as an address',
      inBody(button({ type: 'uri', uri: 'javascript:alert(1)' })),
      '/body/contents/0/action/uri',
    ],
    [
      'clipboard text of 1,001',
      inBody(button({ type: 'clipboard', clipboardText: long(1001) })),
      '/body/contents/0/action/clipboardText',
    ],
    [
      'a button in a baseline box',
      inBody(box([button({})], { layout: 'baseline' })),
      '/body/contents/0/contents/0',
    ],
    [
      'gravity on the baseline',
      inBody(box([text({ gravity: 'top' })], { layout: 'baseline' })),
      '/body/contents/0/contents/0/gravity',
    ],
    [
      'an icon in a column',
      inBody({ type: 'icon', url: 'https://example.com/a.png' }),
      '/body/contents/0',
    ],
    ['the spacer of old', inBody({ type: 'spacer' }), '/body/contents/0/type'],
    ['a property Flex does not have', inBody(text({ fontSize: 12 })), '/body/contents/0/fontSize'],
    ['a colour by name', inBody(text({ color: 'red' })), '/body/contents/0/color'],
    ['an empty text in a card', inBody(text({ text: '' })), '/body/contents/0/text'],
    ['spacing in percent', flex(bubble(box([], { spacing: '10%' }))), '/body/spacing'],
    [
      'a picture over http',
      inBody({ type: 'image', url: 'http://example.com/a.png' }),
      '/body/contents/0/url',
    ],
    [
      'a picture too high',
      inBody({ type: 'image', url: 'https://example.com/a.png', aspectRatio: '1:4' }),
      '/body/contents/0/aspectRatio',
    ],
    [
      'bubbles of two sizes',
      flex({ type: 'carousel', contents: [bubble(box([])), bubble(box([]), { size: 'kilo' })] }),
      '/contents/1',
    ],
    [
      '13 bubbles',
      flex({ type: 'carousel', contents: Array.from({ length: 13 }, () => bubble(box([]))) }),
      '/contents',
    ],
    [
      'a bubble over 30 kB',
      inBody(...Array.from({ length: 8 }, () => text({ text: long(2000) }))),
      '/',
    ],
    [
      'columns with different numbers of actions',
      {
        type: 'template',
        altText: 'a',
        template: {
          type: 'carousel',
          columns: [
            { text: 'a', actions: [action({})] },
            { text: 'a', actions: [action({}), action({})] },
          ],
        },
      },
      '/template',
    ],
  ])('%s', (_name, message, property) => {
    const cleaned: unknown = JSON.parse(JSON.stringify(message));
    expect([...new Set(faults(withoutText(cleaned)))]).toContain(property);
  });

  it("names the bad message among good ones, in LINE's words", () => {
    expect(checkMessages([text(), inBody(button({ label: '' }))])?.body).toEqual({
      message: 'A message (messages[1]) in the request body is invalid',
      details: [{ message: 'May not be empty', property: '/body/contents/0/action/label' }],
    });
    expect(checkMessages([text({ text: '' }), text({ text: long(5001) })])?.body).toEqual({
      message: 'The request body has 2 error(s)',
      details: [
        { message: 'May not be empty', property: 'messages[0].text' },
        { message: 'Length must be between 0 and 5000', property: 'messages[1].text' },
      ],
    });
  });
});

/** `action()` gives each action a text; only the message action may have one. */
function withoutText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutText);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withoutText(one)]),
  );
  if (['uri', 'clipboard'].includes(String(copy['type']))) delete copy['text'];
  return copy;
}

const openapi = new URL('../../../shared/line-openapi/messaging-api.yml', import.meta.url);

describe.skipIf(!existsSync(openapi))(
  "LINE's own schema (skipped where line-openapi is not at hand)",
  () => {
    type Schema = { properties?: Record<string, unknown>; allOf?: (Schema & { $ref?: string })[] };
    const { components } = (existsSync(openapi) ? parse(readFileSync(openapi, 'utf8')) : {}) as {
      components: { schemas: Record<string, Schema> };
    };

    function propertiesOf(name: string): string[] {
      const schema = components.schemas[name];
      const parts = [schema, ...(schema?.allOf ?? [])];
      return parts.flatMap((part) => Object.keys(part?.properties ?? {}));
    }

    it.each(Object.keys(knownProperties))('%s has the properties the check knows', (name) => {
      const theirs = new Set(['type', ...propertiesOf(name)]);
      expect(new Set(knownProperties[name])).toEqual(theirs);
    });
  },
);
