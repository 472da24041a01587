import { Cluster, type Redis } from 'ioredis';
import { closeClient, duplicateToListen } from './redis-connect.ts';
import { explainOnce } from './redis-outage.ts';

/**
 * Calls `onMail` for each owner that a script has queued, of whatever process: they announce it on `channel`, which a
 * cluster carries to every node. What is not heard, because the connection or a right is missing, is found `lookAfterMs`
 * later at most.
 */
export function listenForMail(
  client: Redis | Cluster,
  { channel, onMail, onError }: ListenOptions,
): { close: () => Promise<void> } {
  const listener = client instanceof Cluster ? client : duplicateToListen(client);
  listener.on('message', onMail);
  const subscribe = (): void => {
    listener.subscribe(channel).catch((error: unknown) => onError(explainOnce(error)));
  };
  if (listener instanceof Cluster) {
    subscribe();
    return { close: async () => void (await listener.unsubscribe(channel).catch(() => {})) };
  }
  listener.on('error', onError);
  listener.on('ready', subscribe);
  listener.connect().catch(onError);
  return { close: async () => closeClient(listener) };
}

type ListenOptions = {
  channel: string;
  onMail: () => void;
  onError: (error: unknown) => void;
};
