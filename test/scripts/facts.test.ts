import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ask, createAsk } from '../../scripts/facts/ask.ts';
import { runFacts } from '../../scripts/facts/run.ts';
import { project } from './project.ts';

type Entry = {
  class?: string;
  checked?: string;
  days?: number;
  value?: string;
  kind?: string;
  show?: boolean;
};

function factsFile(entries: Record<string, Entry>): string {
  const blocks = Object.entries(entries).map(
    ([id, entry]) => `
${id}:
  name: ${id}の名前
  value: ${entry.value ?? '9:00〜18:00'}
  kind: ${entry.kind ?? 'hours'}
  class: ${entry.class ?? 'official'}
  sources: [{ ref: 出典 }]
  checked_on: ${entry.checked ?? '2026-11-01'}
  review_after_days: ${entry.days ?? 90}
  show: ${entry.show ?? true}`,
  );
  return blocks.join('\n');
}

/** Noon of 1 December 2026 in Japan. */
const NOW_MS = Date.UTC(2026, 11, 1, 3);
const nobody: Ask = () => Promise.reject(new Error('no link was to be asked for'));

async function run(entries: Record<string, Entry> | string, args: string[] = [], ask = nobody) {
  const text = typeof entries === 'string' ? entries : factsFile(entries);
  const root = project({ 'messages/facts.yaml': text });
  const said: string[] = [];
  const code = await runFacts({
    root,
    args,
    nowMs: NOW_MS,
    ask,
    pause: () => Promise.resolve(),
    print: (line) => void said.push(line),
  });
  return { code, said, text: said.join('\n') };
}

describe('facts that want a look', () => {
  it('are listed by class, the most urgent first', async () => {
    const { code, said } = await run({
      soon: { class: 'unverified', days: 40 },
      late: { class: 'unverified', days: 10 },
      fine: { class: 'unverified', days: 365 },
      public: { class: 'public', days: 31 },
    });
    expect(code).toBe(1);
    expect(said[0]).toBe('見直す項目: 3件（期限切れ 1件、30日以内 2件）');
    expect(said.filter((line) => /^[■✗△]/.test(line))).toEqual([
      '■ 公的機関（1件）',
      expect.stringMatching(/^△ あと2日 {2}public /),
      '■ 未確認（2件）',
      expect.stringMatching(/^✗ 19日超過 {2}late /),
      expect.stringMatching(/^△ あと11日 {2}soon /),
    ]);
  });

  it('are none of those that nobody is shown', async () => {
    const { code, said } = await run({
      retired: { class: 'retired', days: 1 },
      hidden: { days: 1, show: false },
    });
    expect({ code, said }).toEqual({ code: 0, said: ['30日以内に見直す項目はありません。'] });
  });

  it('do not fail the run before their day has come', async () => {
    const entries = { soon: { days: 35 } };
    expect((await run(entries)).code).toBe(0);
    expect((await run(entries, ['--days', '3'])).text).toContain('3日以内に見直す項目はありません');
  });

  it('are not guessed from a broken file or a slip in the options', async () => {
    const broken = await run('a: { value: 1 }\n');
    expect(broken.code).toBe(1);
    expect(broken.text).toContain('messages/facts.yaml');
    expect((await run({}, ['--link'])).code).toBe(2);
    expect((await run({}, ['--days', 'x'])).code).toBe(2);
  });
});

const link = (path: string, host = 'www.example.jp') => ({
  kind: 'url',
  value: `https://${host}${path}`,
});

/** A web server on this machine that plays all hosts. */
async function web(answer: (path: string, method: string) => [number, string?] | 'silence') {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push(`${method} ${url} ${headers['user-agent'] ?? ''}`);
    const what = answer(url, method);
    if (what === 'silence') return;
    const [status, location] = what;
    response.writeHead(status, location === undefined ? {} : { location }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  const route = (url: URL) => new URL(`http://127.0.0.1:${port}${url.pathname}`);
  return { asked, ask: createAsk({ route, timeoutMs: 300 }) };
}

describe('--links', () => {
  it('tells links that open from those that are gone', async () => {
    const { ask, asked } = await web((path) => [path === '/gone' ? 404 : 200]);
    const { code, said } = await run({ ok: link('/ok'), gone: link('/gone') }, ['--links'], ask);
    expect(code).toBe(1);
    expect(said.slice(-3)).toEqual([
      'リンクの確認: 2件',
      expect.stringMatching(/^✗ ページがありません {2}gone /),
      expect.stringMatching(/^✓ 開けます {2}ok /),
    ]);
    expect(asked.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'HEAD /ok',
      'HEAD /gone',
      'GET /gone',
    ]);
    expect(asked[0]).toContain('madoguchi-link-check');
  });

  it('believes GET where HEAD is refused', async () => {
    const { ask } = await web((_path, method) => [method === 'HEAD' ? 405 : 200]);
    expect((await run({ a: link('/') }, ['--links'], ask)).code).toBe(0);
  });

  it('cannot tell what Amazon refuses to programs, and asks a person about others', async () => {
    const { ask } = await web(() => [503]);
    const amazon = await run({ a: link('/x', 'www.amazon.co.jp') }, ['--links'], ask);
    expect(amazon.code).toBe(0);
    expect(amazon.text).toContain('？ 判断できません  a ');
    const other = await run({ a: link('/x', 'amazon.co.jp.example') }, ['--links'], ask);
    expect(other.code).toBe(1);
    expect(other.text).toContain('△ 開いて確かめてください  a ');
  });

  it('takes a move within the site for a login, and shows a move elsewhere', async () => {
    const { ask } = await web((path) => [
      302,
      path === '/login' ? '/signin' : 'https://b.example/',
    ]);
    const { code, text } = await run({ a: link('/login'), b: link('/away') }, ['--links'], ask);
    expect(code).toBe(1);
    expect(text).toContain('✓ 開けます  a ');
    expect(text).toContain('302 → b.example');
  });

  it('says so when there is no way out or no answer', async () => {
    const { ask } = await web(() => 'silence');
    expect((await run({ a: link('/') }, ['--links'], ask)).text).toContain(
      '時間内に返事がありません',
    );
    const closed = createAsk({ route: () => new URL('http://127.0.0.1:1/') });
    const { code, text } = await run({ a: link('/') }, ['--links'], closed);
    expect(code).toBe(0);
    expect(text).toContain('どこにもつながりません');
  });

  it('asks only for links that users are shown', async () => {
    const { ask, asked } = await web(() => [200]);
    const entries = {
      old: { ...link('/old'), class: 'retired' },
      hours: {},
      shown: link('/shown'),
    };
    await run(entries, ['--links'], ask);
    expect(asked.map((line) => line.split(' ')[1])).toEqual(['/shown']);
  });
});
