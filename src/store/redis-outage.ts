import { ConfigError } from '../config.ts';
import { StoreUnavailable } from './errors.ts';

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

/** Answers of Redis that say "not now" rather than "your script is wrong". */
const notNow =
  /^(?:LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|MASTERAUTH|TRYAGAIN|OOM|MISCONF|BUSY|NOREPLICAS|UNKILLABLE|MOVED|ASK)\b/;

/** Redis takes nothing new for want of memory, and works on with what it has. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('OOM');
}

/** What Redis says to a user that lacks a right. */
export function lacksRight(message: string): boolean {
  return /\bNOPERM\b/.test(message);
}

/** What the bot's user of Redis must be allowed, as ACL SETUSER takes it; docs/scaling.md says what each is for. */
export const rightsNeeded = '~madoguchi:* &madoguchi:* +@all -@dangerous +info';

/** For the operator. `message`: what Redis said. */
export function missingRight(message: string): string {
  return `設定 REDIS_URL: Redis のユーザーに足りない権限があります(${message})。ACL SETUSER で ${rightsNeeded} を許してください(docs/scaling.md)。`;
}

/** The error a caller of the store gets: StoreUnavailable, ConfigError, or what it was when it is a bug of ours. */
export function explain(error: unknown): unknown {
  withoutArguments(error);
  if (error instanceof StoreUnavailable || !(error instanceof Error)) return error;
  if (lacksRight(error.message))
    return new ConfigError([missingRight(error.message)], { cause: error });
  return error.name === 'ReplyError' && !notNow.test(error.message)
    ? error
    : unavailable(error.message, error);
}

function unavailable(reason: string, cause?: Error): StoreUnavailable {
  return new StoreUnavailable(
    `Redis を使えません(${reason})。Redis の状態を確かめてください。つながり次第、自動で再開します。`,
    { cause },
  );
}
