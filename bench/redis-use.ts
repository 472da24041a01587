import { Redis } from 'ioredis';

type RedisUse = {
  cpuMicros: number;
  /** Without what clients' buffers and the log on disk take for the moment. */
  dataBytes: number;
};

export type RedisGauge = { read(): Promise<RedisUse>; close(): void };

/** Reads what a Redis has used so far, from its own counters. */
export function openRedisGauge(url: string): RedisGauge {
  const redis = new Redis(url);
  return {
    async read() {
      const info = await redis.info();
      const field = (name: string): number =>
        Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0);
      const seconds = field('used_cpu_sys') + field('used_cpu_user');
      return {
        cpuMicros: Math.round(seconds * 1e6),
        dataBytes: field('used_memory') - field('mem_clients_normal') - field('mem_aof_buffer'),
      };
    },
    close: () => redis.disconnect(),
  };
}
