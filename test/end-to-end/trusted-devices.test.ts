import { beforeEach, describe, expect, test } from 'vitest';
import type { Factor } from '../../packages/server/src/experience/second-factors.ts';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { beginExperience, type ExperienceClient, signedOut } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import {
  byUsername,
  giveApp as giveAppTo,
  identifyByPassword,
  password,
  tokensOf,
  typeCodeOfApp,
} from './by-password.ts';
import { refused, submit, useExperience } from './experience-rig.ts';

const required = refused(403, 'session.mfa.require_mfa_verification');
const trusted = { status: 200 };
const dayMs = 24 * 60 * 60_000;

let people = 0;

describe.each(databases)('trusted browsers on %s', (database) => {
  const rig = useExperience(database);
  let username: string;
  let userId: string;
  beforeEach(async () => {
    people += 1;
    username = `ali_${people}`;
    await policy();
    ({ id: userId } = await services().users.create({ username, password, primaryPhone: rig.phone }));
    await giveApp();
  });
  const services = () => rig.server.services;
  const management = () => rig.server.management;
  const policy = (
    trustedDevicePolicy: object = { enabled: true, durationDays: 30 },
    mfa: Factor[] = ['Totp', 'BackupCode'],
  ) =>
    services().experience.change({
      ...byUsername,
      mfa: { policy: 'NoPrompt', factors: mfa },
      trustedDevicePolicy,
    });
  const giveApp = (of = userId) => giveAppTo(rig.server, of);
  const listed = (of = userId) => services().trustedDevices.list(of);

  /** A sign-in up to where it is known who it is, in a browser that is signed in nowhere. */
  async function begin(before?: ExperienceClient, parameters = {}, as = username): Promise<ExperienceClient> {
    const browser = signedOut(rig.server, before);
    const client = await beginExperience(rig.server, rig.relier, { parameters, browser });
    await identifyByPassword(client, as);
    return client;
  }
  const typeCode = (client: ExperienceClient) => typeCodeOfApp(client, rig.server);
  const trust = (client: ExperienceClient) => client.call('POST', '/profile/mfa/trusted-device');
  const finish = async (client: ExperienceClient) => (await tokensOf(client)).claims();
  /** A browser that the user trusts. */
  async function newTrusted(as = username): Promise<ExperienceClient> {
    const client = await begin(undefined, {}, as);
    await typeCode(client);
    expect(await trust(client)).toMatchObject({ status: 204 });
    await finish(client);
    return client;
  }

  test('are of one user: another one in the same browser is asked, and each may trust it', async () => {
    const other = `baba_${people}`;
    const { id: otherId } = await services().users.create({ username: other, password });
    await giveApp(otherId);
    const first = await newTrusted();
    const second = await begin(first, {}, other);
    expect(await submit(second)).toMatchObject(required);
    await typeCode(second);
    expect(await trust(second)).toMatchObject({ status: 204 });
    await finish(second);
    expect([await listed(), await listed(otherId)]).toMatchObject([[{}], [{}]]);
    expect(await submit(await begin(second))).toMatchObject(trusted);
    expect(await submit(await begin(second, {}, other))).toMatchObject(trusted);
    await services().trustedDevices.end(userId, (await listed())[0]?.id ?? '');
    expect(await submit(await begin(second))).toMatchObject(required);
    expect(await submit(await begin(second, {}, other))).toMatchObject(trusted);
  });

  test('are made by nobody who has not typed a code: not by a backup code, not while the policy is off', async () => {
    const codes = services().backupCodes.generate();
    const given = { type: 'BackupCode', codes };
    expect(await management().post(`/users/${userId}/mfa-verifications`, given)).toMatchObject({
      status: 200,
    });
    const client = await begin();
    expect(await client.call('POST', '/verification/backup-code/verify', { code: codes[0] })).toMatchObject({
      status: 200,
    });
    expect(await trust(client)).toMatchObject(required);
    await finish(client);
    await policy({ enabled: false });
    const second = await begin();
    await typeCode(second);
    expect(await trust(second)).toMatchObject(refused(400, 'session.mfa.mfa_factor_not_enabled'));
    expect((await second.call('GET', '/interaction')).body.trustedDevice).toEqual({ canCreate: false });
    await finish(second);
    await policy();
    expect(await listed()).toEqual([]);
  });

  type Ending = [what: string, end: () => Promise<unknown>];
  async function patch(path: string, body: object) {
    expect((await management().patch(path, body)).status).toBeLessThan(300);
  }
  const endings: Ending[] = [
    ['the user is signed out everywhere', () => management().delete(`/users/${userId}/sessions`)],
    [
      'a new password is set',
      () =>
        patch(`/users/${userId}/password`, { password: `${password} again` }).then(() =>
          patch(`/users/${userId}/password`, { password }),
        ),
    ],
    [
      'the user was suspended',
      async () => {
        await patch(`/users/${userId}/is-suspended`, { isSuspended: true });
        await patch(`/users/${userId}/is-suspended`, { isSuspended: false });
      },
    ],
    [
      'the number changes, and is as it was again',
      async () => {
        await patch(`/users/${userId}`, { primaryPhone: newPhone() });
        await patch(`/users/${userId}`, { primaryPhone: rig.phone });
      },
    ],
    [
      'the app is another one',
      async () => {
        const [app] = (await management().get(`/users/${userId}/mfa-verifications`)).body;
        await management().delete(`/users/${userId}/mfa-verifications/${app.id}`);
        await giveApp();
      },
    ],
    [
      'the second step was switched off and on',
      async () => {
        await services().users.setSkipsSecondFactor(userId, true);
        await services().users.setSkipsSecondFactor(userId, false);
      },
    ],
    ['the policy is off', () => policy({ enabled: false })],
    [
      'what came second is no factor any more',
      async () => {
        await policy({ enabled: true }, ['PhoneVerificationCode']);
      },
    ],
    [
      'the user was deleted, and an import gave the id again',
      async () => {
        await services().users.delete(userId);
        await services().users.create({ username, password });
        await giveApp((await services().users.find({ username }))?.id ?? '');
      },
    ],
    [
      'an administrator ends it',
      async () => {
        const path = `/users/${userId}/trusted-devices`;
        const { body } = await management().get(path);
        expect(body).toMatchObject([{ factor: 'totp', country: null, city: null, browser: '', system: '' }]);
        const id = body[0].id;
        expect(await management().delete(`/users/${userId}/trusted-devices/${id}`)).toMatchObject({
          status: 204,
        });
        expect(await management().delete(`/users/${userId}/trusted-devices/${id}`)).toMatchObject({
          status: 404,
        });
      },
    ],
    [
      'the policy has fewer days',
      async () => {
        rig.server.advance(2 * dayMs);
        await policy({ durationDays: 1 });
      },
    ],
  ];
  test.each(endings)('are trusted no more where %s', async (_, end) => {
    const client = await newTrusted();
    expect(await submit(await begin(client))).toMatchObject(trusted);
    await end();
    expect(await submit(await begin(client))).toMatchObject(required);
  });

  test('are in the list no more once they are forgotten, nor trusted again by a later sign-in', async () => {
    const [client, other] = [await newTrusted(), await newTrusted()];
    const devices = () => services().signIns.devices(userId);
    await expect.poll(devices).toHaveLength(2);
    const before = (await devices()).map(({ id }) => id);
    const newer = async () => (await devices()).filter(({ id }) => !before.includes(id));
    // A browser gets another name each time that it signs in, and stays trusted.
    const again = await begin(client);
    await finish(again);
    await expect.poll(newer).toHaveLength(1);
    const [device] = await newer();
    expect(await services().signIns.forgetDevice(userId, device?.id ?? '')).toBe(true);
    expect(await listed()).toHaveLength(1);
    expect(await submit(await begin(other))).toMatchObject(trusted);
    const stranger = await begin(again);
    expect(await submit(stranger)).toMatchObject(required);
    await typeCode(stranger);
    await finish(stranger);
    expect(await submit(await begin(stranger))).toMatchObject(required);
  });

  test('stay trusted where something else of the account changes', async () => {
    const client = await newTrusted();
    await services().users.update(userId, { name: 'Ali', primaryPhone: rig.phone });
    expect(await submit(await begin(client))).toMatchObject(trusted);
  });

  test('a sign-in that was handed in counts no more once its browser is not trusted', async () => {
    const client = await begin(await newTrusted());
    const { body } = await submit(client);
    await services().trustedDevices.end(userId, (await listed())[0]?.id ?? '');
    const { url } = await client.browser.visit(body.redirectTo);
    expect(url).not.toContain('code=');
  });

  test('a double click trusts one browser, with one cookie', async () => {
    const client = await begin();
    await typeCode(client);
    await trust(client);
    const [one, two] = await Promise.all([submit(client), submit(client)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    await client.finish(one.body.redirectTo);
    expect(await listed()).toHaveLength(1);
    expect(await submit(await begin(client))).toMatchObject(trusted);
  });

  test('a browser that is trusted anew stands there once', async () => {
    const client = await begin(await newTrusted(), { prompt: 'login' });
    await typeCode(client);
    await trust(client);
    const [before] = await listed();
    await finish(client);
    const after = await listed();
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before?.id);
    expect(await submit(await begin(client))).toMatchObject(trusted);
  });

  test('what a sign-in adds to an account takes a code in a trusted browser, too', async () => {
    const client = await begin(await newTrusted());
    expect(await client.call('POST', '/verification/backup-code/generate')).toMatchObject(required);
  });

  test('users list and end their own, with the scope for it', async () => {
    const client = await newTrusted();
    await services().users.setSkipsSecondFactor(userId, true);
    const scope = 'openid urn:logto:scope:trusted_devices';
    const token = await signInForToken(rig.server, rig.relier, { username, password, scope });
    const plain = await signInForToken(rig.server, rig.relier, { username, password, scope: 'openid' });
    await services().users.setSkipsSecondFactor(userId, false);
    const path = '/my-account/trusted-devices';
    expect(await callAccount(rig.server, plain, { method: 'GET', path })).toMatchObject({ status: 400 });
    expect(await callAccount(rig.server, token, { method: 'GET', path })).toMatchObject({ status: 200, body: [] });
    const again = await newTrusted();
    const { body } = await callAccount(rig.server, token, { method: 'GET', path });
    expect(body).toMatchObject([{ isCurrent: false, factor: 'totp' }]);
    const end = { method: 'DELETE', path: `${path}/${body[0].id}` };
    expect(await callAccount(rig.server, plain, end)).toMatchObject({ status: 400 });
    expect(await callAccount(rig.server, token, end)).toMatchObject({ status: 204 });
    expect(await callAccount(rig.server, token, end)).toMatchObject({ status: 404 });
    expect(await submit(await begin(again))).toMatchObject(required);
    expect(await submit(await begin(client))).toMatchObject(required);
  });

  // Last, as months go by.
  test('are asked for no second code until the end, which using them does not put off', async () => {
    const first = await begin();
    expect(await trust(first)).toMatchObject(required);
    expect((await first.call('GET', '/interaction')).body.trustedDevice).toEqual({ canCreate: true, durationDays: 30 });
    await typeCode(first);
    expect(await trust(first)).toMatchObject({ status: 204 });
    expect(await listed()).toEqual([]);
    expect(await finish(first)).toMatchObject({ sub: userId });
    const [kept] = await listed();
    expect(kept).toMatchObject({ factor: 'totp', lastUsedAt: null });
    expect((kept?.expiresAt ?? 0) - (kept?.createdAt ?? 0)).toBe(30 * dayMs);
    const cookie = Object.values(first.browser.cookies()).join(' ');
    const rows = await services().store.db.selectFrom('trusted_devices').selectAll().execute();
    const mark = services()
      .devices.read(Object.entries(first.browser.cookies()).find(([name]) => name.endsWith('sesame_device'))?.[1])
      .find(({ id }) => id === userId);
    expect(mark?.trust).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(rows)).not.toContain(mark?.trust);
    expect(cookie).not.toContain(rows[0]?.digest);

    rig.server.advance(29 * dayMs);
    const second = await begin(first);
    expect(await finish(second)).toMatchObject({ sub: userId });
    expect(await listed()).toMatchObject([
      { id: kept?.id, expiresAt: kept?.expiresAt, lastUsedAt: expect.any(Number) },
    ]);
    // Another browser, and what the application wants to be proven now.
    expect(await submit(await begin())).toMatchObject(required);
    expect(await submit(await begin(second, { prompt: 'login' }))).toMatchObject(required);
    expect(await submit(await begin(second, { max_age: '60' }))).toMatchObject(required);

    rig.server.advance(dayMs);
    expect(await submit(await begin(second))).toMatchObject(required);
    expect(await listed()).toEqual([]);
  });
});
