import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { load, looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
let receiver: Server;
/** What the receiver answers. */
let status = 500;
const got: string[] = [];
beforeAll(async () => {
  rig = await startSectionRig({ SESAME_PRIVATE_WEBHOOKS: 'allow' });
  receiver = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { event } = JSON.parse(Buffer.concat(chunks).toString()) as { event: string };
    got.push(event);
    response.writeHead(status).end('so it says');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterAll(async () => {
  receiver?.close();
  await rig?.close();
});

test('a webhook is made, tested, told of a user, and asked again; its key is replaced', async () => {
  const { services } = rig.server;
  const page = await rig.open('webhooks');
  await page.getByRole('link', { name: 'Create webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('URL').fill('nowhere');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Give an http or https URL').waitFor();
  await dialog.getByLabel('URL').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Choose at least one event.').waitFor();
  await dialog.getByLabel('A user was created').check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Nothing here.').waitFor();

  await page.getByRole('button', { name: 'Send an example' }).click();
  await page.getByText('The receiver answered 500.').waitFor();
  await page.getByText('so it says').waitFor();

  await services.users.create({ username: 'ali' });
  await page.reload();
  await page.getByRole('cell', { name: 'User.Created' }).waitFor();
  await page.getByLabel('State').selectOption('Delivered');
  await page.getByText('Nothing here.').waitFor();
  await page.getByLabel('State').selectOption('Waiting');
  await page.getByRole('table', { name: 'Deliveries' }).getByRole('link').click();
  await page.getByRole('cell', { name: '500' }).first().waitFor();
  await page.getByText('"username": "ali"').waitFor();
  status = 204;
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('It is sent again.').waitFor();
  await page.getByText('Delivered').first().waitFor();
  await expect.poll(() => got.length).toBeGreaterThanOrEqual(3);
  expect(new Set(got)).toEqual(new Set(['User.Created']));

  await page.getByRole('link', { name: 'Back to the webhook' }).click();
  const [before] = await services.hooks.list();
  await page.getByRole('button', { name: 'Show the key' }).click();
  await page.getByText(before?.signingKey ?? '').waitFor();
  await page.getByRole('link', { name: 'Replace the key' }).click();
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await page.getByText('The key was replaced.').waitFor();
  const [after] = await services.hooks.list();
  expect(after?.signingKey).not.toBe(before?.signingKey);
  await page.getByText(after?.signingKey ?? '').waitFor();

  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByLabel('Name of header 1').fill('authorization');
  await page.getByLabel('Value of header 1').fill('Bearer 1');
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByLabel('Name of header 2').fill('Authorization');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Give each header once.').waitFor();
  await page.getByRole('button', { name: 'Remove header 2' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect
    .poll(async () => (await services.hooks.list())[0]?.config.headers)
    .toEqual({ authorization: 'Bearer 1' });
});

test('what is sent again to a webhook that is switched off waits until it is on, and the page says so', async () => {
  const { management } = rig.server;
  status = 204;
  const config = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` };
  const { id } = (await management.post('/hooks', { events: ['User.Created'], config })).body;
  const deliveries = async () => (await management.get(`/hooks/${id}/deliveries`)).body;
  await rig.server.services.users.create({ username: 'cassim' });
  await expect.poll(async () => (await deliveries())[0]?.state).toBe('delivered');
  await management.patch(`/hooks/${id}`, { enabled: false });
  const page = await rig.open(`webhooks/${id}/deliveries/${(await deliveries())[0].id}`);
  await page.getByText('Delivered').first().waitFor();
  const count = got.length;
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('main').getByText('It is sent once the webhook is switched on.').waitFor();
  expect(await page.getByText('Next attempt').count()).toBe(0);
  expect(got).toHaveLength(count);
  await management.patch(`/hooks/${id}`, { enabled: true });
  await expect.poll(() => got.length).toBe(count + 1);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const { baseUrl, services } = rig.server;
  const [hook] = await services.hooks.list();
  const { deliveries } = await services.hooks.deliveries(hook?.id ?? '', {}, { limit: 1, offset: 0 });
  const page = await rig.signedInPage(look);
  const paths = [
    'webhooks',
    'webhooks/create',
    `webhooks/${hook?.id}`,
    `webhooks/${hook?.id}/deliveries/${deliveries[0]?.row.id}`,
  ];
  for (const path of paths) {
    await load(page, `${baseUrl}/console/${path}`);
    expect(await axeProblemsOf(page), path).toEqual([]);
  }
});
