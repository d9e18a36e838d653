import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginExperience,
  type ExperienceClient,
  moveTo,
  newServerRelier,
  signedOut,
} from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';
import { rfcSecret, totpCode } from '../setup/totp.ts';
import { byUsername, giveApp, identifyByPassword, password } from './by-password.ts';
import { refused, submit } from './experience-rig.ts';

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
  const client = await beginExperience(at, relier, { browser: signedOut(at, before) });
  await identifyByPassword(client, 'ali');
  return client;
}

test('a browser is trusted by every process on one database, once, and by none after it was ended at another', async () => {
  const { users, experience, trustedDevices } = one.services;
  await experience.change({
    ...byUsername,
    mfa: { policy: 'NoPrompt', factors: ['Totp'] },
    trustedDevicePolicy: { enabled: true },
  });
  const { id } = await users.create({ username: 'ali', password });
  await giveApp(one, id);
  // The other one holds what it goes by for a moment.
  now += 1_000;
  await other.services.experience.read();

  const client = await begin(one);
  const code = totpCode(rfcSecret, now);
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
