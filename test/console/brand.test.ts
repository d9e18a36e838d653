import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

const stored = async () => (await rig.server.management.get('/sign-in-exp')).body;

test('a stylesheet is previewed as it is typed, refused by its lines, and saved', async () => {
  const page = await rig.open('sign-in-experience?tab=css');
  const field = page.getByLabel('Stylesheet');
  const title = page.frameLocator('iframe[data-shown]').locator('h1');
  await field.fill('h1 { color: rgb(1, 2, 3) }');
  await expect.poll(() => title.evaluate((node) => getComputedStyle(node).color)).toBe('rgb(1, 2, 3)');

  await field.fill('h1 { color: red }\n@import "https://x.example/a.css";\nb { color red }');
  await page.getByText('Line 2: @import is not taken here.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true);
  expect(await axeProblemsOf(page)).toEqual([]);

  await field.fill('h1 { color: rgb(4, 5, 6) }');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('Saved.').waitFor();
  expect(await stored()).toMatchObject({ customCss: 'h1 { color: rgb(4, 5, 6) }' });
  // Under the policy of the pages themselves.
  await page.goto(`${rig.server.baseUrl}/sign-in`);
  expect(await page.locator('h1').evaluate((node) => getComputedStyle(node).color)).toBe('rgb(4, 5, 6)');
});

test.each(looks)('its tab has nothing that axe finds: %s', async (_, look) => {
  const page = await rig.open('sign-in-experience?tab=css', look);
  await page.locator('iframe').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});
