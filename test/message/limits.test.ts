import type { messagingApi } from '@line/bot-sdk';
import { describe, expect, test } from 'vitest';
import { violations } from '../../src/message/limits.ts';

type Json = Record<string, unknown>;
/** Messages as somebody might build them by mistake: the types of the SDK would not let most of them through. */
const broken = (...messages: Json[]): string[] =>
  violations(messages as unknown as messagingApi.Message[]).map(({ path }) => path);

const text = (more: Json = {}): Json => ({ type: 'text', text: 'はい', ...more });
const box = (contents: Json[], more: Json = {}): Json => ({
  type: 'box',
  layout: 'vertical',
  contents,
  ...more,
});
const bubble = (body: Json, more: Json = {}): Json => ({ type: 'bubble', body, ...more });
const flex = (contents: Json, more: Json = {}): Json => ({
  type: 'flex',
  altText: 'はい',
  contents,
  ...more,
});
const action = (inner: Json): Json => flex(bubble(box([box([], { action: inner })])));
const quick = (...actions: Json[]): Json =>
  text({ quickReply: { items: actions.map((one) => ({ type: 'action', action: one })) } });
const postback = (more: Json = {}): Json => ({
  type: 'postback',
  label: 'はい',
  data: 'x',
  ...more,
});
const part = (one: Json): Json => flex(bubble(box([one])));
const carousel = (...contents: Json[]): Json => flex({ type: 'carousel', contents });
const long = (length: number): string => 'あ'.repeat(length);

describe('what LINE takes', () => {
  test.each<[string, Json]>([
    ['a text of 5,000', text({ text: long(5000) })],
    ['an altText of 1,500', flex(bubble(box([])), { altText: long(1500) })],
    ['13 quick replies', quick(...Array.from({ length: 13 }, () => postback()))],
    ['postback data of 300', action(postback({ data: long(300) }))],
    ['a copied text of 1,000', action({ type: 'clipboard', clipboardText: long(1000) })],
    ['a number to dial', action({ type: 'uri', uri: 'tel:%239110' })],
    [
      'a picker in its range',
      quick({
        type: 'datetimepicker',
        label: '日時',
        data: 'x',
        mode: 'datetime',
        min: '2026-11-01T00:00',
        initial: '2026-11-02T10:00',
        max: '2026-12-31T23:59',
      }),
    ],
    ['sizes in px', part({ type: 'text', text: 'a', size: '20px', lineSpacing: '4px' })],
    ['percentages of width', part(box([], { width: '50%', paddingAll: '5%' }))],
    ['a baseline box of texts', part(box([{ type: 'text', text: 'a' }], { layout: 'baseline' }))],
    ['spans', part({ type: 'text', contents: [{ type: 'span', text: 'a' }] })],
  ])('%s', (_name, message) => {
    expect(broken(message)).toEqual([]);
  });
});

describe('what LINE refuses', () => {
  test.each<[string, Json, string]>([
    ['a text of 5,001', text({ text: long(5001) }), 'messages[0].text'],
    ['emoji counted as two', text({ text: '🍎'.repeat(2501) }), 'messages[0].text'],
    ['an empty text', text({ text: '' }), 'messages[0].text'],
    ['a blank text', text({ text: ' \n' }), 'messages[0].text'],
    ['half an emoji', text({ text: 'a\ud83c' }), 'messages[0].text'],
    ['an unknown kind', { type: 'sticker' }, 'messages[0].type'],
    ['an unknown property', text({ color: 'red' }), 'messages[0].color'],
    ['an altText of 1,501', flex(bubble(box([])), { altText: long(1501) }), 'messages[0].altText'],
    ['no altText', { type: 'flex', contents: bubble(box([])) }, 'messages[0].altText'],
    [
      '14 quick replies',
      quick(...Array.from({ length: 14 }, () => postback())),
      'messages[0].quickReply.items',
    ],
    ['no quick replies', text({ quickReply: { items: [] } }), 'messages[0].quickReply.items'],
    [
      'a quick reply label of 21',
      quick(postback({ label: long(21) })),
      'messages[0].quickReply.items[0].action.label',
    ],
    [
      'a quick reply without label',
      quick({ type: 'postback', data: 'x' }),
      'messages[0].quickReply.items[0].action.label',
    ],
    [
      'the old text of a postback',
      quick(postback({ text: 'x' })),
      'messages[0].quickReply.items[0].action.text',
    ],
    [
      'a rich menu switch outside a rich menu',
      quick({ type: 'richmenuswitch', label: 'x', data: 'x' }),
      'messages[0].quickReply.items[0].action.type',
    ],
  ])('%s', (_name, message, path) => {
    expect(broken(message)).toContain(path);
  });

  const at = 'messages[0].contents.body.contents[0]';
  test.each<[string, Json, string]>([
    ['a label of 41', postback({ label: long(41) }), 'label'],
    ['data of 301', postback({ data: long(301) }), 'data'],
    ['no data', postback({ data: '' }), 'data'],
    ['a displayText of 301', postback({ displayText: long(301) }), 'displayText'],
    ['fillInText without keyboard', postback({ fillInText: 'x' }), 'fillInText'],
    ['an empty copy', { type: 'clipboard', clipboardText: '' }, 'clipboardText'],
    ['a copy of 1,001', { type: 'clipboard', clipboardText: long(1001) }, 'clipboardText'],
    ['a message of 301', { type: 'message', text: long(301) }, 'text'],
    ['a uri of 1,001', { type: 'uri', uri: `https://a.jp/${'a'.repeat(988)}` }, 'uri'],
    ['a mailto link', { type: 'uri', uri: 'mailto:a@b.jp' }, 'uri'],
    ['script in a link', { type: 'uri', uri: 'javascript:alert(1)' }, 'uri'],
    ['Japanese in a link', { type: 'uri', uri: 'https://a.jp/あ' }, 'uri'],
    ['a camera outside quick replies', { type: 'camera', label: 'x' }, 'type'],
    [
      'a date with time',
      { type: 'datetimepicker', data: 'x', mode: 'date', min: '2026-11-01T00:00' },
      'min',
    ],
    [
      'a date before 1900',
      { type: 'datetimepicker', data: 'x', mode: 'date', min: '1899-12-31' },
      'min',
    ],
    ['24 o’clock', { type: 'datetimepicker', data: 'x', mode: 'time', max: '24:00' }, 'max'],
    [
      'min after max',
      { type: 'datetimepicker', data: 'x', mode: 'time', min: '10:00', max: '09:00' },
      'min',
    ],
    [
      'a start outside',
      { type: 'datetimepicker', data: 'x', mode: 'time', initial: '08:00', min: '09:00' },
      'initial',
    ],
  ])('in an action: %s', (_name, inner, key) => {
    expect(broken(action(inner))).toContain(`${at}.action.${key}`);
  });

  test.each<[string, Json, string]>([
    ['an unknown size', { type: 'text', text: 'a', size: 'huge' }, 'size'],
    ['a size in %', { type: 'text', text: 'a', size: '50%' }, 'size'],
    ['an unknown weight', { type: 'text', text: 'a', weight: 'heavy' }, 'weight'],
    ['a colour by name', { type: 'text', text: 'a', color: 'red' }, 'color'],
    ['a short colour', { type: 'text', text: 'a', color: '#fff' }, 'color'],
    ['an empty text', { type: 'text', text: '' }, 'text'],
    ['a text of 2,001', { type: 'text', text: long(2001) }, 'text'],
    ['a line break without wrap', { type: 'text', text: 'a\nb' }, 'wrap'],
    ['half a line', { type: 'text', text: 'a', maxLines: 1.5 }, 'maxLines'],
    ['a margin in %', { type: 'separator', margin: '5%' }, 'margin'],
    ['an unknown property', { type: 'text', text: 'a', colour: '#000000' }, 'colour'],
    ['a box without contents', { type: 'box', layout: 'vertical' }, 'contents'],
    ['a box without layout', { type: 'box', contents: [] }, 'layout'],
    ['an unknown layout', box([], { layout: 'grid' }), 'layout'],
    ['an old spacer', { type: 'spacer' }, 'type'],
    [
      'a button in a baseline box',
      box([{ type: 'button', action: postback() }], { layout: 'baseline' }),
      'contents[0].type',
    ],
    [
      'gravity in a baseline box',
      box([{ type: 'text', text: 'a', gravity: 'top' }], { layout: 'baseline' }),
      'contents[0].gravity',
    ],
    ['a span outside a text', { type: 'span', text: 'a' }, 'type'],
    [
      'a button without label',
      { type: 'button', action: { type: 'uri', uri: 'tel:188' } },
      'action.label',
    ],
    [
      'a button label of 41',
      { type: 'button', action: postback({ label: long(41) }) },
      'action.label',
    ],
  ])('in a bubble: %s', (_name, component, key) => {
    expect(broken(part(component))).toContain(`${at}.${key}`);
  });

  test('a bubble of an unknown size', () => {
    expect(broken(flex(bubble(box([]), { size: 'tera' })))).toContain('messages[0].contents.size');
  });

  test('a bubble of more than 30,000 bytes', () => {
    const texts = Array.from({ length: 11 }, () => ({ type: 'text', text: long(1000) }));
    expect(broken(flex(bubble(box(texts))))).toEqual(['messages[0].contents']);
  });

  test('a carousel of more than 50,000 bytes, of 13 bubbles, or of several sizes', () => {
    const wide = bubble(
      box([
        { type: 'text', text: long(2000) },
        { type: 'text', text: long(2000) },
      ]),
    );
    expect(broken(carousel(wide, wide, wide, wide, wide))).toEqual(['messages[0].contents']);
    const small = bubble(box([]));
    expect(broken(carousel(...Array.from({ length: 13 }, () => small)))).toEqual([
      'messages[0].contents.contents',
    ]);
    expect(broken(carousel(small, { ...small, size: 'giga' }))).toEqual([
      'messages[0].contents.contents',
    ]);
    expect(broken(carousel(small, { ...small, size: 'mega' }))).toEqual([]);
  });

  test('six messages, or none', () => {
    expect(broken(...Array.from({ length: 6 }, () => text()))).toEqual(['messages']);
    expect(broken()).toEqual(['messages']);
  });

  test('what is reported holds no words of the message', () => {
    const found = violations([
      text({ text: `ひみつ${long(5000)}` }),
    ] as unknown as messagingApi.Message[]);
    expect(JSON.stringify(found)).not.toContain('ひみつ');
  });
});
