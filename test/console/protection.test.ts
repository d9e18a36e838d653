import { afterAll, beforeAll, expect, test } from 'vitest';
import { load, looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

test('a check is switched on, and its provider chosen and tested; a test number is made and deleted', async () => {
  const { management, services } = rig.server;
  const page = await rig.open('protection');
  await page.getByRole('switch', { name: 'Check everybody who signs in' }).check({ force: true });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(async () => (await services.experience.readStored()).captchaPolicy.enabled).toBe(true);
  expect((await management.get('/captcha-provider')).body.config).toEqual({ type: 'Altcha', difficulty: 4 });

  await page.getByLabel('Provider').selectOption('Cloudflare Turnstile');
  await page.getByLabel('Site key').fill('the-site-key');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Fill in this field.').waitFor();
  await page.getByLabel('Secret key').fill('the-secret-key');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('One is stored. Leave this empty to keep it.').waitFor();
  expect(await services.humanCheck.provider.read()).toMatchObject({
    siteKey: 'the-site-key',
    secretKey: 'the-secret-key',
  });
  expect(await page.getByLabel('Secret key').inputValue()).toBe('');

  await page.getByRole('link', { name: 'Add a test number' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Number or address').fill('nobody');
  await dialog.getByLabel('Code', { exact: false }).first().fill('12');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Give a phone number with its country code').waitFor();
  expect(await problemsOf(page)).toEqual([]);
  await dialog.getByLabel('Number or address').fill('+1 415 555 2671');
  await dialog.getByLabel('Code', { exact: false }).first().fill('424242');
  await dialog.getByLabel('Note').fill('App review');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('link', { name: 'Delete +14155552671' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No test numbers yet.').waitFor();
});

test.each(looks)('everybody can use the page, %s', async (_, look) => {
  const { services, baseUrl } = rig.server;
  await services.testNumbers.put({ recipient: '+14155552671', code: '424242', note: 'App review', expiresAt: null });
  const page = await rig.signedInPage(look);
  await load(page, `${baseUrl}/console/protection`);
  expect(await problemsOf(page)).toEqual([]);
});
