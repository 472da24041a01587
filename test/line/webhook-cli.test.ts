import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBotEnd } from '../simulator/bot-end.ts';
import { type Operator, openOperator } from './operator.ts';

let operator: Operator;
let bot: Awaited<ReturnType<typeof openBotEnd>>;

beforeEach(async () => {
  operator = await openOperator('/nowhere', { webhookTimeoutMs: 1000 });
  bot = await openBotEnd();
});

afterEach(async () => {
  await operator.close();
  await bot.close();
});

const set = (url: string, ...more: string[]) => operator.run(['webhook', url, ...more]);

describe('npm run line -- webhook', () => {
  it('has LINE test the address, sets it, and says what is left to switch on', async () => {
    const { exitCode, text } = await set(bot.url);
    expect(exitCode).toBe(0);
    expect(operator.line.webhookUrl()).toBe(bot.url);
    expect(bot.received.map(({ events }) => events)).toEqual([[]]);
    expect(text).toContain(`✓ Webhook URL: ${bot.url} にしました`);
    expect(text).toContain('「Webhookの再送」');
  });

  it('sets nothing that is set', async () => {
    operator.line.setWebhookUrl(bot.url);
    const { exitCode, text } = await set(bot.url);
    expect(exitCode).toBe(0);
    expect(text).toContain('前と同じです');
    expect(operator.asked().filter((call) => call.startsWith('PUT '))).toEqual([]);
  });

  it('shows no key that the address holds, nor any secret of the settings, were it in its own words', async () => {
    const { text } = await set(`${bot.url}?key=open-sesame`);
    expect(text).toContain('/webhook?… にしました');
    expect(text).not.toContain('open-sesame');
    operator.env['METRICS_TOKEN'] = 'Webhook';
    expect((await set(bot.url)).text).toContain('「●●●の再送」');
  });

  it('keeps the address that works when the new one does not, unless told otherwise', async () => {
    operator.line.setWebhookUrl(bot.url);
    const wrong = bot.url.replace('/webhook', '/webhok');
    bot.answers.push(404);
    const kept = await set(wrong);
    expect(kept.exitCode).toBe(1);
    expect(kept.text).toContain('変えていません');
    expect(operator.line.webhookUrl()).toBe(bot.url);
    bot.answers.push(404);
    expect((await set(wrong, '--force')).exitCode).toBe(1);
    expect(operator.line.webhookUrl()).toBe(wrong);
  });

  const answers: [number, RegExp][] = [
    [301, /転送/],
    [401, /署名が合いません[^]*LINE_CHANNEL_SECRET/],
    [403, /ファイアウォール/],
    [404, /最後は \/webhook/],
    [405, /POST を受けません/],
    [413, /1 MB 以上/],
    [415, /圧縮/],
    [418, /418 を返しました/],
    [500, /ログ/],
    [502, /プロキシから窓口につながりません/],
    [503, /保存先に書けません/],
    [504, /待ちきれません/],
  ];
  it.each(answers)('explains the answer %i', async (status, words) => {
    bot.answers.push(status);
    const { exitCode, text } = await set(bot.url);
    expect(exitCode).toBe(1);
    expect(text).toMatch(words);
  });

  it('explains a server that is not there', async () => {
    const { text } = await set('http://127.0.0.1:1/webhook');
    expect(text).toMatch(/つながりません（COULD_NOT_CONNECT）[^]*443番/);
  });

  it('explains a server that says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((done) => silent.once('listening', done));
    const { port } = silent.address() as AddressInfo;
    const { text } = await set(`http://127.0.0.1:${port}/webhook`);
    silent.closeAllConnections();
    silent.close();
    expect(text).toContain('時間内に答えがありません');
  });

  it('tells when "Use webhook" is off', async () => {
    await operator.close();
    operator = await openOperator('/nowhere', { console: { webhookActive: false } });
    const { exitCode, text } = await set(bot.url);
    expect(exitCode).toBe(1);
    expect(text).toContain('「Webhookの利用」がオフ');
  });

  const unfit: [string, RegExp][] = [
    ['bot.example.jp/webhook', /URL として読めません/],
    ['http://bot.example.jp/webhook', /https:\/\/ で始まる/],
    [`https://bot.example.jp/${'a'.repeat(500)}`, /500文字/],
    ['https://me:pass@bot.example.jp/webhook', /パスワード/],
    ['https://bot.example.jp/webhook#top', /#/],
  ];
  it.each(unfit)('does not even ask LINE about %s', async (url, words) => {
    const { exitCode, text } = await set(url);
    expect(exitCode).toBe(2);
    expect(text).toMatch(words);
    expect(operator.asked()).toEqual([]);
  });

  it('does not offer this machine to the real LINE', async () => {
    operator.env['LINE_API_BASE_URL'] = 'https://api.line.example';
    const { exitCode, text } = await set('https://localhost/webhook');
    expect(exitCode).toBe(2);
    expect(text).toContain('この機械だけの名前');
  });

  it('remarks on an address that does not end in /webhook', async () => {
    const { text } = await set(bot.url.replace('/webhook', '/line'));
    expect(text).toContain('△ 窓口が待っている場所は /webhook です');
  });

  it("passes on LINE's no", async () => {
    const { exitCode, text } = await set('https://bot.example.jp/webhook');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/受け付けませんでした（400[^]*公開されたドメイン/);
  });
});
