import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noReferrerOfOldBrowser } from '../setup/proxy.ts';
import { type Look, type PagesRig, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type PlainSteps, plainStepsOf, type Steps, stepsOf } from './steps.ts';

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig({}, noReferrerOfOldBrowser);
});
afterAll(() => rig.close());

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Chinese without script', { language: 'zh-CN', hasScript: false }],
];

/** The server takes along what both send. */
const once = (look: Look) => test.runIf(look.hasScript !== false);

describe.each(looks)('what was typed and not sent goes along, %s', (_, look) => {
  async function visit(does: (steps: Steps, visitor: Visitor) => Promise<void>) {
    const visitor = await rig.newVisitor(look);
    await visitor.start();
    await does(stepsOf(rig, visitor, look), visitor);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  }
  const shown = async ({ page }: Visitor) => [
    await page.locator('select[name=country]').inputValue(),
    (await page.locator('#phone').inputValue()).replace(/\D/g, ''),
  ];

  test('a number, and its country', () =>
    visit(async ({ see, fill, press }, visitor) => {
      const { page } = visitor;
      const number = ['DE', '015123456789'];
      const urls: string[] = [];
      page.on('request', (request) => void urls.push(request.url()));
      await see('signIn.title');
      if (look.hasScript === false) {
        await page.locator('select[name=country]').selectOption('DE');
        await fill('field.phone', '0151 23456789');
      } else {
        await page.locator('#country-picker').press('g');
        await page.getByRole('combobox').fill('Germany');
        await page.getByRole('combobox').press('Enter');
        await page.keyboard.type('0151 23456789');
      }
      await press('signIn.withPassword');
      expect(await page.locator('#identifier').inputValue()).toBe('+4915123456789');
      await fill('field.password', 'tall trees in the wind');
      await press('signIn.forgot');
      await see('forgot.title');
      expect(await shown(visitor)).toEqual(number);
      await press('forgot.back');
      await see('signIn.title');
      expect(await page.locator('input[name=password]').inputValue()).toBe('');
      await press('signIn.register');
      await see('register.title');
      expect(await shown(visitor)).toEqual(number);
      await press('register.signIn');
      await see('signIn.title');
      expect(await shown(visitor)).toEqual(number);
      await page.goBack();
      await see('register.title');
      expect(await shown(visitor)).toEqual(number);
      const asked = urls.map((url) => new URL(url).search.replace(/flow=[\w-]+/, ''));
      expect(asked.join()).not.toMatch(/151|tall/);
    }));

  once(look)('what was wrong before is not said of it again, and Enter sends the form', () =>
    visit(async ({ see, fill, press, readProblem }, { page }) => {
      await fill('field.phone', '12');
      await press('continue');
      await readProblem('problem.phone-invalid');
      await fill('field.phone', newPhone());
      await press('signIn.register');
      await see('register.title');
      await press('register.signIn');
      await see('signIn.title');
      expect(await page.getByRole('alert').count()).toBe(0);
      await page.locator('#phone').press('Enter');
      await see('code.title');
    }),
  );
});

/** The server takes along what script and forms send alike. */
describe('what was typed and not sent goes along, without a browser', () => {
  async function visit(does: (steps: PlainSteps) => Promise<void>) {
    const visitor = rig.newPlainVisitor('en');
    await visitor.start();
    await does(plainStepsOf(rig, visitor, 'en'));
  }

  test('a number that is not whole yet, from the field that takes names too', () =>
    visit(async ({ see, fill, press, fieldOf }) => {
      await press('signIn.withPassword');
      await fill('field.phoneOrUsername', '+86 139');
      await press('signIn.withCode');
      expect(fieldOf('field.phone').value).toBe('+86 139');
      await press('signIn.withPassword');
      await fill('field.phoneOrUsername', '+86 139 0013 9000');
      await press('signIn.register');
      await see('register.title');
      expect([fieldOf('field.country').value, fieldOf('field.phone').value]).toEqual(['CN', '139 0013 9000']);
    }));

  test('a name stays where it can be one', () =>
    visit(async ({ see, fill, press, fieldOf }) => {
      await press('signIn.withPassword');
      await fill('field.phoneOrUsername', 'morgiana');
      await press('signIn.forgot');
      await see('forgot.title');
      expect(fieldOf('field.phone').value).toBe('');
      await press('forgot.back');
      expect(fieldOf('field.phoneOrUsername').value).toBe('morgiana');
    }));

  test('also where a password comes first and the number was refused', async () => {
    const byPassword = { password: true, verificationCode: true, isPasswordPrimary: true } as const;
    const byCode = { password: true, verificationCode: true, isPasswordPrimary: false } as const;
    await rig.change({ signIn: { methods: [{ identifier: 'phone', ...byPassword }] } });
    await visit(async ({ fill, press, readProblem, fieldOf }) => {
      await fill('field.phone', '12');
      await press('signIn.withCode');
      await press('continue');
      await readProblem('problem.phone-invalid');
      expect(fieldOf('field.phone').value).toBe('12');
    });
    const byName = { identifier: 'username', ...byPassword, verificationCode: false } as const;
    await rig.change({ signIn: { methods: [{ identifier: 'phone', ...byCode }, byName] } });
  });
});

describe('a check that a person is there', () => {
  test('solves itself, and what was typed goes on', async () => {
    await rig.change({ captchaPolicy: { enabled: true } });
    const visitor = await rig.newVisitor();
    const { page, complaints } = visitor;
    const { see, fill, press, answer } = stepsOf(rig, visitor);
    const phone = newPhone();
    // It would be over before anybody could look at it; each of its workers waits for the look.
    let looked: Promise<void> | undefined;
    await page.route('**/pages/altcha-worker.js*', async (route) => {
      looked ??= see('check.title');
      await looked;
      await route.continue();
    });
    await visitor.start();
    await fill('field.phone', phone);
    await press('continue');
    await see('code.title');
    await answer(phone);
    await see('offer.createTitle');
    await press('offer.createSubmit');
    expect((await visitor.tokens()).claims()?.sub).toBeTruthy();
    expect(complaints).toEqual([]);
    await visitor.close();
    await rig.change({ captchaPolicy: { enabled: false } });
  });
});
