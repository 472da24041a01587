import { expect, it } from 'vitest';
import { createLog, hashId } from '../src/log.ts';

const hana = `U${'1'.repeat(32)}`;

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(
    createLog({
      level: 'trace',
      salt: 'pepper',
      destination: { write: (line) => void lines.push(line) },
    }),
  );
  return lines.join('');
}

it('writes JSON with the time, the level and a hash in place of the user', () => {
  const line = JSON.parse(logged((log) => log.info({ owner: hana, attempt: 2 }, 'hello')));
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    owner: hashId('pepper', hana),
    attempt: 2,
    msg: 'hello',
  });
});

it('names a user the same with the same salt only', () => {
  expect(hashId('pepper', hana)).toMatch(/^[0-9a-f]{12}$/);
  expect(hashId('pepper', hana)).toBe(hashId('pepper', hana));
  expect(hashId('salt', hana)).not.toBe(hashId('pepper', hana));
});

it('keeps words, tokens and ids out wherever they stand', () => {
  const event = { owner: hana, replyToken: 'tok-1', body: { kind: 'text', text: 'ひみつ' } };
  const line = logged((log) => {
    log.info({ event, text: 'ひみつ', channelSecret: 'tok-1' }, `about ${hana}`);
    log.child({ userId: hana }).warn({ headers: { authorization: 'Bearer tok-1' } });
    log.error({ messages: [{ text: 'ひみつ' }], job: { state: 'ひみつ' } });
  });
  expect(line).not.toMatch(/ひみつ|tok-1|U1{32}/);
  expect(line).toContain(hashId('pepper', hana));
});

it.each([
  'text',
  'data',
  'body',
  'messages',
  'state',
  'replyToken',
  'accessToken',
  'channelAccessToken',
  'channelSecret',
  'channelSecrets',
  'authorization',
  'Authorization',
])('says nothing of what is called %s', (name) => {
  const line = logged((log) => {
    log.info({ [name]: 'ひみつ' });
    log.info({ any: { [name]: ['ひみつ'] } });
  });
  expect(line).not.toContain('ひみつ');
});

it('says nothing of a message of LINE, nor to whom it goes', () => {
  const line = logged((log) => log.info({ message: 'ひみつ', to: hana, owner: 5 }));
  expect(line).not.toContain('ひみつ');
  expect(JSON.parse(line)).toMatchObject({ to: hashId('pepper', hana) });
  expect(JSON.parse(line)).not.toHaveProperty('owner');
});

it('keeps of an error what helps to mend it, and nothing that was given to it', () => {
  const cause = Object.assign(new Error('connection lost'), { code: 'ECONNRESET' });
  const error = Object.assign(new Error(`no mail for ${hana}`, { cause }), {
    command: { name: 'set', args: ['ひみつ'] },
  });
  const line = logged((log) => log.error({ err: error }, 'oops'));
  expect(JSON.parse(line).err).toMatchObject({
    type: 'Error',
    message: 'no mail for [id]',
    at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
    cause: { code: 'ECONNRESET', message: 'connection lost' },
  });
  expect(line).not.toContain('ひみつ');
});

it('keeps no more of an error than helps, were it thrown as a text, endless or its own cause', () => {
  const endless = new Error('x'.repeat(10_000));
  endless.cause = endless;
  const line = logged((log) => {
    log.error({ err: 'ひみつ' }, 'oops');
    log.error({ err: endless }, 'oops');
  });
  expect(line).not.toContain('ひみつ');
  expect(line.length).toBeLessThan(10_000);
});

it('masks the ids of groups and rooms as those of users', () => {
  const ids = ['U', 'C', 'R'].map((letter) => letter + '2'.repeat(32));
  expect(logged((log) => log.info(`about ${ids.join()}`))).toContain('about [id],[id],[id]');
});

it('does not repeat what the JSON parser could not read', () => {
  let broken: unknown;
  try {
    JSON.parse('ひみつ');
  } catch (error) {
    broken = error;
  }
  const line = logged((log) => log.error({ err: broken }, 'oops'));
  expect(line).toContain('SyntaxError');
  expect(line).not.toContain('ひみつ');
});

it("takes no error's message for words of its own, where a line has none", () => {
  let broken: unknown;
  try {
    JSON.parse('ひみつ');
  } catch (error) {
    broken = error;
  }
  const line = logged((log) => {
    log.error({ err: broken });
    log.error(broken);
    log.child({ attempt: 2 }).error({ err: broken });
  });
  expect(line.split('SyntaxError')).toHaveLength(4);
  expect(line).not.toContain('ひみつ');
});
