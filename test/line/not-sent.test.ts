import { expect, it } from 'vitest';
import { notSent } from '../../src/line/not-sent.ts';

const error = (facts: object) => Object.assign(new Error('it failed'), facts);
const refused = error({ code: 'ECONNREFUSED', syscall: 'connect' });

it.each([
  ['a refused connection', refused, true],
  ['a connection that took too long', error({ code: 'UND_ERR_CONNECT_TIMEOUT' }), true],
  ['a name that is not known', error({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), true],
  ['a certificate that does not fit', error({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), true],
  ['every address refused', new AggregateError([refused, refused]), true],
  ['one address reset', new AggregateError([refused, error({ code: 'ECONNRESET' })]), false],
  ['a reset', error({ code: 'ECONNRESET', syscall: 'read' }), false],
  ['a socket closed by the other side', error({ code: 'UND_ERR_SOCKET' }), false],
  ['a timeout of the answer', error({ code: 'UND_ERR_HEADERS_TIMEOUT' }), false],
  ['something that is no error', 'oops', false],
])('%s', (_name, thrown, expected) => {
  expect(notSent(thrown)).toBe(expected);
});
