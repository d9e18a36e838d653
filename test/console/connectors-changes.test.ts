import { expect, test } from 'vitest';
import { twilioError } from '../doubles/twilio.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { button, recipient, useConnectors } from './connectors-rig.ts';
import { endSessionAt, holdAnswers } from './requests.ts';
import { administrator } from './section-rig.ts';

const own = useConnectors();
const { live, setUp, openWatched, fillInTwilio } = own;

test('a session that ends half way loses nothing', async () => {
  const { page } = await openWatched(`connectors/set-up/${own.twilio.factoryId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await fillInTwilio(page);
  await page.getByLabel('Phone number').fill(recipient);
  await endSessionAt(page, '**/test');
  await button(page, 'Send').click();
  const dialog = page.getByRole('dialog', { name: 'Sign in to go on' });
  expect(await dialog.getByLabel('Username').inputValue()).toBe(administrator.username);
  await dialog.getByLabel('Password').fill(administrator.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Sent to +8613800138000').waitFor();
  expect(await page.getByLabel('Account SID').inputValue()).toBe(own.twilio.config.accountSID);
});

test('tells that somebody else changed the connector, and replaces it only when told to', async () => {
  await setUp(own.aliyun);
  const { page } = await openWatched(`connectors/set-up/${own.twilio.factoryId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await fillInTwilio(page);
  const [{ id }] = await live();
  await own.rig.server.management.delete(`/connectors/${id}`);
  await own.rig.server.management.post('/connectors', { connectorId: 'development-inbox' });
  await button(page, 'Save and Done').click();
  await page.getByText('Somebody else changed the connector meanwhile').waitFor();
  await page.getByText(/^Development inbox is alive now, with changes/).waitFor();
  expect(await live()).toMatchObject([{ connectorId: 'development-inbox' }]);
  await button(page, 'Save mine anyway').click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  expect(await live()).toMatchObject([{ connectorId: own.twilio.factoryId }]);
});

test('tells a second administrator of changes to the same connector, and keeps a secret that is left as it was', async () => {
  await setUp(own.twilio);
  const [{ id, config }] = await live();
  const { page } = await openWatched(`connectors/${id}`);
  await page.locator('#field-from').fill('+15005550001');
  await own.rig.server.management.patch(`/connectors/${id}`, { config: { ...config, from: '+15005550010' } });
  await button(page, 'Save changes').click();
  await page.getByText('Somebody else changed the connector meanwhile').waitFor();
  await button(page, 'Save mine anyway').click();
  await page.getByText('The changes are saved and in use.').waitFor();
  expect(await live()).toMatchObject([{ config: { from: '+15005550001', authToken: config.authToken } }]);
  await page.getByLabel('Phone number').fill(recipient);
  await button(page, 'Send').click();
  await page.getByRole('alert').getByText('21212').first().waitFor();
});

test('what is typed while a connector is saved or tested stays, and a failure is told all the same', async () => {
  await setUp(own.twilio);
  const [{ id }] = await live();
  const { page } = await openWatched(`connectors/${id}`);
  const endpoint = String(own.twilio.config.endpoint);
  const letSaveThrough = await holdAnswers(page, `**/api/connectors/${id}`, 'PATCH');
  await page.locator('#field-from').fill('+15005550002');
  await button(page, 'Save changes').click();
  await expect.poll(live).toMatchObject([{ config: { from: '+15005550002' } }]);
  await page.locator('#field-endpoint').fill(`${endpoint}/`);
  letSaveThrough();
  await page.getByText('The changes are saved and in use.').waitFor();
  expect(await page.locator('#field-endpoint').inputValue()).toBe(`${endpoint}/`);
  await page.locator('#field-endpoint').fill(endpoint);
  await button(page, 'Save changes').waitFor({ state: 'detached' });

  own.twilio.double.replyNext(twilioError(400, 21408, 'Permission to send an SMS has not been enabled for the region'));
  const letTestThrough = await holdAnswers(page, '**/test', 'POST');
  const sent = page.waitForRequest((request) => request.url().endsWith('/test'));
  await page.getByLabel('Phone number').fill(recipient);
  await button(page, 'Send').click();
  await sent;
  await page.locator('#field-from').fill('+15005550003');
  letTestThrough();
  await page.getByRole('alert').getByText('21408').first().waitFor();
  await button(page, 'Discard').click();
});

test('a connector without a configuration is named so, and goes live when it is saved', async () => {
  await setUp(own.aliyun);
  const { management } = own.rig.server;
  await management.post('/connectors', { connectorId: own.twilio.factoryId, id: 'waiting' });
  const { page, broken } = await openWatched('connectors');
  const logo = 'https://logos.example/twilio.svg';
  await page.route(logo, (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
  );
  await page.route('**/api/connectors', async (route) => {
    const all = (await (await route.fetch()).json()) as object[];
    await route.fulfill({ json: all.map((one) => ({ ...one, logo })) });
  });
  const shown = page.waitForResponse(logo);
  await page.reload();
  expect((await shown).ok()).toBe(true);
  await page.getByText('In use', { exact: true }).waitFor();
  await page.getByText('Not configured', { exact: true }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Set up', exact: true }).click();
  await page.getByText('It sends nothing until its configuration is saved.').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await fillInTwilio(page);
  await button(page, 'Save changes').click();
  await page.getByText('The changes are saved and in use.').waitFor();
  expect(await live()).toMatchObject([{ id: 'waiting', state: 'live' }]);
  expect(await page.getByText('It sends nothing until its configuration is saved.').count()).toBe(0);
  expect(broken).toEqual([]);
});

test('asks before changes are left behind, and takes them back', async () => {
  await setUp(own.twilio);
  const [{ id }] = await live();
  const { page } = await openWatched(`connectors/${id}`);
  await page.locator('#field-from').fill('+15005550001');
  await page.getByRole('link', { name: 'Users' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay here' }).click();
  expect(await page.locator('#field-from').inputValue()).toBe('+15005550001');
  await button(page, 'Discard').click();
  expect(await page.locator('#field-from').inputValue()).toBe(own.twilio.config.from);
  await expect.poll(() => button(page, 'Save changes').count()).toBe(0);

  // WhatsApp has templates of its own in place of our texts.
  const templatesTab = page.getByRole('tab', { name: 'Templates' });
  await page.locator('#field-channel').click();
  await page.getByRole('option', { name: 'WhatsApp' }).click();
  await page.locator('#field-whatsAppTemplates').waitFor();
  expect(await templatesTab.count()).toBe(0);
  await button(page, 'Discard').click();
  await templatesTab.waitFor();
  expect(await page.locator('#field-whatsAppTemplates').count()).toBe(0);
});
