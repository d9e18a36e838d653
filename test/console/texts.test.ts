import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { narrow, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

const stored = async (tag: string) => (await rig.server.management.get(`/custom-phrases/${tag}`)).body.translation;

test('words of their own are found, filled in, previewed, saved, and taken back', async () => {
  const page = await rig.open('sign-in-experience');
  await page.getByRole('tab', { name: 'Texts' }).click();
  await page.getByLabel('Language of the texts').selectOption('Deutsch');
  await page.getByLabel('Search the texts').fill('anmelden');
  const title = page.getByLabel('signIn.title', { exact: true });
  await expect.poll(() => title.getAttribute('placeholder')).toBe('Anmelden');
  await title.fill('Sesam, öffne dich');
  const preview = page.frameLocator('iframe[data-shown]');
  await preview.getByRole('heading', { name: 'Sesam, öffne dich' }).waitFor();

  await page.getByLabel('Search the texts').fill('continueTo');
  await page.getByLabel('continueTo', { exact: true }).fill('weiter zu ');
  await page.getByRole('button', { name: 'Insert {application} into continueTo' }).click();
  expect(await page.getByLabel('continueTo', { exact: true }).inputValue()).toBe('weiter zu {application}');
  await page.getByLabel('continueTo', { exact: true }).fill('weiter zu {applikation}');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('{applikation} stands for nothing here').waitFor();
  expect(await page.getByLabel('continueTo', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('continueTo', { exact: true }).fill('weiter zu {application}');
  await page.getByLabel('Search the texts').fill('');
  await page.getByRole('switch', { name: 'Only texts of your own (2)' }).check({ force: true });
  await expect.poll(() => page.getByText('Texts: 2', { exact: true }).count()).toBe(1);
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await stored('de')).toEqual({
    continueTo: 'weiter zu {application}',
    signIn: { title: 'Sesam, öffne dich' },
  });

  const { customPhrases } = rig.server.services;
  await customPhrases.change({ de: { ...(await customPhrases.read()).de, 'code.title': 'Von nebenan' } });
  await page.getByRole('button', { name: 'Back to ours: signIn.title' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Back to ours: signIn.title' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect
    .poll(() => stored('de'))
    .toEqual({ continueTo: 'weiter zu {application}', code: { title: 'Von nebenan' } });
  await page.getByRole('button', { name: 'Back to ours: code.title' }).waitFor();
  await page.getByRole('button', { name: 'All back to ours' }).press('Enter');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(() => stored('de')).toBeUndefined();
});

test('any other language can be added by its tag', async () => {
  const page = await rig.open('sign-in-experience?tab=texts');
  await page.getByLabel('Language of the texts').selectOption('Another language …');
  const tag = page.getByLabel('Language tag');
  await tag.fill('no such tag');
  await tag.press('Enter');
  await page.getByText('Give a language tag, for example sv or pt-PT.').waitFor();
  await tag.fill('sv_se');
  await tag.press('Enter');
  await page.getByText('The pages are not in this language yet').waitFor();
  await page.getByLabel('signIn.title', { exact: true }).fill('Logga in');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await stored('sv-SE')).toEqual({ signIn: { title: 'Logga in' } });

  await page.getByRole('switch', { name: 'Only texts of your own (1)' }).check({ force: true });
  await page.getByLabel('Search the texts').fill('logga');
  await page.waitForURL((url) => url.searchParams.get('find') === 'logga');
  await page.reload();
  await page.getByText('Texts: 1', { exact: true }).waitFor();
  expect(await page.getByLabel('Language of the texts').inputValue()).toBe('sv-SE');
  expect(await page.getByLabel('Search the texts').inputValue()).toBe('logga');
  expect(await page.getByLabel('signIn.title', { exact: true }).inputValue()).toBe('Logga in');
});

test('axe finds nothing: dark, in Chinese, 380 pixels wide', async () => {
  const page = await rig.open('sign-in-experience?tab=texts', narrow);
  // A few of five hundred, which are alike.
  await page.getByLabel('搜索文字').fill('continueTo');
  await expect.poll(() => page.locator('textarea').count()).toBeLessThan(10);
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('on a phone the preview is below a list that scrolls, not behind all of it', async () => {
  const page = await rig.open('sign-in-experience?tab=texts', narrow);
  await expect.poll(() => page.locator('textarea').count()).toBeGreaterThan(100);
  const { y = Number.NaN } = (await page.locator('iframe[data-shown]').boundingBox()) ?? {};
  expect(y).toBeLessThan(2500);
});
