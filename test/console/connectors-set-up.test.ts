import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { twilioError } from '../doubles/twilio.ts';
import type { Provider } from '../end-to-end/providers.ts';
import { button, recipient, replaceTemplates, useConnectors } from './connectors-rig.ts';
import { holdAnswers } from './requests.ts';
import { administrator } from './section-rig.ts';

const own = useConnectors();
const { live, openWatched, fillInTwilio } = own;

/** Everything that a provider's configuration has. */
async function fillIn(page: Page, { config: { templates, ...fields } }: Provider): Promise<void> {
  for (const [key, value] of Object.entries(fields)) await page.locator(`#field-${key}`).fill(String(value));
  await replaceTemplates(page, JSON.stringify(templates));
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

test('from signing in to a connector that sends', async () => {
  const { page, broken } = await openWatched('connectors');
  await page.getByRole('button', { name: /^Signed in as ada/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Username').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await button(page, 'Sign in').click();
  await page.getByText('The username or the password is wrong.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await button(page, 'Sign in').click();
  await button(page, 'Not now').click();

  await page.getByRole('heading', { name: 'Email and SMS connectors' }).waitFor();
  await page.getByRole('link', { name: 'Set up SMS connector' }).click();
  const dialog = page.getByRole('dialog');
  expect(await button(page, 'Next').isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  await page.getByRole('link', { name: 'Set up SMS connector' }).click();
  expect(await dialog.getByRole('radio').first().getAttribute('aria-labelledby')).toBe('factory-development-inbox');
  await dialog.getByRole('searchbox').fill('twilio');
  await dialog.getByText('Twilio SMS', { exact: true }).click();
  await button(page, 'Next').click();

  await page.getByRole('heading', { level: 1, name: 'Set up Twilio SMS', exact: true }).waitFor();
  await page.getByRole('heading', { name: '1. Account' }).waitFor();
  await page.getByRole('heading', { name: '1 Parameter configuration' }).waitFor();
  await page.getByRole('heading', { name: '2 Test your connector' }).waitFor();
  await button(page, 'Save and Done – 1 field left').click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-accountSID');
  await fillInTwilio(page);

  await replaceTemplates(page, templates('Acme').replace('"Acme SignIn: {{code}}"', '"Acme SignIn: {{code}}",'));
  await page.getByText(/^Line 9, column 3: this is not valid JSON/).waitFor();
  await page.locator('.cm-lint-marker-error').waitFor();
  await button(page, 'Save and Done – 1 field left').click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-templates');
  await replaceTemplates(page, templates('Acme').replace('"Acme SignIn: {{code}}"', '"Acme SignIn"'));
  await button(page, 'Save and Done – 1 field left').click();
  expect(await live()).toEqual([]);
  await replaceTemplates(page, templates('Acme'));
  await page.locator('.cm-lint-marker-error').waitFor({ state: 'detached' });

  await page.getByLabel('Phone number').fill(recipient);
  await button(page, 'Send').click();
  await page.getByText('Acme Generic: 000000', { exact: true }).waitFor();
  await page.getByText(/^SM[0-9a-f]{32}$/).waitFor();
  expect(own.twilio.double.requests.at(-1)?.body).toContain('To=%2B8613800138000');
  own.twilio.double.replyNext(twilioError(400, 21408, 'Permission to send an SMS has not been enabled for the region'));
  await button(page, 'Send').click();
  const refusal = page.getByRole('alert');
  await refusal.getByText('21408').first().waitFor();
  await refusal.getByText('Permission to send an SMS has not been enabled for the region').waitFor();
  await refusal.getByText(/Geo permissions/).waitFor();
  // It was about another number.
  await page.getByLabel('Phone number').fill('+861380013');
  await refusal.waitFor({ state: 'detached' });

  await button(page, 'Save and Done').click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: own.twilio.factoryId, config: { authToken: '••••uble' } }]);
  expect(await page.locator('#field-authToken').inputValue()).toBe('••••uble');

  expect((await own.rig.server.management.post('/verification-codes', { phone: '+12025550143' })).status).toBe(204);
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  const sent = page.getByRole('row', { name: /\+1 ••• 43.*Generic.*Twilio SMS.*Accepted/s });
  await sent.getByRole('link').click();
  await page.getByText('Twilio SMS took the message').waitFor();
  expect(own.twilio.double.requests.at(-1)?.body).toMatch(/Body=Acme\+Generic%3A\+\d{6}/);

  expect(broken).toEqual([]);
});

test('from one connector through a change and back to its end', async () => {
  await own.setUp(own.twilio);
  expect((await own.rig.server.management.post('/verification-codes', { phone: '+12025550145' })).status).toBe(204);
  const { page, broken } = await openWatched('connectors');
  const dialog = page.getByRole('dialog');
  await page.getByRole('link', { name: 'Twilio SMS', exact: true }).click();
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Change connector' }).click();
  await dialog.getByText(/Twilio SMS is alive now. It is disabled the moment you save another one/).waitFor();
  expect(await dialog.getByRole('radio', { name: 'Twilio SMS' }).count()).toBe(0);
  await dialog.getByText('Aliyun Short Message Service', { exact: true }).click();
  await button(page, 'Next').click();
  await page.getByText('You can bring ONLY ONE SMS connector alive.').waitFor();
  await page.getByText('The templates of Twilio SMS do not fit here, so these are new.').waitFor();
  await fillIn(page, own.aliyun);
  const letSaveThrough = await holdAnswers(page, '**/api/connectors', 'POST');
  await button(page, 'Save and Done').click();
  // Whatever was typed now would be lost with the page.
  await page.locator('[inert] #field-accessKeyId').waitFor();
  letSaveThrough();
  await page.getByRole('heading', { level: 1, name: 'Aliyun Short Message Service', exact: true }).waitFor();
  expect((await live()).map(({ connectorId }: { connectorId: string }) => connectorId)).toEqual([own.aliyun.factoryId]);

  const counts = () => [own.twilio, own.aliyun].map((provider) => provider.accepted().length);
  const before = counts();
  await own.rig.server.management.post('/verification-codes', { phone: '+12025550144' });
  expect(counts()).toEqual([before[0], (before[1] ?? 0) + 1]);

  await page.getByRole('link', { name: 'Back to the connectors' }).click();
  await button(page, 'Restore Twilio SMS').click();
  await dialog.getByText(/Aliyun Short Message Service is disabled at the same moment/).waitFor();
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: own.twilio.factoryId }]);
  await page.getByRole('tab', { name: 'Messages' }).click();
  await page.getByText('+1 ••• 45').first().waitFor();

  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  expect(await button(page, 'Delete').isDisabled()).toBe(true);
  await dialog.getByLabel('Type Twilio SMS to confirm').fill('Twilio SMS');
  await button(page, 'Delete').click();
  await page.getByRole('link', { name: 'Set up SMS connector' }).waitFor();
  expect(await live()).toEqual([]);
  expect(broken).toEqual([]);
});

test('shows the form in the language of the page', async () => {
  const { page } = await openWatched(`connectors/set-up/${own.aliyun.factoryId}`, { locale: 'zh-CN' });
  await page.getByLabel('签名名称').waitFor();
  await page.getByText('已审核通过的签名名称，不含【】。').waitFor();
  expect(await page.getByText('The name of an approved signature').count()).toBe(0);
});

test('codes of templates count among what is left, and are asked for once somebody saves', async () => {
  const { page } = await openWatched(`connectors/set-up/${own.aliyun.factoryId}?view=form`);
  await page.getByRole('heading', { name: '1 Parameter configuration' }).waitFor();
  const { templates: _, ...fields } = own.aliyun.config as Record<string, string>;
  for (const [key, value] of Object.entries(fields)) await page.locator(`#field-${key}`).fill(String(value));
  const missing = page.locator('#field-templates').getByText('Fill this in.', { exact: true });
  await button(page, 'Save and Done – 4 fields left').waitFor();
  expect(await missing.count()).toBe(0);
  await button(page, 'Save and Done – 4 fields left').click();
  await expect.poll(() => missing.count()).toBe(4);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toMatch(/^Template code: /);
  await page.keyboard.type('SMS_1');
  await button(page, 'Save and Done – 3 fields left').waitFor();
  await page.getByText('JSON', { exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'The template code is missing.' }).waitFor();
});

test('a template for a usage type that is known is added from the list, by the keyboard too', async () => {
  const { page, broken } = await openWatched(`connectors/set-up/${own.twilio.factoryId}`);
  await page.getByText('Form', { exact: true }).click();
  const name = page.getByRole('combobox', { name: 'Another usage type' });
  await name.waitFor();
  await page.reload();
  await name.fill('bind');
  // What is in the list already is not offered.
  await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(['BindMfa']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => name.inputValue()).toBe('BindMfa');
  const card = page.getByRole('region', { name: 'BindMfa', exact: true });
  expect(await card.count()).toBe(0);
  await page.keyboard.press('Enter');
  await card.getByText('Users who are signing in add the phone number').waitFor();
  expect(broken).toEqual([]);
});

test('what is wrong with several templates alike is said once, with all of them', async () => {
  const { page } = await openWatched(`connectors/set-up/${own.twilio.factoryId}`);
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    ...{ usageType, content: 'Your code is {{code}}.' },
  }));
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(JSON.stringify(templates));
  const said = page.getByRole('listitem').filter({ hasText: 'Another usage type has the same template' });
  await said.filter({ hasText: 'SignIn, ForgotPassword, Generic:' }).waitFor();
  expect(await said.count()).toBe(1);
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
  await page.getByRole('link', { name: 'Set up SMS connector' }).waitFor();
  await tabTo('Set up');
  await press('Enter');
  await page.getByRole('searchbox').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  await page.keyboard.type('Twilio');
  // The list comes from the API; until it is there and filtered, the next thing to tab to is something else.
  const offered = page.getByRole('dialog').getByRole('radio');
  await expect.poll(() => offered.count()).toBe(1);
  await press('Tab', 'Space');
  await expect.poll(() => offered.isChecked()).toBe(true);
  await tabTo('Next');
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Set up Twilio SMS', exact: true }).waitFor();
  for (const key of ['accountSID', 'authToken', 'from', 'endpoint']) {
    await tabTo(`field-${key}`);
    await page.keyboard.insertText(String(own.twilio.config[key]));
  }
  await page.locator('.cm-content').waitFor();
  await tabTo('field-templates');
  await tabTo('test-recipient');
  await page.keyboard.insertText(recipient);
  await press('Enter');
  await page.getByText('Sent to +8613800138000').waitFor();
  await tabTo('Save and Done');
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: own.twilio.factoryId }]);
});
