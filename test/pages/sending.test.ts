import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatRecipient } from '../../packages/pages/src/phone-number.ts';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import { type PagesRig, publicUrl, startPagesRig } from './pages-rig.ts';
import { newPhone, plainStepsOf } from './steps.ts';

const refusals = [
  ['recipient', { status: 422, body: { kind: 'recipient' } }, 'problem.phone-refused', ''],
  ['limit', { status: 429, body: { kind: 'limit' } }, 'problem.sending-busy', 'Try again in a few minutes.'],
  [
    'limit with Retry-After',
    { status: 429, headers: { 'retry-after': '120' }, body: { kind: 'limit' } },
    'problem.sending-busy',
    'Try again in 2 minutes.',
  ],
  ['configuration', { status: 403, body: { kind: 'configuration' } }, 'problem.sending-broken', ''],
  ['unclear', { status: 500, body: {} }, 'problem.sending-unclear', ''],
] as const;
const [, unclear] = refusals[4];

let rig: PagesRig;
let provider: Provider;
beforeAll(async () => {
  [rig, provider] = await Promise.all([startPagesRig(), startHttpSms()]);
  await rig.server.services.connectors.setUp(provider.factoryId, provider.config);
  await rig.change({ messageRateLimitPolicy: { resendInterval: 0, maxSendsPerAddress: null } });
});
afterAll(async () => {
  await rig.close();
  await provider.double.close();
});

/** Somebody without a browser: what a provider does is said by the server alone. */
function newVisitor() {
  const visitor = rig.newPlainVisitor('en');
  return {
    ...visitor,
    ...plainStepsOf(rig, visitor, 'en'),
    /** All that is said to be wrong, for whatever the provider refuses the next message. */
    async saidAfter(reply: (typeof refusals)[number][1], send: () => Promise<void>) {
      provider.double.replyNext(reply);
      await send();
      return visitor.page.texts('alert').join();
    },
  };
}

test.each(refusals)('a provider that refuses is spoken of: %s', async (_, reply, key, wait) => {
  const { start, t, fill, press, saidAfter } = newVisitor();
  await start();
  await fill('field.phone', newPhone());
  expect(await saidAfter(reply, () => press('continue'))).toBe([t(key), wait].filter(Boolean).join(' '));
});

// One that says when to try again, and one that does not.
describe.each([refusals[0], refusals[2]])('a provider that refuses: %s', (_, reply, key, wait) => {
  test('is spoken of alike wherever a code is asked for', async () => {
    const { page, start, t, see, follow, fill, press, giveNumber, saidAfter } = newVisitor();
    const expected = [t(key), wait].filter(Boolean).join(' ');
    const give = async () => {
      await fill('field.phone', newPhone());
      await press('continue');
    };
    await start();
    expect(await saidAfter(reply, give)).toBe(expected);
    await press('signIn.register');
    await see('register.title');
    expect(await saidAfter(reply, give)).toBe(expected);
    await giveNumber(newPhone());
    expect(await saidAfter(reply, () => press('code.resend'))).toBe(expected);
    await see('code.title');

    const username = `person_${newPhone().slice(-4)}`;
    const password = 'tall trees in the wind';
    await rig.server.services.users.create({ username, password });
    await page.go(`${publicUrl}/account`);
    await press('signIn.withPassword');
    await fill('field.phoneOrUsername', username);
    await fill('field.password', password);
    await press('signIn.submit');
    await follow('account.addPhone');
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.linkTitle');
    expect(await saidAfter(reply, give)).toBe(expected);
    await giveNumber(newPhone());
    expect(await saidAfter(reply, () => press('code.resend'))).toBe(expected);
  });

  test('tells nobody who has an account, where only those get a message', async () => {
    const [known, stranger] = [newPhone(), newPhone()];
    await rig.server.services.users.create({ primaryPhone: known });
    const seen: string[] = [];
    for (const phone of [stranger, known]) {
      const { page, start, see, fill, press } = newVisitor();
      await start({ first_screen: 'reset_password' });
      await see('forgot.title');
      const before = provider.double.requests.length;
      if (phone === known) provider.double.replyNext(reply);
      await fill('field.phone', phone);
      await press('continue');
      await see('code.title');
      if (phone === known) await expect.poll(() => provider.double.requests.length).toBeGreaterThan(before);
      await press('code.resend');
      expect(page.texts('status')).toHaveLength(1);
      seen.push(page.main().replace(/\+1[\d ]+/, 'number'));
    }
    expect(seen[1]).toBe(seen[0]);
  });
});

describe('a message that may have gone out', () => {
  const codeSent = (): string => JSON.parse(provider.double.requests.at(-1)?.body ?? '').payload.code;

  test('signs up, signs in and links with its code all the same, or another one is sent', async () => {
    const { page, start, t, see, follow, fill, press, typeCode, saidAfter } = newVisitor();
    const expected = t('problem.sending-unclear');
    const phone = newPhone();
    const give = (number: string) => async () => {
      await fill('field.phone', number);
      await press('continue');
    };
    await start({ first_screen: 'register' });
    expect(await saidAfter(unclear, give(phone))).toBe(expected);
    await see('code.title');
    const first = codeSent();
    expect(await saidAfter(unclear, () => press('code.resend'))).toBe(expected);
    await see('code.title');
    expect(codeSent()).toBe(first);
    await typeCode(first);

    await page.go(`${publicUrl}/account`);
    await follow('account.changePhone');
    expect(await saidAfter(unclear, () => press('verify.sendCode', { phone: formatRecipient(phone) }))).toBe(expected);
    await typeCode(codeSent());
    await see('phone.linkTitle');
    expect(await saidAfter(unclear, give(newPhone()))).toBe(expected);
    await typeCode(codeSent());
    await see('account.title');

    const again = newVisitor();
    await again.start();
    await again.fill('field.phone', phone);
    expect(await again.saidAfter(unclear, () => again.press('continue'))).toBe(expected);
    await again.see('code.title');
  });

  test('is the second step of a sign-in with its code', async () => {
    const byPassword = { password: true, verificationCode: false, isPasswordPrimary: true };
    const before = await rig.server.services.experience.read();
    await rig.change({
      signIn: { methods: [{ identifier: 'username', ...byPassword }] },
      mfa: { policy: 'Mandatory', factors: ['PhoneVerificationCode'] },
    });
    const { start, t, see, fill, press, typeCode, saidAfter, tokens } = newVisitor();
    const [username, password, primaryPhone] = ['ali_baba', 'a cave full of gold', newPhone()];
    await rig.server.services.users.create({ username, password, primaryPhone });
    await start();
    await fill('field.username', username);
    await fill('field.password', password);
    await press('signIn.submit');
    const send = () => press('verify.sendCode', { phone: `+1 ••• ${primaryPhone.slice(-2)}` });
    expect(await saidAfter(unclear, send)).toBe(t('problem.sending-unclear'));
    await see('code.title');
    await typeCode(codeSent());
    expect(await tokens()).toHaveProperty('id_token');
    await rig.change({ signIn: before.signIn, mfa: before.mfa });
  });

  test('that surely was not leads nowhere else', async () => {
    const { start, t, see, fill, press, readProblem } = newVisitor();
    const { setUp } = rig.server.services.connectors;
    await setUp(provider.factoryId, { ...provider.config, endpoint: 'http://127.0.0.1:1/nobody-listens' });
    await start();
    await fill('field.phone', newPhone());
    await press('continue');
    expect(await readProblem('problem.sending-failed')).toBe(t('problem.sending-failed'));
    await see('signIn.title');
    await setUp(provider.factoryId, provider.config);
  });
});
