import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
const compose = read('docker-compose.yml');
const offered = Object.fromEntries(
  [...read('.env.example').matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
    name,
    value,
  ]),
);

test('whatever docker compose takes from .env is offered in .env.example, switched off', () => {
  const taken = new Set([...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));
  expect(Object.keys(offered).toSorted()).toEqual([...taken, 'COMPOSE_PROFILES'].toSorted());
});

test('any docker compose up keeps as many bots as .env says, each with a port', () => {
  const { bot } = (parse(compose) as { services: { bot: { scale: string; ports: string[] } } })
    .services;
  expect(bot.scale).toBe('${BOTS:-1}');
  expect(bot.ports).toEqual(['127.0.0.1:${HOST_PORT:-3000}:3000']);
  const [from, to] = offered['HOST_PORT']?.split('-').map(Number) ?? [];
  expect(Number(to) - Number(from) + 1).toBe(Number(offered['BOTS']));
});
