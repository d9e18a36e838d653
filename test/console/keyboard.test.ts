import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { walkByTab } from '../setup/tab-key.ts';
import { load, looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
/** Of what stands in an address in capitals. */
const ids = new Map<string, string>();
beforeAll(async () => {
  rig = await startSectionRig();
  const { management } = rig.server;
  const phone = newPhone();
  const hook = { name: 'Hook', events: ['User.Created'], config: { url: 'https://hook.example.com' } };
  await management.post('/verification-codes', { phone });
  for (const [name, path, body] of [
    ['USER', '/users', { primaryPhone: phone, username: 'jo', name: 'Jo' }],
    ['APPLICATION', '/applications', { name: 'Shop', type: 'MachineToMachine' }],
    ['RESOURCE', '/resources', { name: 'Orders', indicator: 'https://orders.example.com' }],
    ['HOOK', '/hooks', hook],
  ] as const) {
    ids.set(name, (await management.post(path, body)).body.id);
  }
  for (const [name, path] of [
    ['MESSAGE', '/messages'],
    ['CONNECTOR', '/connectors'],
  ] as const) {
    ids.set(name, (await management.get(path)).body[0].id);
  }
});
afterAll(() => rig?.close());

const pages = [
  'overview',
  'connectors',
  'connectors/choose',
  'connectors/create-your-own',
  'connectors/email-templates',
  'connectors/set-up/aliyun-short-message-service',
  'connectors/CONNECTOR',
  'sign-in-experience',
  'sign-in-experience/account-center',
  'protection',
  'protection/decisions',
  'protection/policy',
  'protection/listed',
  'protection/costs',
  'protection/check',
  'messages',
  'messages/MESSAGE',
  'messages/suppressions',
  'development-inbox',
  'users',
  'users/create',
  'users/USER',
  'users/USER/delete',
  'applications',
  'applications/create',
  'applications/APPLICATION',
  'resources',
  'resources/RESOURCE',
  'webhooks',
  'webhooks/create',
  'webhooks/HOOK',
  'administrators',
  'audit-log',
  'settings',
  'account',
];
const nothing = { missed: [], covered: [], unmarked: [] };

describe.each(looks)('whoever has no mouse comes by everything, and sees where they are: %s', (_, look) => {
  test.each(pages)('%s', async (path) => {
    const page = await rig.open(
      path.replace(/[A-Z]+/, (name) => ids.get(name) ?? name),
      look,
    );
    await load(page, page.url());
    expect(await walkByTab(page)).toEqual(nothing);
  });

  test('a form whose fields were all left out', async () => {
    const page = await rig.open('connectors/set-up/aliyun-short-message-service', look);
    await load(page, page.url());
    await walkByTab(page);
    await page.locator('[aria-invalid=true]').first().waitFor();
    expect(await walkByTab(page)).toEqual(nothing);
  });

  test('a form with something to save', async () => {
    const page = await rig.open('sign-in-experience/account-center', look);
    await page.getByRole('main').getByRole('switch').first().press('Space');
    await page.getByRole('region', { name: /unsaved|未保存/i }).waitFor();
    expect(await walkByTab(page)).toEqual(nothing);
  });
});
