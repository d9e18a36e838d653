import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { closeWindows, sharedBrowser } from '../setup/browser.ts';
import { exampleNamed, type Look, openGallery, openView } from './view-rig.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(closeWindows);

async function open(name: string, look: Look = {}) {
  const view = await openView(browser, exampleNamed(name), look);
  const close = async () => {
    expect(view.refusals).toEqual([]);
    await view.close();
  };
  return { ...view, close };
}

test.each([true, false])('a logo that does not load gives way to the name; with a script: %s', async (hasScript) => {
  const torn = { name: 'Cave & Sons', logoUrl: 'data:image/png;base64,dG9ybg==', darkLogoUrl: undefined };
  const { page, show, close } = await openGallery(browser, { hasScript });
  await show(exampleNamed('sign-in'), { brand: torn });
  const name = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('header img') as Element, '::after').content);
  if (hasScript) await page.locator('header .brand').filter({ hasText: 'Cave & Sons' }).waitFor();
  else expect(await name()).toBe('"Cave & Sons"');
  // The one for dark windows is torn, and the other is not.
  const whole = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')}`;
  await page.emulateMedia({ colorScheme: 'dark' });
  await show(exampleNamed('sign-in'), { brand: { ...torn, logoUrl: whole, darkLogoUrl: torn.logoUrl } });
  const drawn = () => page.evaluate(() => document.querySelector<HTMLImageElement>('header img')?.naturalWidth);
  if (hasScript) await expect.poll(drawn).toBe(9);
  await close();
});

describe('the list of countries', () => {
  async function openList(look: Look = {}) {
    const view = await open('sign-in', look);
    const { page } = view;
    const button = page.locator('#country-picker');
    const search = page.getByRole('combobox');
    const shown = () => page.getByRole('option').allInnerTexts();
    await button.click();
    return { ...view, button, search, shown };
  }

  test('shows what is chosen, with its code', async () => {
    const { page, button, search, close } = await openList();
    expect(await button.innerText()).toBe('China +86');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('select').isVisible()).toBe(false);
    expect(await page.getByRole('option', { selected: true }).innerText()).toMatch(/^China\s*\+86$/);
    expect(await search.getAttribute('aria-activedescendant')).toBe('country-CN');
    expect(await axeProblemsOf(page)).toEqual([]);
    await close();
  });

  const english: [string, RegExp][] = [
    ['germ', /^Germany\s*\+49$/],
    ['aland i', /^Åland Islands\s*\+358$/],
    ['DE', /Germany/],
    ['+49', /^Germany\s*\+49$/],
    ['852', /^Hong Kong/],
  ];
  const chinese: [string, RegExp][] = [
    ['德国', /^德国\s*\+49$/],
    ['germany', /^德国/],
  ];

  test.each<[string, Look, [string, RegExp][]]>([
    ['English', {}, english],
    ['Chinese', { language: 'zh-CN' }, chinese],
  ])('finds by names, codes and numbers in %s', async (_, look, finds) => {
    const { search, shown, close } = await openList(look);
    for (const [wanted, found] of finds) {
      await search.fill(wanted);
      const options = await shown();
      expect(options, wanted).toContainEqual(expect.stringMatching(found));
      if (wanted.length > 2) expect(options, wanted).toHaveLength(1);
    }
    await close();
  });

  test('begins with the names that begin with it, and says when there is none', async () => {
    const { page, search, shown, close } = await openList();
    await search.fill('un');
    const [first, ...others] = await shown();
    expect(first).toMatch(/^United Arab Emirates/);
    expect(others.some((option) => option.startsWith('Brunei'))).toBe(true);
    await search.fill('atlantis');
    expect(await shown()).toEqual([]);
    expect(await page.getByText('No country is found.').isVisible()).toBe(true);
    await search.press('Enter');
    await page.locator('h1').click();
    expect(await search.isVisible()).toBe(false);
    await close();
  });

  test('goes by keyboard, and the form carries the choice', async () => {
    const { page, posted, button, search, close } = await openList();
    await search.press('Escape');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await button.press('u');
    await search.pressSequentially('nited k');
    await search.press('ArrowDown');
    await search.press('ArrowUp');
    await search.press('Enter');
    expect(await button.innerText()).toBe('United Kingdom +44');
    expect(await page.locator('#phone').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => posted.map((form) => form.get('country'))).toEqual(['GB']);
    await close();
  });

  test('follows a plus that is typed or pasted', async () => {
    const { page, button, search, close } = await openList();
    await search.press('Escape');
    const number = page.locator('#phone');
    for (const [typed, country] of [
      ['+1 415 555', 'United States +1'],
      ['+4', 'United States +1'],
      ['+44 7400', 'United Kingdom +44'],
      ['＋852 1234', 'Hong Kong SAR China +852'],
      ['138 0013', 'Hong Kong SAR China +852'],
    ]) {
      await number.fill(String(typed));
      expect(await button.innerText()).toBe(country);
    }
    await close();
  });

  test('keeps a country that shares its code, and takes a typed code away when another is chosen', async () => {
    const { page, button, search, close } = await openList();
    await search.fill('canada');
    await page.getByRole('option').first().click();
    const number = page.locator('#phone');
    await number.fill('+1 416 555 0132');
    expect(await button.innerText()).toBe('Canada +1');
    await button.click();
    await search.fill('germany');
    await search.press('Enter');
    expect(await number.inputValue()).toBe('416 555 0132');
    await close();
  });
});

describe('the code', () => {
  test('sends itself with its last digit, once', async () => {
    const { page, posted, close } = await open('code');
    await page.locator('#code').pressSequentially('12345');
    expect(posted).toEqual([]);
    await page.locator('#code').press('6');
    await expect.poll(() => posted.map((form) => form.get('code'))).toEqual(['123456']);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.locator('#code').press('Enter');
    expect(posted).toHaveLength(1);
    await close();
  });

  test('is taken from what is pasted, whatever is between the digits', async () => {
    const { page, posted, close } = await open('code');
    await page.locator('#code').evaluate((input: HTMLInputElement) => {
      input.value = ' 12-34 56.';
      input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
    });
    await expect.poll(() => posted.map((form) => form.get('code'))).toEqual(['123456']);
    await close();
  });

  test('is found in the whole message that is pasted, which no length of the field cuts', async () => {
    const { page, posted, close } = await open('code');
    const message = 'Sesame: ١٢٣٤٥٦ is your code. It expires in 10 minutes.\n\n@sign-in.example.com #123456';
    await page.locator('#code').evaluate((input: HTMLInputElement, text) => {
      input.focus();
      document.execCommand('insertText', false, text);
    }, message);
    await expect.poll(() => posted.map((form) => form.get('code'))).toEqual(['123456']);
    await close();
  });

  test('comes out of the message where the browser can read it', async () => {
    const view = await openView(browser, exampleNamed('code'));
    await view.page.addInitScript(() => {
      Object.assign(window, { OTPCredential: class {} });
      Object.defineProperty(navigator, 'credentials', {
        value: {
          get: async (wanted: { otp: { transport: string[] } }) => ({ code: `65432${wanted.otp.transport.length}` }),
        },
      });
    });
    // It is sent before the page has loaded as a whole.
    await view.page.reload({ waitUntil: 'commit' });
    await expect.poll(() => view.posted.map((form) => form.get('code'))).toEqual(['654321']);
    await view.close();
  });

  test('is counted down to, said aloud once, and then can be had again', async () => {
    const view = await openView(browser, exampleNamed('code'));
    const { page } = view;
    // It goes on only when it is told to, however long a page takes.
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(60_000);
    await page.reload();
    const button = page.getByRole('button', { name: 'Send again' });
    const [countdown, live] = [page.locator('.countdown'), page.locator('[aria-live=polite]')];
    expect(await button.isDisabled()).toBe(true);
    expect(await countdown.innerText()).toBe('You can have it sent again in 25 s.');
    await page.clock.runFor(10_000);
    expect(await countdown.innerText()).toBe('You can have it sent again in 15 s.');
    expect(await live.textContent()).toBe('');
    await page.clock.runFor(15_000);
    expect(await countdown.innerText()).toBe('');
    expect(await button.isEnabled()).toBe(true);
    expect(await live.textContent()).toBe('You can have it sent again now.');
    // Its clock stands still.
    await page.context().close();
  });

  test('has all its digits inside its cells, however wide the window', async () => {
    const { page, close } = await open('code');
    for (const width of [1280, 380, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.locator('#code').fill('88888');
      const { scroll, inside } = await page.locator('.code').evaluate((field) => ({
        scroll: field.scrollLeft,
        inside: field.getBoundingClientRect().right <= (field.closest('main')?.getBoundingClientRect().right ?? 0),
      }));
      expect([width, scroll, inside]).toEqual([width, 0, true]);
    }
    await close();
  });
});

test('the words of a field make room for what is typed, however long they are', async () => {
  const { page, close } = await open('sign-in by either', { language: 'de', width: 320 });
  const [words, input] = await Promise.all([
    page.locator('.box label').boundingBox(),
    page.locator('.box input').boundingBox(),
  ]);
  expect(words?.height).toBeGreaterThan(30);
  expect((words?.y ?? 0) + (words?.height ?? 0)).toBeLessThanOrEqual(input?.y ?? 0);
  await close();
});

test('a number begins with its plus where pages run from the right', async () => {
  const { page, close } = await open('sign-in by either', { language: 'ar' });
  const input = page.locator('.box input');
  expect(await input.evaluate((field) => getComputedStyle(field).direction)).toBe('ltr');
  expect(await input.evaluate((field) => getComputedStyle(field).textAlign)).toBe('right');
  await close();
});

test('a password can be looked at, and is one again when it is sent', async () => {
  const { page, posted, close } = await open('password');
  const input = page.locator('#password');
  await input.fill('open sesame');
  await page.getByRole('button', { name: 'Show password' }).click();
  expect(await input.getAttribute('type')).toBe('text');
  expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Hide password' }).click();
  expect(await input.getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.poll(() => posted.map((form) => form.get('password'))).toEqual(['open sesame']);
  expect(await input.getAttribute('type')).toBe('password');
  await close();
});

test('times are those of the person who reads them', async () => {
  const { page, close } = await open('account');
  const shown = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
  const time = page.locator('time').first();
  expect(await time.innerText()).toBe(shown.format(new Date((await time.getAttribute('datetime')) ?? '')));
  await close();
});

test('all can be seen in forced colours', async () => {
  const { page, replace, close } = await open('sign-in', { forcedColors: 'active' });
  expect(await axeProblemsOf(page)).toEqual([]);
  for (const name of ['code, wrong', 'account']) {
    await replace(exampleNamed(name));
    expect(await axeProblemsOf(page), name).toEqual([]);
  }
  await close();
});
