import { expect } from 'vitest';
import type { SignInExperienceChange } from '../../packages/server/src/experience/sign-in-experience.ts';
import type { ExperienceClient } from '../setup/experience-client.ts';
import type { Tokens } from '../setup/oidc-flow.ts';
import type { TestServer } from '../setup/server.ts';
import { rfcSecret, totpCode } from '../setup/totp.ts';
import { identify, restart, submit } from './experience-rig.ts';

/** What people have for a password. */
export const password = 'a cave full of gold';

/** A sign-up and a sign-in by username and password alone. */
export const byUsername = {
  signUp: { identifiers: ['username'], password: true, verify: true },
  signIn: {
    methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }],
  },
} satisfies SignInExperienceChange;

/** Gives the password. @returns the id of the verification */
export async function provePassword(client: ExperienceClient, username: string): Promise<string> {
  const identifier = { type: 'username', value: username };
  return (await client.call('POST', '/verification/password', { identifier, password })).body.verificationId;
}

/** Says who it is by username and password. */
export async function identifyByPassword(client: ExperienceClient, username: string): Promise<void> {
  expect(await restart(client, 'SignIn')).toMatchObject({ status: 204 });
  expect(await identify(client, await provePassword(client, username))).toMatchObject({ status: 204 });
}

/** Becomes somebody with a username and the password. */
export async function registerByPassword(client: ExperienceClient, username: string): Promise<void> {
  await restart(client, 'Register');
  const identifier = { type: 'username', value: username };
  const { body } = await client.call('POST', '/verification/new-password-identity', { identifier, password });
  expect(await identify(client, body.verificationId)).toMatchObject({ status: 201 });
}

/** Gives somebody an authenticator app. */
export const giveApp = ({ services }: TestServer, userId: string) =>
  services.authenticators.set(userId, { secret: rfcSecret, timeStep: 0 }, { isFirst: true });

/** Types the next code of that app. */
export async function typeCodeOfApp(client: ExperienceClient, { services, advance }: TestServer): Promise<void> {
  advance(30_000);
  const code = totpCode(rfcSecret, services.platform.now());
  expect(await client.call('POST', '/verification/totp/verify', { code })).toMatchObject({ status: 200 });
}

/** Has a code sent to the number of the account, and types it. */
export async function proveSecondNumber(client: ExperienceClient, codeOf: () => string): Promise<void> {
  const { body } = await client.call('POST', '/verification/mfa-verification-code', { identifierType: 'phone' });
  const typed = { identifierType: 'phone', verificationId: body.verificationId, code: codeOf() };
  expect(await client.call('POST', '/verification/mfa-verification-code/verify', typed)).toMatchObject({ status: 200 });
}

/** Ends the flow, and goes back to the application. */
export async function tokensOf(client: ExperienceClient): Promise<Tokens> {
  const { status, body } = await submit(client);
  expect({ status, body }).toMatchObject({ status: 200 });
  return client.finish(body.redirectTo);
}
