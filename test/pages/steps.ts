import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TextKey } from '../../packages/pages/src/translations/texts.ts';
import { translator } from '../../packages/pages/src/translations/translate.ts';
import type { Look, PagesRig, Visitor } from './pages-rig.ts';

/** What a person does on the pages, in their language. */
export type Steps = ReturnType<typeof stepsOf>;

let phones = 0;

/** A number that nobody has had before. */
export function newPhone(): string {
  phones += 1;
  return `+1415555${String(2000 + phones)}`;
}

/** The steps of one person in one window. */
export function stepsOf(rig: PagesRig, { page }: Pick<Visitor, 'page'>, look: Look = {}) {
  const { language = 'en', hasScript = true } = look;
  const t = translator({ language });

  /** Waits for a page by its heading. */
  async function see(key: TextKey, values: Record<string, string> = {}): Promise<void> {
    const title = t(key, values);
    const heading = page.getByRole('heading', { level: 1, name: title, exact: true });
    await heading.waitFor().catch(async () => {
      throw new Error(`Instead of "${title}" there is ${page.url()}: ${await page.locator('body').innerText()}`);
    });
    expect(await page.title()).toContain(title);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
  }

  const press = (key: TextKey, values?: Record<string, string>) =>
    page.getByRole('button', { name: t(key, values), exact: true }).click();
  const follow = (key: TextKey) => page.getByRole('link', { name: t(key), exact: true }).click();
  const fill = (key: TextKey, value: string) => page.getByLabel(t(key), { exact: true }).fill(value);

  /** Loads the page again, and sees the same. What it then shows is the server's alone, and is looked at without script. */
  async function reload(key: TextKey): Promise<void> {
    if (hasScript) return;
    await page.reload();
    await see(key);
  }

  /** Types a code; the script sends it as soon as it is there, and without one the button does. */
  async function typeCode(code: string): Promise<void> {
    await page.waitForLoadState();
    await fill('code.label', code);
    if (!hasScript) await press('code.submit');
  }

  return {
    t,
    see,
    press,
    follow,
    fill,
    reload,
    typeCode,

    /** Fills in the number and waits for the page that asks for the code. */
    async giveNumber(phone: string): Promise<void> {
      await fill('field.phone', phone);
      await press('continue');
      await see('code.title');
    },

    /** Types the newest code that was sent to a number. */
    answer: async (phone: string): Promise<void> => typeCode(await rig.codeFor(phone)),

    /** Waits for words about what is wrong. */
    async readProblem(key: TextKey): Promise<string> {
      const alert = page.getByRole('alert').filter({ hasText: t(key) });
      await alert.waitFor();
      return alert.innerText();
    },

    /** Whether a field has the focus. */
    isFocused: (key: TextKey) => isFocused(page, t(key)),
  };
}

const isFocused = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).evaluate((element) => element === document.activeElement);
