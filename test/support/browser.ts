import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium to test with: CHROMIUM_PATH, or the first of the usual names on the PATH. */
function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  if (env['CHROMIUM_PATH']) return env['CHROMIUM_PATH'];
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: look in the next folder.
      }
    }
  }
  throw new Error(
    `No Chromium found: none of ${names.join(', ')} is on the PATH. Install Debian's package "chromium" or set CHROMIUM_PATH.`,
  );
}

/** Starts a headless browser that talks to nobody by itself. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless',
      '--lang=ja',
      '--hide-scrollbars',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // No name but this machine's leads anywhere: a test never leaves it.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}

/**
 * A page as a phone shows it: 375 × 740, sharp (`pixels` to a CSS px), Japanese, may use the clipboard. What is not on this machine cannot be
 * reached; the addresses that were asked for are in `refused`.
 */
export async function newPhonePage(
  browser: Browser,
  size: { width?: number; height?: number; pixels?: number } = {},
): Promise<{ page: Page; context: BrowserContext; refused: string[] }> {
  const context = await browser.newContext({
    viewport: { width: size.width ?? 375, height: size.height ?? 740 },
    deviceScaleFactor: size.pixels ?? 2,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const refused: string[] = [];
  context.on('requestfailed', (request) => {
    if (!['127.0.0.1', 'localhost'].includes(new URL(request.url()).hostname))
      refused.push(request.url());
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return { page, context, refused };
}

/** Writes a picture to shots/<name>.png (not in git) and says where. */
export async function shot(page: Page, name: string, fullPage = false): Promise<string> {
  const folder = new URL('../../shots/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const { pathname } = new URL(`${name}.png`, folder);
  await page.screenshot({ path: pathname, fullPage, animations: 'disabled' });
  return pathname;
}
