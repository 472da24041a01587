import type { DatabaseSync } from 'node:sqlite';
import type { Event } from '../dialog/event.ts';
import { StoreUnavailable } from './errors.ts';
import type { Accepted, Store } from './store.ts';

type Waiting = {
  events: readonly Event[];
  resolve: (accepted: Accepted) => void;
  reject: (error: unknown) => void;
};

/**
 * 'durable' waits for the disk: what came from outside must survive a power cut. 'quick' leaves that to the system,
 * which a dead process does not harm; a durable one takes all quick ones before it along.
 */
export function createTransactions(db: DatabaseSync) {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const end = db.prepare('COMMIT');
  let mode: string | undefined;
  return <T>(wanted: 'durable' | 'quick', work: () => T): T => {
    try {
      if (mode !== wanted)
        db.exec(`PRAGMA synchronous = ${wanted === 'durable' ? 'FULL' : 'NORMAL'}`);
      mode = wanted;
      begin.run();
      const result = work();
      end.run();
      return result;
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
      throw explain(error);
    }
  };
}

/** All that is accepted within one turn of the event loop shares a transaction, and so one wait for the disk. */
export function groupAccepts(
  keep: (batch: readonly (readonly Event[])[]) => Accepted[],
  kept: () => void,
): Store['accept'] {
  let waiting: Waiting[] = [];
  function flush(): void {
    const batch = waiting;
    waiting = [];
    try {
      const accepted = keep(batch.map(({ events }) => events));
      batch.forEach(({ resolve }, i) => resolve(accepted[i] ?? { accepted: 0, duplicates: 0 }));
      kept();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  return (events) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ events, resolve, reject }) === 1) setImmediate(flush);
    });
}

/** Locked, full, unreadable or closed is the file's trouble; anything else is a bug of ours. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  const [code, errcode] = [Reflect.get(error, 'code'), Reflect.get(error, 'errcode')];
  const constraint = typeof errcode === 'number' && errcode % 256 === 19;
  if ((code !== 'ERR_SQLITE_ERROR' && code !== 'ERR_INVALID_STATE') || constraint) return error;
  return new StoreUnavailable(
    `SQLite のファイルを使えません(${error.message})。ディスクの空きと、ほかのプロセスが使っていないかを確かめてください。`,
    { cause: error },
  );
}
