import { describe, expect, it } from 'vitest';
import { readLineEvent } from '../../src/webhook/line-event.ts';
import { translate } from '../../src/webhook/translate.ts';
import { groupId, lineEvent, roomId, textMessage, userId } from './line-events.ts';

const receivedMs = 1_800_000_000_500;

function translated(event: object) {
  const read = readLineEvent(event);
  return read.kind === 'event' ? translate(read.event, receivedMs) : read.kind;
}
const bodyOf = (event: object) => {
  const result = translated(event);
  return typeof result === 'object' ? result.body : result;
};
const inGroup = { source: { type: 'group', groupId, userId } };

describe('in a one-to-one chat', () => {
  it('a text keeps its words, ids and both times', () => {
    expect(translated(lineEvent('message', { message: textMessage('届きません') }))).toEqual({
      id: '01J00000000000000000000001',
      owner: userId,
      timestampMs: 1_800_000_000_000,
      receivedMs,
      replyToken: 'nHuyWiB7yP5Zw52FIkcQobQuGDXCTA',
      body: { kind: 'text', messageId: '444', text: '届きません' },
    });
  });

  it('a text longer than LINE takes is cut', () => {
    const message = textMessage(`${'あ'.repeat(4999)}😀い`);
    expect(bodyOf(lineEvent('message', { message }))).toMatchObject({ text: 'あ'.repeat(4999) });
  });

  it.each(['sticker', 'image', 'video', 'audio', 'file', 'location'])('a %s is media', (type) => {
    const message = { id: '444', type, keywords: ['x'], fileName: 'order.pdf' };
    expect(bodyOf(lineEvent('message', { message }))).toEqual({
      kind: 'media',
      messageId: '444',
      media: type,
    });
  });

  it('a kind of message that LINE has added since is media of an unknown kind', () => {
    const message = { id: '444', type: 'hologram' };
    expect(bodyOf(lineEvent('message', { message }))).toMatchObject({ media: 'unknown' });
  });

  it.each([
    [{ date: '2026-12-03' }, '2026-12-03'],
    [{ time: '10:30' }, '10:30'],
    [{ datetime: '2026-12-03T10:30' }, '2026-12-03T10:30'],
    [{ newRichMenuAliasId: 'b', status: 'SUCCESS' }, undefined],
    [{ datetime: 'x'.repeat(1000) }, undefined],
    [undefined, undefined],
  ])('a postback with %j', (params, picked) => {
    const event = lineEvent('postback', { postback: { data: 'd=menu', params } });
    expect(bodyOf(event)).toEqual({
      kind: 'postback',
      data: 'd=menu',
      ...(picked === undefined ? {} : { picked }),
    });
  });

  it.each([
    ['cut through an emoji', `${'a'.repeat(299)}😀`, 'a'.repeat(299)],
    ['with half an emoji', 'a\uD83E', 'a\uFFFD'],
  ])('a postback %s is whole: Redis refuses halves', (_name, data, kept) => {
    const params = { date: '\uD83E' };
    expect(bodyOf(lineEvent('postback', { postback: { data, params } }))).toEqual({
      kind: 'postback',
      data: kept,
      picked: '\uFFFD',
    });
  });

  it('a friend who comes back is greeted as one', () => {
    expect(bodyOf(lineEvent('follow', { follow: { isUnblocked: true } }))).toEqual({
      kind: 'follow',
      returning: true,
    });
    expect(bodyOf(lineEvent('follow', {}))).toEqual({ kind: 'follow', returning: false });
  });

  it('a block and a message taken back are told', () => {
    expect(bodyOf(lineEvent('unfollow', { replyToken: undefined }))).toEqual({ kind: 'unfollow' });
    const unsend = lineEvent('unsend', { unsend: { messageId: '444' } });
    expect(bodyOf(unsend)).toEqual({ kind: 'unsend', messageId: '444' });
  });
});

describe('in a group or room', () => {
  it('being invited or mentioned is being addressed', () => {
    const mention = { mentionees: [{ type: 'all' }, { type: 'user', userId, isSelf: true }] };
    const mentioning = lineEvent('message', {
      ...inGroup,
      message: textMessage('@窓口 ねえ', { mention }),
    });
    expect(bodyOf(mentioning)).toEqual({ kind: 'group', addressed: true });
    expect(translated(lineEvent('join', { source: { type: 'room', roomId } }))).toMatchObject({
      owner: roomId,
      body: { kind: 'group', addressed: true },
    });
  });

  it('a mention of somebody else is none of the bot', () => {
    const mention = { mentionees: [{ type: 'all' }, { type: 'user', userId, isSelf: false }] };
    const mentioning = textMessage('@はな ねえ', { mention });
    expect(bodyOf(lineEvent('message', { ...inGroup, message: mentioning }))).toEqual({
      kind: 'group',
      addressed: false,
    });
  });

  it('what others say to each other is nobody’s business: not a word is kept', () => {
    const event = translated(lineEvent('message', { ...inGroup, message: textMessage('ひみつ') }));
    expect(event).toMatchObject({ owner: groupId, body: { kind: 'group', addressed: false } });
    expect(JSON.stringify(event)).not.toMatch(/ひみつ|U1/);
  });

  it('being sent away is being blocked by the whole group', () => {
    expect(translated(lineEvent('leave', inGroup))).toMatchObject({
      owner: groupId,
      body: { kind: 'unfollow' },
    });
  });
});

describe('silence', () => {
  const message = textMessage('こんにちは');
  it.each([
    ['when another channel holds the chat', lineEvent('message', { mode: 'standby', message })],
    ['for a user without an id', lineEvent('message', { source: { type: 'user' }, message })],
    [
      'for an id that is none',
      lineEvent('message', { source: { type: 'user', userId: 'U1:x' }, message }),
    ],
    [
      'for a group id where a user id belongs',
      lineEvent('follow', { source: { type: 'user', userId: groupId } }),
    ],
    [
      'for a group with an id that is none',
      lineEvent('join', { source: { type: 'group', groupId: 'C1:x' } }),
    ],
    [
      'for a user id where the id of a room belongs',
      lineEvent('join', { source: { type: 'room', roomId: userId } }),
    ],
    ['for no source', lineEvent('message', { source: undefined, message })],
    ['for a source of a new kind', lineEvent('message', { source: { type: 'planet' }, message })],
    ['for the old made-up token', lineEvent('message', { replyToken: '0'.repeat(32), message })],
    ['for the other made-up token', lineEvent('message', { replyToken: 'f'.repeat(32), message })],
    [
      'for the old made-up user',
      lineEvent('message', {
        source: { type: 'user', userId: `U${'deadbeef'.repeat(4)}` },
        message,
      }),
    ],
    [
      'for a message taken back in a group',
      lineEvent('unsend', { ...inGroup, unsend: { messageId: '1' } }),
    ],
  ])('%s', (_name, event) => {
    expect(translated(event)).toBeUndefined();
  });

  it('is kept in standby, but what must be forgotten is forgotten', () => {
    expect(bodyOf(lineEvent('unfollow', { mode: 'standby' }))).toEqual({ kind: 'unfollow' });
    const unsend = lineEvent('unsend', { mode: 'standby', unsend: { messageId: '444' } });
    expect(bodyOf(unsend)).toEqual({ kind: 'unsend', messageId: '444' });
  });
});

describe('reading loosely', () => {
  it('fields of another type than documented are left out where they are not needed', () => {
    const event = lineEvent('message', {
      mode: 7,
      timestamp: 'yesterday',
      replyToken: { a: 1 },
      deliveryContext: null,
      message: textMessage('はい', { mention: { mentionees: 'all' }, quoteToken: 5 }),
    });
    expect(translated(event)).toMatchObject({ timestampMs: receivedMs, body: { text: 'はい' } });
    expect(translated(event)).not.toHaveProperty('replyToken');
  });

  it.each([
    ['nothing', null],
    ['a text', 'message'],
    ['no type', {}],
    ['no id', lineEvent('message', { webhookEventId: undefined, message: textMessage('a') })],
    ['an id that is no key', lineEvent('follow', { webhookEventId: 'a b\n' })],
    ['an id without end', lineEvent('follow', { webhookEventId: 'a'.repeat(201) })],
    ['a message without content', lineEvent('message', {})],
    ['a postback without data', lineEvent('postback', { postback: {} })],
    ['an unsend of nothing', lineEvent('unsend', { unsend: { messageId: '' } })],
  ])('%s is broken', (_name, value) => {
    expect(readLineEvent(value).kind).toBe('broken');
  });

  it.each([
    ['beacon', 'beacon'],
    ['messageEdited', 'messageEdited'],
    ['teleport', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
  ])('an event of type %s is ignored and counted as %s', (type, label) => {
    expect(readLineEvent(lineEvent(type, {}))).toEqual({ kind: 'ignored', type: label });
  });
});
