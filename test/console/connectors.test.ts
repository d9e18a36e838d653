import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { twilioError } from '../doubles/twilio.ts';
import { type Provider, startAliyun, startTencent, startTwilio } from '../end-to-end/providers.ts';
import { administrator, looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

const recipient = '+86 138 0013 8000';

let rig: SectionRig;
let twilio: Provider;
let aliyun: Provider;
let tencent: Provider;
beforeAll(async () => {
  [rig, twilio, aliyun, tencent] = await Promise.all([startSectionRig(), startTwilio(), startAliyun(), startTencent()]);
});
afterAll(() => Promise.all([rig?.close(), ...[twilio, aliyun, tencent].map((provider) => provider?.double.close())]));

beforeEach(async () => {
  const { management } = rig.server;
  for (const { id } of (await management.get('/connectors')).body) await management.delete(`/connectors/${id}`);
  for (const { id } of (await management.get('/connectors/history')).body) {
    await management.delete(`/connectors/history/${id}`);
  }
});

const live = async () => (await rig.server.management.get('/connectors')).body;
const setUp = ({ factoryId, config }: Provider) =>
  rig.server.management.post('/connectors', { connectorId: factoryId, config });
const editor = (page: Page) => page.locator('#field-templates');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Opens a page and notes whatever the Content-Security-Policy stops and whatever is thrown. */
async function openWatched(path: string, look = {}): Promise<{ page: Page; broken: string[] }> {
  const page = await rig.open('sign-in', look);
  const broken: string[] = [];
  page.on('pageerror', ({ message }) => void broken.push(message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
  });
  await page.goto(`${rig.server.baseUrl}/console/${path}`);
  return { page, broken };
}

async function fillInTwilio(page: Page): Promise<void> {
  const { accountSID, authToken, from, endpoint } = twilio.config as Record<string, string>;
  await page.getByLabel('Account SID').fill(accountSID ?? '');
  await page.locator('#field-authToken').fill(authToken ?? '');
  await page.locator('#field-from').fill(from ?? '');
  await page.locator('#field-endpoint').fill(endpoint ?? '');
}

/** Everything that a provider's configuration has. */
async function fillIn(page: Page, { config: { templates, ...fields } }: Provider): Promise<void> {
  for (const [key, value] of Object.entries(fields)) await page.locator(`#field-${key}`).fill(String(value));
  await replaceTemplates(page, JSON.stringify(templates));
}

async function replaceTemplates(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

const templates = (wording: string) =>
  JSON.stringify(
    ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
      usageType,
      content: `${wording} ${usageType}: {{code}}`,
    })),
    null,
    2,
  );

test('from signing in to a connector that sends, and through two changes to its end', async () => {
  const { page, broken } = await openWatched('connectors');
  await page.getByRole('button', { name: /^Signed in as ada/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Username').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await button(page, 'Sign in').click();
  await page.getByText('The username or the password is wrong.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await button(page, 'Sign in').click();

  await page.getByRole('heading', { name: 'Email and SMS connectors' }).waitFor();
  await page.getByRole('link', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog');
  expect(await button(page, 'Next').isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  await page.getByRole('link', { name: 'Set up' }).click();
  expect(await dialog.getByRole('radio').first().getAttribute('aria-labelledby')).toBe('factory-development-inbox');
  await dialog.getByRole('searchbox').fill('twilio');
  await dialog.getByText('Twilio SMS', { exact: true }).click();
  await button(page, 'Next').click();

  await page.getByRole('heading', { level: 1, name: 'Set up Twilio SMS', exact: true }).waitFor();
  await page.getByRole('heading', { name: '1. Account' }).waitFor();
  await page.getByRole('heading', { name: '1 Parameter configuration' }).waitFor();
  await page.getByRole('heading', { name: '2 Test your connector' }).waitFor();
  await button(page, 'Save and Done').click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-accountSID');
  await fillInTwilio(page);

  await replaceTemplates(page, templates('Acme').replace('"Acme SignIn: {{code}}"', '"Acme SignIn: {{code}}",'));
  await page.getByText(/^Line 9, column 3: this is not valid JSON/).waitFor();
  await page.locator('.cm-lint-marker-error').waitFor();
  await button(page, 'Save and Done').click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-templates');
  expect(await live()).toEqual([]);
  await replaceTemplates(page, templates('Acme'));
  await page.locator('.cm-lint-marker-error').waitFor({ state: 'detached' });

  await page.getByLabel('Phone number').fill(recipient);
  await button(page, 'Send').click();
  await page.getByText('Acme Generic: 000000', { exact: true }).waitFor();
  await page.getByText(/^SM[0-9a-f]{32}$/).waitFor();
  expect(twilio.double.requests.at(-1)?.body).toContain('To=%2B8613800138000');
  twilio.double.replyNext(twilioError(400, 21408, 'Permission to send an SMS has not been enabled for the region'));
  await button(page, 'Send').click();
  const refusal = page.getByRole('alert');
  await refusal.getByText('21408').first().waitFor();
  await refusal.getByText('Permission to send an SMS has not been enabled for the region').waitFor();
  await refusal.getByText(/Geo permissions/).waitFor();

  await button(page, 'Save and Done').click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: twilio.factoryId, config: { authToken: '••••uble' } }]);
  expect(await page.locator('#field-authToken').inputValue()).toBe('••••uble');

  expect((await rig.server.management.post('/verification-codes', { phone: '+12025550143' })).status).toBe(204);
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  const sent = page.getByRole('row', { name: /\+12 ••••• 43.*Generic.*Twilio SMS.*Accepted/s });
  await sent.getByRole('link').click();
  await page.getByText('Twilio SMS took the message').waitFor();
  expect(twilio.double.requests.at(-1)?.body).toMatch(/Body=Acme\+Generic%3A\+\d{6}/);

  await page.getByRole('link', { name: 'Connectors', exact: true }).click();
  await page.getByRole('link', { name: 'Twilio SMS', exact: true }).click();
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Change connector' }).click();
  await dialog.getByText(/Twilio SMS is alive now. It is disabled the moment you save another one/).waitFor();
  expect(await dialog.getByRole('radio', { name: 'Twilio SMS' }).count()).toBe(0);
  await dialog.getByText('Aliyun Short Message Service', { exact: true }).click();
  await button(page, 'Next').click();
  await page.getByText('You can bring ONLY ONE SMS connector alive.').waitFor();
  await page.getByText('The templates of Twilio SMS do not fit here, so these are new.').waitFor();
  await fillIn(page, aliyun);
  await button(page, 'Save and Done').click();
  await page.getByRole('heading', { level: 1, name: 'Aliyun Short Message Service', exact: true }).waitFor();
  expect((await live()).map(({ connectorId }: { connectorId: string }) => connectorId)).toEqual([aliyun.factoryId]);

  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Change connector' }).click();
  await dialog.getByText('Tencent Cloud SMS', { exact: true }).click();
  await button(page, 'Next').click();
  await page.getByText(/Aliyun Short Message Service is alive now/).waitFor();
  await fillIn(page, tencent);
  await button(page, 'Save and Done').click();
  await page.getByRole('heading', { level: 1, name: 'Tencent Cloud SMS', exact: true }).waitFor();
  expect((await live()).map(({ connectorId }: { connectorId: string }) => connectorId)).toEqual([tencent.factoryId]);
  const counts = () => [twilio, aliyun, tencent].map((provider) => provider.accepted().length);
  const before = counts();
  await rig.server.management.post('/verification-codes', { phone: '+12025550144' });
  expect(counts()).toEqual([before[0], before[1], (before[2] ?? 0) + 1]);

  await page.getByRole('link', { name: 'Back to the connectors' }).click();
  await button(page, 'Restore Twilio SMS').click();
  await dialog.getByText(/Tencent Cloud SMS is disabled at the same moment/).waitFor();
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: twilio.factoryId }]);
  await page.getByRole('tab', { name: 'Messages' }).click();
  await page.getByText('+86 ••••• 00').first().waitFor();

  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  expect(await button(page, 'Delete').isDisabled()).toBe(true);
  await dialog.getByLabel('Type Twilio SMS to confirm').fill('Twilio SMS');
  await button(page, 'Delete').click();
  await page.getByRole('link', { name: 'Set up' }).waitFor();
  expect(await live()).toEqual([]);
  expect(broken).toEqual([]);
});

test('a session that ends half way loses nothing', async () => {
  const { page } = await openWatched(`connectors/set-up/${twilio.factoryId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await fillInTwilio(page);
  await page.context().clearCookies();
  await page.getByLabel('Phone number').fill(recipient);
  await button(page, 'Send').click();
  const dialog = page.getByRole('dialog', { name: 'Sign in to go on' });
  expect(await dialog.getByLabel('Username').inputValue()).toBe(administrator.username);
  await dialog.getByLabel('Password').fill(administrator.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Sent to +8613800138000').waitFor();
  expect(await page.getByLabel('Account SID').inputValue()).toBe(twilio.config.accountSID);
});

test('tells that somebody else changed the connector, and replaces it only when told to', async () => {
  await setUp(aliyun);
  const { page } = await openWatched(`connectors/set-up/${twilio.factoryId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await fillInTwilio(page);
  const [{ id }] = await live();
  await rig.server.management.delete(`/connectors/${id}`);
  await rig.server.management.post('/connectors', { connectorId: 'development-inbox' });
  await button(page, 'Save and Done').click();
  await page.getByText('Somebody else changed the connector meanwhile').waitFor();
  await page.getByText(/^Development inbox is alive now, with changes/).waitFor();
  expect(await live()).toMatchObject([{ connectorId: 'development-inbox' }]);
  await button(page, 'Save mine anyway').click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: twilio.factoryId }]);
});

test('tells a second administrator of changes to the same connector, and keeps a secret that is left as it was', async () => {
  await setUp(twilio);
  const [{ id, config }] = await live();
  const { page } = await openWatched(`connectors/${id}`);
  await page.locator('#field-from').fill('+15005550001');
  await rig.server.management.patch(`/connectors/${id}`, { config: { ...config, from: '+15005550010' } });
  await button(page, 'Save changes').click();
  await page.getByText('Somebody else changed the connector meanwhile').waitFor();
  await button(page, 'Save mine anyway').click();
  await page.getByText('The changes are saved and in use.').waitFor();
  expect(await live()).toMatchObject([{ config: { from: '+15005550001', authToken: config.authToken } }]);
  await page.getByLabel('Phone number').fill(recipient);
  await button(page, 'Send').click();
  await page.getByRole('alert').getByText('21212').first().waitFor();
});

test('asks before changes are left behind', async () => {
  await setUp(twilio);
  const [{ id }] = await live();
  const { page } = await openWatched(`connectors/${id}`);
  await page.locator('#field-from').fill('+15005550001');
  await page.getByRole('link', { name: 'Users' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay here' }).click();
  expect(await page.locator('#field-from').inputValue()).toBe('+15005550001');
  await button(page, 'Discard').click();
  expect(await page.locator('#field-from').inputValue()).toBe(twilio.config.from);
  await expect.poll(() => button(page, 'Save changes').count()).toBe(0);
});

test('shows a failure with a way to try again', async () => {
  const page = await rig.open('sign-in');
  await page.route('**/api/connectors', (route) => route.fulfill({ status: 500, json: { code: 'system.internal' } }));
  await page.goto(`${rig.server.baseUrl}/console/connectors`);
  await page.getByText('This could not be loaded').waitFor();
  await page.unroute('**/api/connectors');
  await button(page, 'Retry').click();
  await page.getByRole('link', { name: 'Set up' }).waitFor();
});

test('hostile words of a connector stay words', async () => {
  const hostile = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const { page, broken } = await openWatched('sign-in');
  await page.route('**/api/connector-factories', async (route) => {
    const [factory] = (await (await route.fetch()).json()) as object[];
    const readme = `# ${hostile}\n\n[link](javascript:window.pwned=1) ![picture](https://elsewhere.example/x.png)`;
    await route.fulfill({
      json: [{ ...factory, id: 'hostile', name: { en: hostile }, description: { en: hostile }, readme }],
    });
  });
  await page.goto(`${rig.server.baseUrl}/console/connectors/set-up/hostile`);
  await page.getByRole('heading', { level: 1, name: `Set up ${hostile}` }).waitFor();
  await page.getByText('picture').waitFor();
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(await page.locator('[href^="javascript"], section img[src^="http"]').count()).toBe(0);
  expect(broken).toEqual([]);
});

test('shows the form in the language of the page', async () => {
  const { page } = await openWatched(`connectors/set-up/${aliyun.factoryId}`, { locale: 'zh-CN' });
  await page.getByLabel('签名名称').waitFor();
  await page.getByText('已审核通过的签名名称，不含【】。').waitFor();
  expect(await page.getByText('The name of an approved signature').count()).toBe(0);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  await setUp(aliyun);
  await setUp(twilio);
  const [{ id }] = await live();
  const places = [
    'connectors',
    'connectors/choose',
    'connectors/create-your-own',
    `connectors/set-up/${aliyun.factoryId}`,
    'connectors/set-up/http-sms',
    `connectors/${id}`,
    `connectors/${id}?tab=templates`,
    `connectors/${id}?tab=messages`,
    `connectors/${id}/change`,
    `connectors/${id}/delete`,
    'nowhere',
  ];
  const { page, broken } = await openWatched('connectors', look);
  for (const place of places) {
    await page.goto(`${rig.server.baseUrl}/console/${place}`);
    await page.locator('h1').waitFor();
    if (/set-up|templates/.test(place)) await page.locator('.cm-content').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await problemsOf(page), place).toEqual([]);
  }
  expect(broken).toEqual([]);
});

test('one set-up with nothing but the keyboard', async () => {
  const { page } = await openWatched('connectors');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tabTo = async (id: string) => {
    for (let tabs = 0; tabs < 80; tabs += 1) {
      await page.keyboard.press('Tab');
      const here = await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
      if (here === id) return;
    }
    expect.fail(`The focus never came to ${id}.`);
  };
  await page.getByRole('link', { name: 'Set up' }).waitFor();
  await tabTo('Set up');
  await press('Enter');
  await page.getByRole('searchbox').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  await page.keyboard.type('Twilio');
  await press('Tab', 'Space');
  await tabTo('Next');
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Set up Twilio SMS', exact: true }).waitFor();
  for (const key of ['accountSID', 'authToken', 'from', 'endpoint']) {
    await tabTo(`field-${key}`);
    await page.keyboard.type(String(twilio.config[key]));
  }
  await page.locator('.cm-content').waitFor();
  await tabTo('field-templates');
  await tabTo('test-phone');
  await page.keyboard.type(recipient);
  await press('Enter');
  await page.getByText('Sent to +8613800138000').waitFor();
  await tabTo('Save and Done');
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: twilio.factoryId }]);
});
