import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Provider, startTwilio } from '../end-to-end/providers.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { reachable, startTestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';
import { administrator, type SectionRig, signedIn, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
let twilio: Provider;
beforeAll(async () => {
  [rig, twilio] = await Promise.all([startSectionRig(), startTwilio()]);
});
afterAll(() => Promise.all([rig?.close(), twilio?.double.close()]));

/** Users and the audit log are lists as messages are. */
const pages = [
  'overview',
  'connectors',
  'sign-in-experience',
  'messages',
  'development-inbox',
  'applications',
  'administrators',
];
/** Everything that a page asks the API for; the session is known by then. */
const ofPages = (url: URL) => url.pathname.startsWith('/api/') && url.pathname !== '/api/console/session';
const loading = (page: Page) => page.getByRole('main').getByRole('status', { name: 'Loading' });
const text = (page: Page) => page.getByRole('main').innerText();

test.each(pages)(
  '%s: a slow API shows where the content will be, a failing one says so and can be asked again',
  async (path) => {
    const page = await rig.signedInPage();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route(ofPages, async (route) => {
      await released;
      await route.fulfill({ status: 500, json: { code: 'system.internal', message: 'words of the server' } });
    });
    await rig.show(page, path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await loading(page).first().waitFor();
    release();
    await page.getByText('Something went wrong on the server. Its log has the details.').first().waitFor();
    expect(await text(page)).not.toContain('words of the server');
    await page.unroute(ofPages);
    const retry = page.getByRole('button', { name: 'Retry' });
    const pressAll = () =>
      retry.evaluateAll((buttons: HTMLElement[]) => {
        for (const button of buttons) button.click();
        return buttons.length;
      });
    // Some ask again by themselves after a while.
    await expect.poll(pressAll).toBe(0);
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(0);
    await expect.poll(() => loading(page).count()).toBe(0);
  },
);

test('what is gone has a page that says so, and no way to try again', async () => {
  const page = await rig.open('overview');
  for (const path of ['users', 'messages', 'applications', 'resources', 'webhooks', 'webhooks/gone/deliveries']) {
    await rig.show(page, `${path}/gone`);
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await page.title()).toBe('There is no such page · Sesame');
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  }
});

test('an answer that is not of the API counts as a failure', async () => {
  const page = await rig.signedInPage();
  await page.route(ofPages, (route) =>
    route.fulfill({ status: 200, body: '<h1>Proxy</h1>', contentType: 'text/html' }),
  );
  await rig.show(page, 'users');
  await page.getByRole('button', { name: 'Retry' }).waitFor();
});

test('hostile words in templates stay words', async () => {
  const page = await rig.open(`connectors/set-up/${twilio.factoryId}`);
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => void thrown.push(message));
  const hostile = '<img src=x onerror="window.pwned=1">{{code}}{{constructor.constructor(1)}}';
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: hostile,
  }));
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(
    JSON.stringify([...templates, { usageType: '<script>window.pwned=1</script>', content: '{{code}}' }]),
  );
  await page.getByText('Form', { exact: true }).click();
  await page.getByText('<img src=x onerror="window.pwned=1">').first().waitFor();
  await page.getByText('<script>window.pwned=1</script>').first().waitFor();
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(thrown).toEqual([]);
});

test('a form that is half filled in outlives a restart of the server', async () => {
  const { location, remove } = await newMigratedLocation('SQLite');
  const env = {
    ...(await reachable()),
    SESAME_ADMIN_USERNAME: administrator.username,
    SESAME_ADMIN_PASSWORD: administrator.password,
  };
  const first = await startTestServer(location, { env });
  let second: typeof first | undefined;
  try {
    const page = await (await signedIn(rig.browser, first.baseUrl)).newPage();
    await page.goto(`${first.baseUrl}/console/connectors/set-up/${twilio.factoryId}`);
    const { accountSID, authToken, from, endpoint } = twilio.config as Record<string, string>;
    for (const [key, value] of Object.entries({ accountSID, authToken, from, endpoint })) {
      await page.locator(`#field-${key}`).fill(value ?? '');
    }
    await page.getByLabel('Phone number').fill('+8613800138000');
    await first.close();
    const send = page.getByRole('button', { name: 'Send', exact: true });
    await send.click();
    await page.getByText('The server does not answer. Check your connection').waitFor();
    second = await startTestServer(location, { env });
    await send.click();
    await page.getByText('Sent to +8613800138000').waitFor();
    expect(await page.locator('#field-from').inputValue()).toBe(from);
  } finally {
    await (second ?? first).close();
    await remove();
  }
});

test('what cannot be fetched says so while the server is away, and comes once it is back or has another Console', async () => {
  const page = await rig.signedInPage();
  // Loaded anew, it has no part of another page yet.
  await page.goto(`${rig.server.baseUrl}/console/overview`);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const away = /assets\/(users-page|search-dialog)-|\/livez$|\/console$/;
  await page.route(away, (route) => route.abort());
  await page.getByRole('button', { name: 'Find users, messages and applications' }).click();
  await page.getByRole('dialog', { name: 'Find' }).getByText('This part of the page could not be fetched').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('link', { name: 'Users' }).click();
  await page.getByRole('heading', { name: 'This page could not be fetched' }).waitFor();
  const load = page.getByRole('button', { name: 'Load the Console anew' });
  await load.click();
  await page.getByText('The server does not answer.').waitFor();
  await page.unroute(away);
  await load.click();
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();

  // A page of a server that got another Console meanwhile: the newer one is loaded.
  await page.route('**/assets/webhooks-page-*', (route) => route.fulfill({ status: 404 }), { times: 1 });
  const newer = '<!doctype html><script type="module" src="/console/assets/index-newer.js"></script>';
  await page.route('**/console', (route) => route.fulfill({ body: newer, contentType: 'text/html' }), { times: 1 });
  await page.getByRole('navigation').getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();

  // A language, which can be chosen once the page is loaded anew: browsers keep that code could not be fetched.
  const choose = async () => {
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  };
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'English', checked: true }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.route(/assets\/zh-cn-/, (route) => route.abort());
  await choose();
  const said = page.getByRole('dialog', { name: 'Language' });
  await said.getByText('This part of the page could not be fetched').waitFor();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.unroute(/assets\/zh-cn-/);
  await said.getByRole('button', { name: 'Load the Console anew' }).click();
  await said.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  await choose();
  await page.getByRole('heading', { level: 1, name: 'Webhook 通知' }).waitFor();
});

test('a part that cannot be fetched takes nothing away that was typed', async () => {
  const page = await rig.signedInPage();
  await page.route('**/assets/json-editor-*', (route) => route.abort());
  await page.goto(`${rig.server.baseUrl}/console/connectors/set-up/${twilio.factoryId}`);
  const notFetched = page.getByText('This part of the page could not be fetched');
  await notFetched.waitFor();
  await page.locator('#field-from').fill('+13345550110');
  expect(await page.getByRole('button', { name: 'Load the Console anew' }).count()).toBe(1);
  expect(await page.locator('#field-from').inputValue()).toBe('+13345550110');
});

test('whoever is lent that page next has the part', async () => {
  const page = await rig.open(`connectors/set-up/${twilio.factoryId}`);
  await page.locator('#field-templates').waitFor();
});
