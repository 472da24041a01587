import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

type RedisUse = {
  cpuMicros: number;
  /** Without what clients' buffers and the log on disk take for the moment. */
  dataBytes: number;
};

export type RedisGauge = {
  read(): Promise<RedisUse>;
  /** Resolves when its log on disk is written anew no more: that copies all its memory. */
  quiet(): Promise<void>;
  close(): void;
};

/** Reads what a Redis has used so far, from its own counters. */
export function openRedisGauge(url: string): RedisGauge {
  const redis = new Redis(url);

  async function look(): Promise<(name: string) => number> {
    const info = await redis.info();
    return (name) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0);
  }

  return {
    async read() {
      const field = await look();
      const seconds = field('used_cpu_sys') + field('used_cpu_user');
      return {
        cpuMicros: Math.round(seconds * 1e6),
        dataBytes: field('used_memory') - field('mem_clients_normal') - field('mem_aof_buffer'),
      };
    },
    async quiet() {
      for (;;) {
        const field = await look();
        if (field('aof_rewrite_in_progress') + field('aof_rewrite_scheduled') === 0) return;
        await sleep(500);
      }
    },
    close: () => redis.disconnect(),
  };
}
