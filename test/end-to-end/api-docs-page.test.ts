import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, newContext } from '../setup/browser.ts';
import { newReachableServer, type TestServer } from '../setup/server.ts';

/** A name that is neither localhost nor https, as in a network at home: browsers allow it least. */
const hostInNetwork = 'sesame.test';

/** What Chromium says of any page over plain http. */
const aboutPlainHttp = /^The Cross-Origin-Opener-Policy header has been ignored|using the Origin-Agent-Cluster header/;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([
    newReachableServer('SQLite'),
    launchBrowser(`MAP ${hostInNetwork} 127.0.0.1`),
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), server.close()]);
});

test('the API reference opens without an error', async () => {
  const origin = `http://${hostInNetwork}:${new URL(server.baseUrl).port}`;
  const page = await (await newContext(browser)).newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    const isProblem = ['error', 'warning'].includes(message.type()) && !aboutPlainHttp.test(message.text());
    if (isProblem) problems.push(message.text());
  });
  page.on('pageerror', (error) => void problems.push(error.message));
  page.on('requestfailed', (request) => void problems.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) problems.push(request.url());
  });

  // Drawing all operations takes as long as all that is looked at here; the document as a whole has tests of its own.
  const json = '/api/docs/json';
  await page.route(`${origin}${json}`, async (route) => {
    const { paths, ...document } = await (await fetch(`${server.baseUrl}${json}`)).json();
    const few = Object.entries(paths).filter(([path]) => path.startsWith('/api/verification-codes'));
    await route.fulfill({ json: { ...document, paths: Object.fromEntries(few) } });
  });
  await page.goto(`${origin}/api/docs`);
  await page.getByRole('heading', { name: /Sesame/ }).waitFor();
  await page.locator('.opblock-tag', { hasText: 'Verification codes' }).click();
  const sendCode = page.locator('.opblock', { hasText: 'Send a verification code to a phone number' });
  await sendCode.locator('.opblock-summary-control').click();
  await sendCode.getByText('connector.not_found', { exact: true }).waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
