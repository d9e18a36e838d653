import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginExperience, type ExperienceClient, moveTo, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';
import { totpCode } from '../setup/totp.ts';
import { newUserAgent } from '../setup/user-agent.ts';
import { identify, refused, restart, submit } from './experience-rig.ts';

const password = 'a cave full of gold';
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const required = refused(403, 'session.mfa.require_mfa_verification');

let place: Awaited<ReturnType<typeof newMigratedLocation>>;
let one: TestServer;
let other: TestServer;
let relier: Relier;
let now = Date.now();
beforeAll(async () => {
  place = await newMigratedLocation('PostgreSQL');
  one = await startTestServer(place.location, { platform: { now: () => now } });
  other = await startTestServer(place.location, { platform: { now: () => now } });
  relier = await newServerRelier(one);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await place.remove();
});

async function begin(at: TestServer, before?: ExperienceClient): Promise<ExperienceClient> {
  const device = Object.entries(before?.browser.cookies() ?? {}).filter(([name]) => name.endsWith('sesame_device'));
  const cookies = device.map(([name, value]) => ({ name, value, path: '/' }));
  const browser = newUserAgent({ [at.publicUrl]: at.baseUrl }, cookies);
  const client = await beginExperience(at, relier, { browser });
  await restart(client, 'SignIn');
  const identifier = { type: 'username', value: 'ali' };
  const { body } = await client.call('POST', '/verification/password', { identifier, password });
  expect(await identify(client, body.verificationId)).toMatchObject({ status: 204 });
  return client;
}

test('a browser is trusted by every process on one database, once, and by none after it was ended at another', async () => {
  const { users, authenticators, experience, trustedDevices } = one.services;
  await experience.change({
    signUp: { identifiers: ['username'], password: true, verify: true },
    signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
    mfa: { policy: 'NoPrompt', factors: ['Totp'] },
    trustedDevicePolicy: { enabled: true },
  });
  const { id } = await users.create({ username: 'ali', password });
  await authenticators.set(id, { secret, timeStep: 0 }, { isFirst: true });
  // The other one holds what it goes by for a moment.
  now += 1_000;
  await other.services.experience.read();

  const client = await begin(one);
  const code = totpCode(secret, now);
  expect(await client.call('POST', '/verification/totp/verify', { code })).toMatchObject({ status: 200 });
  const there = moveTo(other, client);
  expect(await there.call('POST', '/profile/mfa/trusted-device')).toMatchObject({ status: 204 });
  const both = await Promise.all([submit(client), submit(there)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const [trusted, ...others] = await trustedDevices.list(id);
  expect(others).toEqual([]);
  // Whichever answer the browser keeps, it is trusted.
  for (const kept of [client, there]) {
    for (const at of [one, other]) expect(await submit(await begin(at, kept))).toMatchObject({ status: 200 });
  }
  await trustedDevices.end(id, trusted?.id ?? '');
  expect(await submit(await begin(other, client))).toMatchObject(required);
  expect(await submit(await begin(one, there))).toMatchObject(required);
});
