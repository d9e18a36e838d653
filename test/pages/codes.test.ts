import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Look, type PagesRig, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type Steps, stepsOf } from './steps.ts';

const looks: [string, Look][] = [
  ['with script', {}],
  ['without script', { hasScript: false }],
];
/** What the server decides is the same with script. */
const ofServer = (look: Look) => test.runIf(look.hasScript === false);

/** A code of the right length that is not this one. */
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig();
});
afterAll(() => rig.close());

describe.each(looks)('a code, %s', (_, look) => {
  let visitor: Visitor;
  let steps: Steps;
  let phone: string;
  beforeEach(async () => {
    phone = newPhone();
    await rig.server.services.users.create({ primaryPhone: phone });
    visitor = await rig.newVisitor(look);
    steps = stepsOf(rig, visitor, look);
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
    await andThen(() => steps.typeCode(wrongFor(code)));
    expect(await problem()).toBe('The code is wrong. You have 8 tries left.');
    await andThen(async () => void (await visitor.page.reload()));
    expect(await problem()).toBe('The code is wrong. You have 8 tries left.');
    await steps.typeCode(code);
    await visitor.tokens();
  });

  ofServer(look)('to another number begins without what was wrong with the one before', async () => {
    const code = await rig.codeFor(phone);
    await andThen(() => steps.typeCode(wrongFor(code)));
    expect(await problem()).toContain('The code is wrong.');
    await andThen(() => visitor.page.getByRole('link', { name: 'Change number' }).click());
    const other = newPhone();
    await rig.server.services.users.create({ primaryPhone: other });
    await steps.giveNumber(other);
    await steps.see('code.title');
    expect(await visitor.page.getByRole('alert').count()).toBe(0);
  });

  ofServer(look)('that is not whole costs no try', async () => {
    const code = await rig.codeFor(phone);
    await steps.fill('code.label', '123');
    await andThen(() => steps.press('code.submit'));
    expect(await problem()).toBe('Enter all digits of the code.');
    await andThen(() => steps.typeCode(wrongFor(code)));
    expect(await problem()).toContain('9 tries');
  });

  test('can have spaces in it, and digits of any width', async () => {
    const code = await rig.codeFor(phone);
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
    await steps.typeCode(`${wide.slice(0, 3)} ${wide.slice(3)}`);
    await visitor.tokens();
  });

  ofServer(look)('that is too old is refused, and another one is sent', async () => {
    rig.server.advance(11 * 60_000);
    await andThen(() => steps.typeCode('123456'));
    expect(await problem()).toBe('The code has expired. Have another one sent.');
    await andThen(() => steps.press('code.resend'));
    expect(await visitor.page.getByRole('status').first().innerText()).toContain('Another code is on its way.');
    expect(await rig.countMessages(phone)).toBe(2);
    await steps.answer(phone);
    await visitor.tokens();
  });

  ofServer(look)('that was tried too often is refused', async () => {
    await rig.change({ verificationCodePolicy: { maxRetryAttempts: 1 } });
    const code = await rig.codeFor(phone);
    await andThen(() => steps.typeCode(wrongFor(code)));
    await andThen(() => steps.typeCode(code));
    expect(await problem()).toBe('This code was tried too often. Have another one sent.');
    await rig.change({ verificationCodePolicy: { maxRetryAttempts: 10 } });
  });

  test('is sent again when the time has come, which survives loading the page again', async () => {
    const button = visitor.page.getByRole('button', { name: 'Send again' });
    const countdown = visitor.page.locator('.countdown');
    const starts = /^You can have it sent again in [123]?\d s\.$/;
    expect(await countdown.innerText()).toMatch(starts);
    expect(await button.isDisabled()).toBe(look.hasScript !== false);
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

  ofServer(look)('of another number is not taken', async () => {
    const other = newPhone();
    const first = await rig.codeFor(phone);
    await steps.follow('code.changeNumber');
    await steps.see('signIn.title');
    expect(await visitor.page.getByLabel('Phone number').inputValue()).toBe(phone);
    await steps.giveNumber(other);
    if (first === (await rig.codeFor(other))) return;
    await andThen(() => steps.typeCode(first));
    expect(await problem()).toContain('The code is wrong.');
  });

  ofServer(look)('that is asked for too soon is refused kindly', async () => {
    await andThen(() => steps.press('code.resend'));
    expect(await problem()).toMatch(/^A code was sent just now\. Try again in \d+ seconds\.$/);
    await steps.answer(phone);
    await visitor.tokens();
  });
});
