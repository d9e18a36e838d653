import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Look, type PagesRig, startPagesRig } from './pages-rig.ts';
import { newPhone, stepsOf } from './steps.ts';

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Chinese, on a phone', { language: 'zh-CN', width: 380, colorScheme: 'dark' }],
  ['in English without script', { hasScript: false, width: 320 }],
  ['in Chinese without script', { language: 'zh-CN', hasScript: false }],
];

describe.each(looks)('%s', (_, look) => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPagesRig();
  });
  afterAll(() => rig.close());

  test('a number and a code make an account', async () => {
    const phone = newPhone();
    const visitor = await rig.newVisitor(look);
    const { see, giveNumber, answer } = stepsOf(rig, visitor, look);
    await visitor.start({ prompt: 'create' });
    await see('register.title');
    await giveNumber(phone);
    await answer(phone);
    expect((await visitor.tokens()).claims()).toMatchObject({ phone_number: phone, phone_number_verified: true });
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});
