import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigError, loadConfig, readConfig, settings } from '../src/config.ts';

const keys = { LINE_CHANNEL_SECRET: 'first-secret', LINE_CHANNEL_ACCESS_TOKEN: 'the-token' };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  it('have sensible values without any', () => {
    expect(readConfig({})).toEqual({
      mode: 'try',
      production: false,
      port: 3000,
      host: undefined,
      logLevel: 'info',
      logSalt: undefined,
      redisUrl: undefined,
      sqlitePath: 'data/madoguchi.sqlite',
      quietHours: { fromHour: 22, toHour: 8 },
      pushFallback: false,
      pushesPerSecond: 500,
      unmatchedSample: false,
      conversationTtlMs: 30 * 24 * 60 * 60 * 1000,
      metricsToken: undefined,
    });
  });

  it('with both LINE keys make the bot live', () => {
    expect(readConfig({ ...keys, NODE_ENV: 'production', PUSH_FALLBACK: 'on' })).toMatchObject({
      mode: 'live',
      production: true,
      pushFallback: true,
      line: {
        channelSecrets: ['first-secret'],
        channelAccessToken: 'the-token',
        apiBaseUrl: 'https://api.line.me',
        dataApiBaseUrl: 'https://api-data.line.me',
      },
    });
  });

  it('take several channel secrets for a rotation, and a LINE elsewhere', () => {
    const env = {
      ...keys,
      LINE_CHANNEL_SECRET: ' new , old,',
      LINE_API_BASE_URL: 'http://[::1]:9/x/',
    };
    expect(readConfig(env)).toMatchObject({
      line: { channelSecrets: ['new', 'old'], apiBaseUrl: 'http://[::1]:9/x' },
    });
  });

  it('left blank count as absent', () => {
    expect(readConfig({ PORT: '', REDIS_URL: ' ', LINE_CHANNEL_SECRET: '' })).toEqual(
      readConfig({}),
    );
  });

  it('name the address to listen on', () => {
    expect(readConfig({ HOST: '127.0.0.1' }).host).toBe('127.0.0.1');
    expect(readConfig({ HOST: '::1' }).host).toBe('::1');
    expect(problemsOf({ HOST: 'http://here' })).toEqual([expect.stringMatching(/^設定 HOST: /)]);
  });

  it.each([
    ['on', true],
    ['true', true],
    ['1', true],
    ['off', false],
    ['false', false],
    ['0', false],
  ])('switch something on or off: %s', (PUSH_FALLBACK, is) => {
    expect(readConfig({ PUSH_FALLBACK }).pushFallback).toBe(is);
  });

  it.each(['3e3', '0x50', '30.5', '-1', '８０'])(
    'take no other number than a plain one: %s',
    (PORT) => {
      expect(problemsOf({ PORT })).toEqual([expect.stringMatching(/^設定 PORT: .*整数/)]);
    },
  );

  it('allow reminders at any hour', () => {
    expect(readConfig({ QUIET_HOURS: '8-8' }).quietHours).toBeUndefined();
    expect(readConfig({ QUIET_HOURS: 'off' }).quietHours).toBeUndefined();
    expect(readConfig({ QUIET_HOURS: '21-07' }).quietHours).toEqual({ fromHour: 21, toHour: 7 });
  });
});

describe('wrong settings', () => {
  it('in production without LINE keys name each and where to find it', () => {
    const problems = problemsOf({ NODE_ENV: 'production' });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/LINE_CHANNEL_SECRET がありません.*LINE Developers コンソール/);
    expect(problems[1]).toMatch(
      /LINE_CHANNEL_ACCESS_TOKEN がありません.*LINE Developers コンソール/,
    );
  });

  it('without LINE keys say where to write them', () => {
    for (const problem of problemsOf({ NODE_ENV: 'production' }))
      expect(problem).toMatch(/\.env に書いてください。$/);
  });

  it.each(['prod', 'Production', 'production;'])(
    'never take a misspelt production for a trial: %s',
    (NODE_ENV) => {
      expect(problemsOf({ ...keys, NODE_ENV })).toEqual([
        expect.stringMatching(/^設定 NODE_ENV: .*production/),
      ]);
      expect(problemsOf({ NODE_ENV })).toHaveLength(1);
    },
  );

  it.each(['new-secret、old-secret', 'new-secret，old-secret', 'new-secret old-secret'])(
    'of two channel secrets not divided by a comma say how to divide them: %s',
    (LINE_CHANNEL_SECRET) => {
      expect(problemsOf({ ...keys, LINE_CHANNEL_SECRET })).toEqual([
        expect.stringMatching(/^設定 LINE_CHANNEL_SECRET: .*半角の「,」/),
      ]);
    },
  );

  it('with one LINE key name the other', () => {
    const problems = problemsOf({ LINE_CHANNEL_SECRET: 'first-secret' });
    expect(problems).toEqual([expect.stringContaining('LINE_CHANNEL_ACCESS_TOKEN がありません')]);
  });

  it('tell a token of ours with a blank from a key of LINE', () => {
    const [problem = ''] = problemsOf({ METRICS_TOKEN: 'two words' });
    expect(problem).toMatch(/^設定 METRICS_TOKEN: .*空白/);
    expect(problem).not.toContain('LINE Developers');
  });

  it('are named all at once, and never shown', () => {
    const env = {
      NODE_ENV: 'production',
      LINE_CHANNEL_ACCESS_TOKEN: 'very secret',
      METRICS_TOKEN: 'also　secret',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      LINE_API_BASE_URL: 'ftp://user:hidden@example',
      REDIS_URL: 'localhost',
      QUIET_HOURS: '22-24',
      PUSH_FALLBACK: 'maybe',
      PUSHES_PER_SECOND: '2000',
      CONVERSATION_TTL_DAYS: '0',
    };
    const problems = problemsOf(env);
    for (const name of ['LINE_CHANNEL_SECRET', ...Object.keys(env).slice(1)])
      expect(problems.filter((problem) => problem.startsWith(`設定 ${name}`))).toHaveLength(1);
    expect(problems).toHaveLength(11);
    for (const problem of problems) expect(problem).not.toMatch(/secret[^s]|hidden|loud|maybe/);
  });
});

describe('a password in REDIS_URL', () => {
  it.each([
    'redis://u:100%@localhost',
    'redis+cluster://u:100%@one,two',
    'rediss+sentinel://:%zz@one/name',
  ])('with a bare percent sign says how to write it, and does not show it', (REDIS_URL) => {
    const [problem = '', ...others] = problemsOf({ REDIS_URL });
    expect(others).toEqual([]);
    expect(problem).toContain('%25');
    expect(problem).not.toMatch(/100%|%zz/);
  });

  it('is taken when it is written as a URL wants it', () => {
    const REDIS_URL = 'redis://u:100%25@localhost';
    expect(readConfig({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
  });
});

describe('.env', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is read, and the real environment wins over it', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'madoguchi-')), '.env');
    writeFileSync(path, 'PORT=4000\nQUIET_HOURS=23-6\n');
    vi.stubEnv('PORT', '5000');
    expect(loadConfig(path)).toMatchObject({ port: 5000, quietHours: { fromHour: 23, toHour: 6 } });
  });

  it('may begin with the mark that Windows puts there', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'madoguchi-')), '.env');
    writeFileSync(path, '\uFEFFPORT=4000\n');
    expect(loadConfig(path).port).toBe(4000);
  });

  it('need not be there', () => {
    vi.stubEnv('PORT', '5000');
    expect(loadConfig('/nowhere/.env').port).toBe(5000);
  });

  it('that cannot be read names who can read it, and is not to be deleted: it holds the keys', () => {
    expect(() => loadConfig(tmpdir())).toThrow(ConfigError);
    expect(() => loadConfig(tmpdir())).toThrow('sudo -u madoguchi');
    expect(() => loadConfig(tmpdir())).not.toThrow('消');
  });
});

describe('.env.example', () => {
  const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');

  it('holds every setting, and no other', () => {
    expect(Object.keys(parseEnv(example)).toSorted()).toEqual(
      Object.keys(settings.shape).toSorted(),
    );
  });

  it('explains each in Japanese', () => {
    const explained = [...example.matchAll(/^# .*[ぁ-ん].*\n([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(Object.keys(settings.shape).toSorted());
  });

  it('copied as it is means the defaults', () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}));
  });
});
