import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PagesRig, startPagesRig } from './pages-rig.ts';

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig();
});
afterAll(() => rig.close());

test('smoke', async () => {
  const visitor = await rig.newVisitor();
  const { page } = visitor;
  await visitor.start({ prompt: 'create' });
  expect(await page.title()).toBe('Create an account · Shop');
  await page.getByLabel('Phone number').fill('+14155550132');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Code', { exact: true }).fill(await rig.codeFor('+14155550132'));
  const tokens = await visitor.tokens();
  expect(tokens.claims()).toMatchObject({ phone_number: '+14155550132' });
  expect(visitor.complaints).toEqual([]);
});
