import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Language, languages } from '../../packages/pages/src/language.ts';
import { closeWindows, sharedBrowser } from '../setup/browser.ts';
import { exampleNamed, type Gallery, openGallery } from './view-rig.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery(await sharedBrowser(), { width: 320 });
});
afterAll(closeWindows);

/** How the first such element is drawn. */
const styleOf = (selector: string, pseudo?: string) =>
  gallery.page.evaluate(
    ([chosen = '', part]) => {
      const style = getComputedStyle(document.querySelector(chosen) as Element, part);
      const { letterSpacing, marginLeft, borderTopLeftRadius, borderTopRightRadius } = style;
      return { letterSpacing, marginLeft, borderTopLeftRadius, borderTopRightRadius };
    },
    [selector, pseudo],
  );

const show = (name: string, language: Language) => gallery.show(exampleNamed(name), { language });

/** Those with the longest words, and with the most beside each other. */
const crowded = [
  'password of an address or a username',
  'code, with the choice to trust the browser',
  'new backup codes',
  'new authenticator app in place of another',
  'account with few backup codes',
  'verify yourself',
];

test.each(languages)('the pages fit a narrow phone in %s', async (language) => {
  for (const name of crowded) {
    await show(name, language);
    expect([name, await gallery.page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 320]);
  }
});

test('a notice has its bar and its sharp corners where lines begin', async () => {
  await show('account with trusted browsers', 'en');
  const { borderTopLeftRadius: sharp, borderTopRightRadius: round } = await styleOf('.notice');
  expect(sharp).not.toBe(round);
  await show('account with trusted browsers', 'ar');
  expect(await styleOf('.notice')).toMatchObject({ borderTopLeftRadius: round, borderTopRightRadius: sharp });
});

test('the hands of a clock stand in its middle wherever lines begin', async () => {
  await show('message: flow-over', 'en');
  const { marginLeft } = await styleOf('.mark', '::before');
  await show('message: flow-over', 'he');
  expect((await styleOf('.mark', '::before')).marginLeft).toBe(marginLeft);
});

test.each(['ar', 'fa', 'hi', 'bn'] as const)('letters that are joined keep their distance in %s', async (language) => {
  await show('sign-in', language);
  expect((await styleOf('h1')).letterSpacing).toBe('normal');
});

test('times that the script puts into the time zone of the person are in the digits that codes are in', async () => {
  for (const language of ['fa', 'bn'] as const) {
    await show('account', language);
    expect(await gallery.page.innerText('time')).toMatch(/^[^\p{Nd}]*(?:\d+[^\p{Nd}]*)+$/u);
  }
});
