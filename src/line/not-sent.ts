/** TLS said no before a byte of the request was written. */
const tlsRefused = /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * Whether the request certainly never left: the connection was not made. Everything else (reset, timeout, a broken
 * answer) may have reached LINE.
 */
export function notSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Several addresses were tried: all of them must have failed to connect.
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every(notSent);
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return (
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    (typeof code === 'string' && tlsRefused.test(code))
  );
}

/** The system's or the library's own code, such as ENOTFOUND: names a kind of fault and never holds an address. */
export function causeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  const [first] = error instanceof AggregateError ? (error.errors as { code?: unknown }[]) : [];
  return typeof first?.code === 'string' ? first.code : 'connection failed';
}
