import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodMetadata, moduleOf, writeConnector } from '../end-to-end/installed-connectors-fixture.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { load, narrow, type SectionRig, startSectionRig } from './section-rig.ts';

const reason = '<b>out of order</b>';
let folder: string;
let rig: SectionRig;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-console-connectors-'));
  await writeConnector(folder, 'own', { module: moduleOf(goodMetadata('own')) });
  await writeConnector(folder, 'broken', { module: `throw new Error(${JSON.stringify(reason)})` });
  rig = await startSectionRig({ SESAME_CONNECTORS_DIR: folder });
});
afterAll(async () => {
  await rig?.close();
  await rm(folder, { recursive: true });
});

test('tells installed connectors from built-in ones, and which cannot be used and why', async () => {
  const page = await rig.open('connectors');
  const problems = page.getByRole('note').filter({ hasText: 'Installed connectors that cannot be used' });
  await problems.getByText('broken 1.0.0').waitFor();
  await problems.getByText(reason).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await problems.getByRole('link', { name: 'Guide for connectors of your own' }).click();
  await page.getByRole('heading', { name: 'Create your connector' }).waitFor();

  await page.getByRole('link', { name: 'Back to the connectors that are there' }).click();
  const card = (id: string) =>
    page
      .getByRole('dialog')
      .locator('label')
      .filter({ has: page.locator(`#factory-${id}`) });
  await card('own').getByText('Installed', { exact: true }).waitFor();
  await card('own').getByText('own 1.0.0').waitFor();
  await card('plivo-sms').getByText('Built-in', { exact: true }).waitFor();
  await page.getByRole('dialog').getByRole('radio', { name: 'own' }).check();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('a live connector whose module is gone says so, and what to do', async () => {
  const page = await rig.signedInPage();
  await page.route('**/api/connectors', async (route) => {
    const [live] = (await (await route.fetch()).json()) as object[];
    await route.fulfill({ json: [{ ...live, id: 'gone', origin: 'not-installed', package: null }] });
  });
  await rig.show(page, 'connectors');
  await page.getByText('The module of this connector is not there any more').waitFor();
  await load(page, `${rig.server.baseUrl}/console/connectors/gone`);
  await page.getByText('Install it again and restart the server, or change to another connector.').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('the guide leads to its own parts, to an endpoint for either channel, and back to where it was asked for', async () => {
  const page = await rig.open('connectors/create-your-own?channel=Email');
  const addressOf = (name: string) => page.getByRole('link', { name, exact: true }).getAttribute('href');
  expect(await addressOf('Set up HTTP SMS')).toMatch(/set-up\/http-sms$/);
  expect(await addressOf('Set up HTTP email')).toMatch(/set-up\/http-email$/);
  expect(await addressOf('Back to the connectors that are there')).toMatch(/choose\?channel=Email$/);
  await page.getByRole('link', { name: 'below' }).click();
  await page.waitForURL(/#guide-a-connector-of-logto$/);
  await page.locator('#guide-a-connector-of-logto').waitFor();
});

test('axe finds nothing: dark, in Chinese, 380 pixels wide', async () => {
  const page = await rig.open('connectors', narrow);
  for (const place of ['connectors', 'connectors/choose']) {
    await load(page, `${rig.server.baseUrl}/console/${place}`);
    expect(await axeProblemsOf(page), place).toEqual([]);
  }
});
