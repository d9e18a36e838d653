import { beforeEach, describe, expect, test } from 'vitest';
import type { ExperienceClient } from '../setup/experience-client.ts';
import { databases } from '../setup/stores.ts';
import { totpCode } from '../setup/totp.ts';
import { byUsername, identifyByPassword, password, registerByPassword } from './by-password.ts';
import { refused, restart, submit, useExperience } from './experience-rig.ts';

const asked = {
  status: 422,
  body: { code: 'user.missing_mfa', data: { availableFactors: ['PhoneVerificationCode', 'Totp'], skippable: true } },
};
const forced = {
  status: 422,
  body: { code: 'user.missing_mfa', data: { availableFactors: ['PhoneVerificationCode', 'Totp'] } },
};
const isIn = { status: 200 };

let people = 0;

describe.each(databases)('being asked whether to have a second factor on %s', (database) => {
  const rig = useExperience(database);
  let username: string;
  let userId: string;
  beforeEach(async () => {
    people += 1;
    username = `ali_${people}`;
    ({ id: userId } = await services().users.create({ username, password }));
  });
  const services = () => rig.server.services;
  const management = () => rig.server.management;
  const policy = (name: string, ...more: string[]) =>
    management().patch('/sign-in-exp', {
      ...byUsername,
      mfa: { policy: name, factors: ['PhoneVerificationCode', 'Totp', ...more] },
    });
  async function signIn(): Promise<ExperienceClient> {
    const client = await rig.begin();
    await identifyByPassword(client, username);
    return client;
  }
  async function signUp(): Promise<ExperienceClient> {
    const client = await rig.begin();
    await registerByPassword(client, `new_${people}`);
    return client;
  }
  const skip = (client: ExperienceClient) => client.call('POST', '/profile/mfa/mfa-skipped');
  async function addApp(client: ExperienceClient) {
    const { body } = await client.call('POST', '/verification/totp/secret');
    const code = totpCode(body.secret, services().platform.now());
    const { verificationId } = body;
    expect(await client.call('POST', '/verification/totp/verify', { verificationId, code })).toMatchObject(isIn);
    expect(await client.call('POST', '/profile/mfa', { type: 'Totp', verificationId })).toMatchObject({ status: 204 });
  }
  const configs = async () => (await management().get(`/users/${userId}/logto-configs`)).body.mfa;

  /** Whether each policy asks at a sign-in, and at a sign-up, and whether people may do without. */
  test.each([
    ['NoPrompt', isIn, isIn],
    ['PromptAtSignInAndSignUp', asked, asked],
    ['UserControlled', asked, asked],
    ['PromptOnlyAtSignIn', asked, isIn],
    ['Mandatory', forced, forced],
    ['PromptAtSignInAndSignUpMandatory', forced, forced],
    ['PromptOnlyAtSignInMandatory', forced, isIn],
  ])('%s', async (name, atSignIn, atSignUp) => {
    expect(await policy(name)).toMatchObject({ status: 200, body: { mfa: { policy: name } } });
    const signingIn = await submit(await signIn());
    expect(signingIn).toMatchObject(atSignIn);
    expect('skippable' in (signingIn.body.data ?? {})).toBe(atSignIn === asked);
    expect(await submit(await signUp())).toMatchObject(atSignUp);
  });

  test('whoever does without gets in, and is not asked again', async () => {
    await policy('PromptAtSignInAndSignUp', 'BackupCode');
    const client = await signIn();
    expect(await submit(client)).toMatchObject({ status: 422 });
    expect(await configs()).toMatchObject({ skipped: false });
    expect(await skip(client)).toMatchObject({ status: 204 });
    const { status, body } = await submit(client);
    expect(status).toBe(200);
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ sub: userId, amr: ['pwd'] });
    expect(await configs()).toMatchObject({ skipped: true });
    expect(await submit(await signIn())).toMatchObject(isIn);
    // A policy that leaves nobody out asks all the same.
    await policy('Mandatory');
    expect(await submit(await signIn())).toMatchObject(forced);
  });

  test('so it is at a sign-up', async () => {
    await policy('PromptAtSignInAndSignUp');
    const client = await signUp();
    expect(await submit(client)).toMatchObject(asked);
    expect(await skip(client)).toMatchObject({ status: 204 });
    expect(await submit(client)).toMatchObject(isIn);
  });

  test('whoever sets something up is asked for it from then on, and keeps backup codes', async () => {
    await policy('PromptAtSignInAndSignUp', 'BackupCode');
    const client = await signIn();
    await submit(client);
    await addApp(client);
    expect(await submit(client)).toMatchObject(refused(422, 'session.mfa.backup_code_required'));
    const { verificationId } = (await client.call('POST', '/verification/backup-code/generate')).body;
    const kept = { type: 'BackupCode', verificationId };
    expect(await client.call('POST', '/profile/mfa', kept)).toMatchObject({ status: 204 });
    expect(await submit(client)).toMatchObject(isIn);
    const next = await signIn();
    expect(await submit(next)).toMatchObject(refused(403, 'session.mfa.require_mfa_verification'));
    // Doing without is for whoever has nothing.
    expect(await skip(next)).toMatchObject(refused(403, 'session.mfa.require_mfa_verification'));
    expect(await configs()).toMatchObject({ skipped: false });
  });

  test('whoever has a number is not asked, nor who has switched the second step off', async () => {
    await policy('PromptAtSignInAndSignUp', 'BackupCode');
    await services().users.update(userId, { primaryPhone: rig.phone });
    expect(await submit(await signIn())).toMatchObject(refused(403, 'session.mfa.require_mfa_verification'));
    await services().users.setSkipsSecondFactor(userId, true);
    expect(await submit(await signIn())).toMatchObject(isIn);
  });

  test('nobody does without where the policy leaves it to nobody, and not before it is known who it is', async () => {
    await policy('Mandatory');
    expect(await skip(await signIn())).toMatchObject(refused(422, 'session.mfa.mfa_policy_not_user_controlled'));
    await policy('PromptAtSignInAndSignUp');
    const client = await rig.begin();
    await restart(client, 'SignIn');
    expect(await skip(client)).toMatchObject(refused(404, 'session.identifier_not_found'));
    await restart(client, 'ForgotPassword');
    expect((await skip(client)).status).toBeGreaterThanOrEqual(400);
  });
});
