import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** The one without windows starts and opens pages in a third of the time. */
const executablePath = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
/**
 * Few processes, no code compiled anew for pages that are gone before that is worth it, and garbage collected in few
 * steps: a quarter of the work.
 */
const thrifty = [
  '--in-process-gpu',
  '--renderer-process-limit=1',
  '--disable-site-isolation-trials',
  '--js-flags=--no-opt --no-maglev --min-semi-space-size=16',
];

/** In milliseconds; a little less than a test, so that a failure says what it waited for. */
const hanging = 110_000;

/**
 * Starts a Chromium. Debian's ends with a segmentation fault now and then as it starts, before there is anything to test:
 * then another one is started, once.
 * @param rules where names lead, for example `MAP sesame.test 127.0.0.1`
 */
export function launchBrowser(rules?: string): Promise<Browser> {
  if (executablePath === undefined) throw new Error('The browser tests need the package chromium-headless-shell.');
  const launch = () =>
    chromium.launch({
      executablePath,
      args: [...args, ...thrifty, ...(rules ? [`--host-resolver-rules=${rules}`] : [])],
      timeout: hanging,
    });
  return launch().catch(launch);
}

let shared: Promise<Browser> | undefined;

/** The Chromium of this worker. Its files come one after the other, and each ends with `closeWindows`. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launchBrowser();
  return shared;
}

/** Closes what a file has opened; the browser stays for the next one. */
export async function closeWindows(): Promise<void> {
  const windows = (await shared)?.contexts() ?? [];
  await Promise.all(windows.map((window) => window.close()));
}

/** A window that is lent to one after the other: opening one takes more than the page that is shown in it. */
export type LentWindow = {
  context: BrowserContext;
  /** Closes its pages and forgets its cookies. Whoever gave it another clock or scripts closes `context` instead. */
  giveBack: () => Promise<void>;
};

type IdleWindow = { browser: Browser; look: string; context: BrowserContext };

/** Windows that nobody uses. Each has an empty page, which keeps its process. */
let idle: IdleWindow[] = [];

/** Lends a window that nobody uses, or a new one. */
export async function borrowWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<LentWindow> {
  const look = JSON.stringify(options);
  const kept = idle.find((other) => other.browser === browser && other.look === look);
  idle = idle.filter((other) => other !== kept);
  const context = kept?.context ?? (await newContext(browser, options));
  if (!kept) {
    await context.newPage();
    context.on('close', () => {
      idle = idle.filter((other) => other.context !== context);
    });
  }
  return {
    context,
    async giveBack() {
      context.removeAllListeners('page');
      const [, ...pages] = context.pages();
      await Promise.all(pages.map((page) => page.close()));
      await context.clearCookies();
      idle.push({ browser, look, context });
    },
  };
}

/** A window that waits as long as a test may take: a machine that is slow is no failure. */
export async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(hanging);
  return context;
}
