import { ConfigError } from '../config.ts';
import { StoreUnavailable } from './errors.ts';

/** One node of a cluster that hangs does not keep a bot from starting. */
export const nodeWithinMs = 3000;

/** Rejects with StoreUnavailable when there is no answer within `ms`. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(unavailable(`no answer within ${ms} ms`));
    const timer = setTimeout(late, ms);
    void promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** ioredis hangs a command's arguments on its errors: users' texts, which no log may have. */
export function withoutArguments(error: unknown): unknown {
  if (typeof error === 'object' && error !== null) {
    Reflect.deleteProperty(error, 'command');
    // A cluster's error carries the one of the node it asked last.
    withoutArguments(Reflect.get(error, 'lastNodeError'));
  }
  return error;
}

/**
 * Answers of Redis that say "not now" rather than "your script is wrong". NOSCRIPT: it was told to forget all scripts,
 * just between the two times that ioredis sends ours.
 */
const notNow =
  /^(?:LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|MASTERAUTH|TRYAGAIN|OOM|MISCONF|BUSY|NOREPLICAS|UNKILLABLE|MOVED|ASK|NOSCRIPT)\b/;

/** Redis takes nothing new for want of memory, and works on with what it has. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('OOM');
}

/** What Redis says to a user that lacks a right: NOPERM, and 7.0 in a script only the sentence. */
export function lacksRight(message: string): boolean {
  return /\bNOPERM\b|\bThe user executing the script\b/.test(message);
}

/** What the bot's user of Redis must be allowed, as ACL SETUSER takes it; docs/scaling.md says what each is for. */
export const rightsNeeded = '~madoguchi:* &madoguchi:* +@all -@dangerous +info';

/** For the operator. `message`: what Redis said. */
export function missingRight(message: string): string {
  return `設定 REDIS_URL: Redis のユーザーに足りない権限があります(${message})。ACL SETUSER で ${rightsNeeded} を許してください(docs/scaling.md)。`;
}

/**
 * The error a caller of the store gets: StoreUnavailable, or what it was when it is a bug of ours. What has been explained
 * stays as it is. A right that is taken away is an outage: whoever holds an answer that was said waits for it.
 */
export function explain(error: unknown): unknown {
  withoutArguments(error);
  if (
    !(error instanceof Error) ||
    error instanceof StoreUnavailable ||
    error instanceof ConfigError
  )
    return error;
  if (lacksRight(error.message))
    return new StoreUnavailable(`${missingRight(error.message)}許されれば、自動で再開します。`, {
      cause: error,
    });
  return error.name === 'ReplyError' && !notNow.test(error.message)
    ? error
    : unavailable(error.message, error);
}

/** The same for what is asked for once: a right that is missing then is no outage that ends. */
export function explainOnce(error: unknown): unknown {
  return error instanceof Error && lacksRight(error.message)
    ? new ConfigError([missingRight(error.message)], { cause: withoutArguments(error) })
    : explain(error);
}

function unavailable(reason: string, cause?: Error): StoreUnavailable {
  return new StoreUnavailable(
    `Redis を使えません(${reason})。Redis の状態を確かめてください。つながり次第、自動で再開します。`,
    { cause },
  );
}
