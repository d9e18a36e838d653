import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** The one without windows starts and opens pages in a third of the time. */
const executablePath = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** In milliseconds; a little less than a test, so that a failure says what it waited for. */
const hanging = 110_000;

/** Starts a Chromium. @param rules where names lead, for example `MAP sesame.test 127.0.0.1` */
export function launchBrowser(rules?: string): Promise<Browser> {
  if (executablePath === undefined) throw new Error('The browser tests need the package chromium-headless-shell.');
  return chromium.launch({
    executablePath,
    args: rules ? [...args, `--host-resolver-rules=${rules}`] : args,
    timeout: hanging,
  });
}

/** A window that waits as long as a test may take: a machine that is slow is no failure. */
export async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(hanging);
  return context;
}
