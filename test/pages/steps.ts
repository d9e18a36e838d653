import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../packages/pages/src/language.ts';
import type { TextKey } from '../../packages/pages/src/translations/texts.ts';
import { translator } from '../../packages/pages/src/translations/translate.ts';
import type { Look, PagesRig, PlainVisitor, Visitor } from './pages-rig.ts';

/** What a person does on the pages, in their language. */
export type Steps = ReturnType<typeof stepsOf>;
export type PlainSteps = ReturnType<typeof plainStepsOf>;

let phones = 0;

/** A number that nobody has had before. */
export function newPhone(): string {
  phones += 1;
  return `+1415555${String(2000 + phones)}`;
}

/** What pages can be told in a browser and without one alike. */
type Acts = {
  /** Waits for a page by its heading. */
  see: (key: TextKey, values?: Record<string, string>) => Promise<void>;
  press: (key: TextKey, values?: Record<string, string>) => Promise<void>;
  follow: (key: TextKey) => Promise<void>;
  fill: (key: TextKey, value: string) => Promise<void>;
  /** Waits for words about what is wrong. */
  readProblem: (key: TextKey) => Promise<string>;
  /** Loads the page again. */
  reloadPage: () => Promise<unknown>;
  /** Waits until the script is there. */
  load: () => Promise<void>;
};

function stepsWith(rig: PagesRig, acts: Acts, { language = 'en', hasScript = true }: Look) {
  const { see, press, fill } = acts;

  /** Loads the page again, and sees the same. What it then shows is the server's alone, and is looked at without script. */
  async function reload(key: TextKey): Promise<void> {
    if (hasScript) return;
    await acts.reloadPage();
    await see(key);
  }

  /** Types a code; the script sends it as soon as it is there, and without one the button does. */
  async function typeCode(code: string): Promise<void> {
    await acts.load();
    await fill('code.label', code);
    if (!hasScript) await press('code.submit');
  }

  return {
    ...acts,
    t: translator({ language }),
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
  };
}

/** The steps of one person in one window. */
export function stepsOf(rig: PagesRig, { page }: Pick<Visitor, 'page'>, look: Look = {}) {
  const { language = 'en' } = look;
  const t = translator({ language });
  const acts: Acts = {
    async see(key, values = {}) {
      const title = t(key, values);
      const heading = page.getByRole('heading', { level: 1, name: title, exact: true });
      await heading.waitFor().catch(async () => {
        throw new Error(`Instead of "${title}" there is ${page.url()}: ${await page.locator('body').innerText()}`);
      });
      expect(await page.title()).toContain(title);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
    },
    press: (key, values) => page.getByRole('button', { name: t(key, values), exact: true }).click(),
    follow: (key) => page.getByRole('link', { name: t(key), exact: true }).click(),
    fill: (key, value) => page.getByLabel(t(key), { exact: true }).fill(value),
    async readProblem(key) {
      const alert = page.getByRole('alert').filter({ hasText: t(key) });
      await alert.waitFor();
      return alert.innerText();
    },
    reloadPage: () => page.reload(),
    load: () => page.waitForLoadState(),
  };
  return {
    ...stepsWith(rig, acts, look),
    /** Whether a field has the focus. */
    isFocused: (key: TextKey) => isFocused(page, t(key)),
  };
}

/** The same steps without a browser: what the server says and takes, for tests in which no script has a part. */
export function plainStepsOf(rig: PagesRig, { page }: Pick<PlainVisitor, 'page'>, language: Language) {
  const t = translator({ language });
  const acts: Acts = {
    async see(key, values = {}) {
      expect([page.heading(), page.language()], page.main()).toEqual([t(key, values), language]);
      expect(page.title()).toContain(page.heading());
    },
    press: (key, values) => page.press(t(key, values)),
    follow: (key) => page.follow(t(key)),
    fill: async (key, value) => page.fill(t(key), value),
    async readProblem(key) {
      const said = page.texts('alert').find((text) => text.includes(t(key)));
      return said ?? expect.fail(`Instead of "${t(key)}" there is ${page.main()}`);
    },
    reloadPage: page.reload,
    load: async () => {},
  };
  return { ...stepsWith(rig, acts, { hasScript: false }), t, fieldOf: (key: TextKey) => page.field(t(key)) };
}

const isFocused = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).evaluate((element) => element === document.activeElement);
