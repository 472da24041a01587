/**
 * Pictures of LINE messages as the chat page draws them, without a bot:
 *
 *   node test/support/shoot.ts messages.json out.png [--width 375] [--scale 1.2] [--fold]
 *
 * `messages.json` holds one message, an array of messages, or an array of turns `{"from":"bot"|"user","messages":[…]}`.
 * A file of several shots is `{"shots":{"name":[…messages]}}`; then `out.png` is a folder that gets name.png each.
 * Says on stderr what LINE would refuse. Chips and carousels are unfolded so that nothing is hidden; `--fold` keeps them on one line as on the phone.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { checkMessages } from '../../src/simulator/line/check.ts';
import { createPageFiles } from '../../src/simulator/page-files.ts';
import { newPhonePage, openBrowser } from './browser.ts';

export type ShootOptions = {
  /** CSS px; 375 as an ordinary phone. */
  width?: number;
  /** The user's font size: 1 ordinary, 1.2 large, 1.45 largest. */
  scale?: number;
  /** False: chips and carousels scroll sideways as on the phone. */
  unfold?: boolean;
};

/** Draws messages to a PNG. Starts a browser of its own; for many pictures use `openStudio`. */
export async function shootMessages(
  messages: unknown,
  file: string,
  options: ShootOptions = {},
): Promise<void> {
  const studio = await openStudio();
  try {
    await studio.shoot(messages, file, options);
  } finally {
    await studio.close();
  }
}

/** A browser and a server for many pictures. */
export async function openStudio(): Promise<{
  /** The page with the messages drawn on it. */
  draw(messages: unknown, options?: ShootOptions): Promise<Page>;
  shoot(messages: unknown, file: string, options?: ShootOptions): Promise<void>;
  close(): Promise<void>;
}> {
  const files = createPageFiles();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = files(path.replace(/^\/try\/page\//, ''));
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await openBrowser();

  const draw = async (messages: unknown, options: ShootOptions = {}): Promise<Page> => {
    const { width = 375, scale = 1, unfold = true } = options;
    const { page } = await newPhonePage(browser, { width, height: 200 });
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(`http://127.0.0.1:${port}/try/page/shot.html`);
    await page.waitForSelector('body[data-ready]', { timeout: 5000 });
    const detail = { turns: turnsOf(messages), scale, unfold };
    await page.evaluate(
      (shot) => globalThis.dispatchEvent(new CustomEvent('shot', { detail: shot })),
      detail,
    );
    await page.waitForSelector('body[data-drawn]', { timeout: 5000 }).catch((cause: unknown) => {
      throw new Error(`The messages cannot be drawn: ${failures.join('; ')}`, { cause });
    });
    return page;
  };

  return {
    draw,
    async shoot(messages, file, options) {
      const page = await draw(messages, options);
      mkdirSync(dirname(resolve(file)), { recursive: true });
      await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
      await page.context().close();
    },
    async close() {
      await browser.close();
      await new Promise((done) => server.close(done));
    },
  };
}

function turnsOf(input: unknown): { from: string; messages: unknown[] }[] {
  const list = Array.isArray(input) ? input : [input];
  return list.every(isTurn) ? list : [{ from: 'bot', messages: list }];
}

function isTurn(one: unknown): one is { from: string; messages: unknown[] } {
  return typeof one === 'object' && one !== null && 'messages' in one;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      width: { type: 'string' },
      scale: { type: 'string' },
      fold: { type: 'boolean', default: false },
    },
  });
  const [input, output] = positionals;
  if (!input || !output) {
    console.error(
      'usage: node test/support/shoot.ts messages.json out.png [--width 375] [--scale 1.2] [--fold]',
    );
    process.exit(2);
  }
  const content: unknown = JSON.parse(readFileSync(input, 'utf8'));
  const options: ShootOptions = {
    ...(values.width && { width: Number(values.width) }),
    ...(values.scale && { scale: Number(values.scale) }),
    unfold: !values.fold,
  };
  const shots = (content as { shots?: Record<string, unknown> } | null)?.shots;
  for (const [name, messages] of Object.entries(shots ?? { [input]: content })) {
    for (const turn of turnsOf(messages)) {
      const refusal = turn.from === 'bot' && checkMessages(turn.messages);
      if (refusal)
        console.error(`${name}: LINE would refuse this: ${JSON.stringify(refusal.body)}`);
    }
  }
  const studio = await openStudio();
  try {
    if (!shots) await studio.shoot(content, output, options);
    for (const [name, messages] of Object.entries(shots ?? {}))
      await studio.shoot(messages, join(output, `${name}.png`), options);
  } finally {
    await studio.close();
  }
}
