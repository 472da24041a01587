import { createHash, randomBytes } from 'node:crypto';
import { type DestinationStream, type LogFn, type Logger, destination as stdout, pino } from 'pino';

export type Log = Logger;

/**
 * A JSON logger that cannot tell who wrote what: `owner`, `userId` and `to` are logged as a salted hash, keys that
 * hold words or secrets are censored, errors lose everything but kind, code and place, and whatever still looks like
 * a LINE id in the finished line is masked.
 *
 * `salt`: without one, hashes of different starts cannot be compared. `destination`: stdout, buffered while a write
 * is under way and flushed at exit, unless given.
 */
export function createLog({ level, salt = randomSalt(), destination = output() }: Options): Log {
  const hash = (value: unknown) => (typeof value === 'string' ? hashId(salt, value) : undefined);
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { owner: hash, userId: hash, to: hash, err: plainError },
      redact: {
        paths: ['message', ...secretKeys, ...secretKeys.map((key) => `*.${key}`)],
        censor: '[伏字]',
      },
      hooks: { streamWrite: maskIds, logMethod: onlyOurWords },
    },
    destination,
  );
}

type Options = {
  level: string;
  salt?: string | undefined;
  destination?: DestinationStream;
};

/** A short name for a user, group or room in logs: 12 hex digits, the same for the same salt. */
export function hashId(salt: string, id: string): string {
  return createHash('sha256').update(salt).update('\0').update(id).digest('hex').slice(0, 12);
}

const secretKeys = [
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
];

type PlainError = {
  type: string;
  code?: string;
  message: string;
  at: string[];
  cause?: PlainError;
};

/**
 * Errors of libraries carry what they were given (ioredis: the command's arguments), and those of the JSON parser
 * quote it. So only kind, code, message and place are kept, and of a SyntaxError not even the message.
 */
function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', at: [] };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: error instanceof SyntaxError ? '' : error.message.slice(0, 500),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 10)
      .map((line) => line.trim()),
    ...(error.cause === undefined || depth === 3
      ? {}
      : { cause: plainError(error.cause, depth + 1) }),
  };
}

/** Without words of ours pino takes the error's own message, whole. */
function onlyOurWords(this: Log, args: Parameters<LogFn>, method: LogFn): void {
  const [first, words] = args as unknown[];
  if (typeof first === 'object' && words === undefined) method.call(this, first, '');
  else method.apply(this, args);
}

function maskIds(line: string): string {
  return line.replace(/[UCR][0-9a-f]{32}/g, '[id]');
}

function randomSalt(): string {
  return randomBytes(16).toString('hex');
}

function output(): DestinationStream {
  // A line is written within a tenth of a second. Under load many go out at once: a tenth of the CPU of an event.
  return stdout({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 });
}
