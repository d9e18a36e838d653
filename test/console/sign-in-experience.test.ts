import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

vi.setConfig({ testTimeout: 60_000 });

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
}, 60_000);
afterAll(() => rig?.close());

test('changes the rules for codes, and shows at the field what the server refuses', async () => {
  const { server } = rig;
  const page = await rig.open('sign-in-experience');
  const lifetime = page.getByLabel('Valid for, in seconds');
  await lifetime.fill('9999');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => lifetime.getAttribute('aria-invalid')).toBe('true');
  await page.getByText('<=600').waitFor();
  expect(await lifetime.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await problemsOf(page)).toEqual([]);

  await lifetime.fill('300');
  await page.getByLabel('Messages in all in a window').fill('500');
  await page.getByLabel('Messages that one network address').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect((await server.management.get('/sign-in-exp')).body).toMatchObject({
    verificationCodePolicy: { codeLength: 6, expirationDuration: 300 },
    messageRateLimitPolicy: { maxSendsTotal: 500, maxSendsPerAddress: null },
  });
});

test('discards changes, and asks before they are lost', async () => {
  const page = await rig.open('sign-in-experience');
  const digits = page.getByLabel('Digits');
  await digits.fill('4');
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByRole('button', { name: 'Stay here' }).click();
  expect(await digits.inputValue()).toBe('4');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect.poll(() => digits.inputValue()).toBe('6');
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});

test('an empty field that needs a number is not sent', async () => {
  const { server } = rig;
  const page = await rig.open('sign-in-experience');
  await page.getByLabel('Digits').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Give a whole number.').waitFor();
  expect((await server.management.get('/sign-in-exp')).body.verificationCodePolicy.codeLength).toBe(6);
});

test('a page that cannot be loaded offers to try again', async () => {
  const page = await rig.open('users');
  await page.route('**/api/sign-in-exp', (route) => route.fulfill({ status: 500, json: { code: 'system.internal' } }));
  await page.getByRole('link', { name: 'Sign-in experience' }).click();
  const retry = page.getByRole('button', { name: 'Retry' });
  await retry.waitFor();
  await page.unroute('**/api/sign-in-exp');
  await retry.click();
  await page.getByLabel('Digits').waitFor();
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('sign-in-experience', look);
  await page.locator('form input').first().waitFor();
  expect(await problemsOf(page)).toEqual([]);
});
