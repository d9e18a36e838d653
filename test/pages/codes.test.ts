import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type PagesRig, type PlainVisitor, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type PlainSteps, plainStepsOf, type Steps, stepsOf } from './steps.ts';

/** A code of the right length that is not this one. */
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** As input methods of Chinese may write it. */
function widened(code: string): string {
  const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
  return `${wide.slice(0, 3)} ${wide.slice(3)}`;
}

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig();
});
afterAll(() => rig.close());

describe('a code, in a browser', () => {
  let visitor: Visitor;
  let steps: Steps;
  let phone: string;
  beforeEach(async () => {
    phone = newPhone();
    await rig.server.services.users.create({ primaryPhone: phone });
    visitor = await rig.newVisitor();
    steps = stepsOf(rig, visitor);
    await visitor.start();
    await steps.giveNumber(phone);
  });
  afterEach(async () => {
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  const problem = () => visitor.page.getByRole('alert').innerText();
  /** The page that the form leads to is a new one, even where it looks the same. */
  const andThen = async (act: () => Promise<void>) => {
    await Promise.all([visitor.page.waitForEvent('load'), act()]);
  };

  test('that is wrong is said to be so at the field, with the tries that are left', async () => {
    const code = await rig.codeFor(phone);
    await andThen(() => steps.typeCode(wrongFor(code)));
    expect(await problem()).toBe('The code is wrong. You have 9 tries left.');
    await steps.see('code.title');
    expect(await visitor.page.title()).toMatch(/^Error: /);
    const input = visitor.page.getByLabel('Code', { exact: true });
    expect(await input.inputValue()).toBe('');
    expect(await input.getAttribute('aria-invalid')).toBe('true');
    expect(await steps.isFocused('code.label')).toBe(true);
    await steps.typeCode(code);
    await visitor.tokens();
  });

  test('can have spaces in it, and digits of any width', async () => {
    await steps.typeCode(widened(await rig.codeFor(phone)));
    await visitor.tokens();
  });

  test('is sent again when the time has come, which survives loading the page again', async () => {
    const button = visitor.page.getByRole('button', { name: 'Send again' });
    const countdown = visitor.page.locator('.countdown');
    const starts = /^You can have it sent again in [123]?\d s\.$/;
    expect(await countdown.innerText()).toMatch(starts);
    expect(await button.isDisabled()).toBe(true);
    onTestFinished(rig.server.stopClock());
    rig.server.advance(11_000);
    await andThen(async () => void (await visitor.page.reload()));
    expect(await countdown.innerText()).toMatch(/^You can have it sent again in 1?\d s\.$/);
    rig.server.advance(20_000);
    await andThen(async () => void (await visitor.page.reload()));
    expect(await countdown.innerText()).toBe('');
    await andThen(() => button.click());
    expect(await rig.countMessages(phone)).toBe(2);
    expect(await countdown.innerText()).toMatch(starts);
    await steps.answer(phone);
    await visitor.tokens();
  });
});

/** What the server decides is the same with script. */
describe('a code, to somebody without script', () => {
  let visitor: PlainVisitor;
  let steps: PlainSteps;
  let phone: string;
  beforeEach(async () => {
    phone = newPhone();
    await rig.server.services.users.create({ primaryPhone: phone });
    visitor = rig.newPlainVisitor('en');
    steps = plainStepsOf(rig, visitor, 'en');
    await visitor.start();
    await steps.giveNumber(phone);
  });

  const problem = () => visitor.page.texts('alert').join();

  test('that is wrong is said to be so at the field, with the tries that are left', async () => {
    const code = await rig.codeFor(phone);
    await steps.typeCode(wrongFor(code));
    expect(problem()).toBe('The code is wrong. You have 9 tries left.');
    await steps.see('code.title');
    expect(visitor.page.title()).toMatch(/^Error: /);
    expect(steps.fieldOf('code.label')).toEqual({ value: '', isWrong: true, hasFocus: true });
    await steps.typeCode(wrongFor(code));
    expect(problem()).toBe('The code is wrong. You have 8 tries left.');
    await steps.reload('code.title');
    expect(problem()).toBe('The code is wrong. You have 8 tries left.');
    await steps.typeCode(code);
    await visitor.tokens();
  });

  test('to another number begins without what was wrong with the one before', async () => {
    await steps.typeCode(wrongFor(await rig.codeFor(phone)));
    expect(problem()).toContain('The code is wrong.');
    await steps.follow('code.changeNumber');
    const other = newPhone();
    await rig.server.services.users.create({ primaryPhone: other });
    await steps.giveNumber(other);
    expect(visitor.page.texts('alert')).toEqual([]);
  });

  test('that is not whole costs no try', async () => {
    const code = await rig.codeFor(phone);
    await steps.typeCode('123');
    expect(problem()).toBe('Enter all digits of the code.');
    await steps.typeCode(wrongFor(code));
    expect(problem()).toContain('9 tries');
  });

  test('can have spaces in it, and digits of any width', async () => {
    await steps.typeCode(widened(await rig.codeFor(phone)));
    await visitor.tokens();
  });

  test('of the first message counts after the second one, as the page says', async () => {
    const first = await rig.codeFor(phone);
    rig.server.advance(61_000);
    await steps.press('code.resend');
    expect(await rig.countMessages(phone)).toBe(2);
    expect(visitor.page.texts('status').join()).toContain('If the codes differ, only the newest one counts.');
    await steps.typeCode(first);
    await visitor.tokens();
  });

  test('that is too old is refused, and another one is sent', async () => {
    rig.server.advance(11 * 60_000);
    await steps.typeCode('123456');
    expect(problem()).toBe('The code has expired. Have another one sent.');
    await steps.press('code.resend');
    expect(visitor.page.texts('status').join()).toContain('Another message is on its way.');
    expect(await rig.countMessages(phone)).toBe(2);
    await steps.answer(phone);
    await visitor.tokens();
  });

  test('that was tried too often is refused', async () => {
    await rig.change({ verificationCodePolicy: { maxRetryAttempts: 1 } });
    const code = await rig.codeFor(phone);
    await steps.typeCode(wrongFor(code));
    await steps.typeCode(code);
    expect(problem()).toBe('This code was tried too often. Have another one sent.');
    await rig.change({ verificationCodePolicy: { maxRetryAttempts: 10 } });
  });

  test('of another number is not taken', async () => {
    const other = newPhone();
    const first = await rig.codeFor(phone);
    await steps.follow('code.changeNumber');
    await steps.see('signIn.title');
    expect(steps.fieldOf('field.phone').value).toBe(phone);
    await steps.giveNumber(other);
    if (first === (await rig.codeFor(other))) return;
    await steps.typeCode(first);
    expect(problem()).toContain('The code is wrong.');
  });

  test('that is asked for too soon is refused kindly', async () => {
    await steps.press('code.resend');
    expect(problem()).toMatch(/^A code was sent just now\. Try again in \d+ seconds\.$/);
    await steps.answer(phone);
    await visitor.tokens();
  });
});
