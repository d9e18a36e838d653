import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Factor } from '../../packages/server/src/experience/second-factors.ts';
import { beginExperience, type ExperienceClient, signedOut } from '../setup/experience-client.ts';
import { offline } from '../setup/oidc-flow.ts';
import { databases } from '../setup/stores.ts';
import type { UserAgent } from '../setup/user-agent.ts';
import {
  tokensOf as finish,
  giveApp as giveAppTo,
  identifyByPassword,
  password,
  proveSecondNumber,
  typeCodeOfApp,
} from './by-password.ts';
import { identify, refused, restart, submit, useExperience } from './experience-rig.ts';

const [one, two] = ['urn:logto:acr:1fa', 'urn:logto:acr:mfa'] as const;
const required = refused(403, 'session.mfa.require_mfa_verification');
const ways = ['phone', 'username'] as const;
const by = (identifier: (typeof ways)[number], verificationCode: boolean) => ({
  identifier,
  password: true,
  verificationCode,
  isPasswordPrimary: !verificationCode,
});

/** Requests of an application for two factors, as the standard has them. */
const wish = { acr_values: two };
const claimsFor = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });
const voluntary = claimsFor({ values: [two] });
const essential = claimsFor({ essential: true, value: two });
const silent = { prompt: 'none' };

const oneFactor = { acr: one, amr: ['pwd'] };
const byApp = { acr: two, amr: ['pwd', 'otp', 'mfa'] };

let people = 0;

describe.each(databases)('how somebody signed in, as applications learn it on %s', (database) => {
  const rig = useExperience(database);
  let username: string;
  let userId: string;
  beforeEach(async () => {
    people += 1;
    username = `ali_${people}`;
    await policy('Totp', 'BackupCode');
    ({ id: userId } = await services().users.create({ username, password, primaryPhone: rig.phone }));
  });
  const services = () => rig.server.services;
  const management = () => rig.server.management;
  const policy = (...factors: Factor[]) =>
    services().experience.change({
      signUp: { identifiers: ['username'], password: true, verify: true },
      signIn: { methods: ways.map((way) => by(way, way === 'phone' && !factors.includes('PhoneVerificationCode'))) },
      mfa: { policy: 'NoPrompt', factors },
    });
  const giveApp = () => giveAppTo(rig.server, userId);

  const newBrowser = () => signedOut(rig.server);
  const begin = (parameters: Record<string, string>, browser = newBrowser()) =>
    beginExperience(rig.server, rig.relier, { parameters, browser });
  const typePassword = (client: ExperienceClient, as = username) => identifyByPassword(client, as);
  const typeCode = (client: ExperienceClient) => typeCodeOfApp(client, rig.server);
  /** Somebody who is signed in by a password. */
  async function signedIn(parameters: Record<string, string> = {}) {
    const client = await begin(parameters);
    await typePassword(client);
    return { client, browser: client.browser, tokens: await finish(client) };
  }
  /** What a request is answered with at once, without a person. */
  async function answer(browser: UserAgent, parameters: Record<string, string>) {
    const kept = await rig.relier.start(parameters);
    const { url } = await browser.visit(kept.url);
    const [code, error] = [url.searchParams.get('code'), url.searchParams.get('error')];
    return code ? (await rig.relier.finish(url, kept)).claims() : (error ?? url.pathname + url.search);
  }

  test('discovery names the values of acr, and the parameter that asks for them', async () => {
    expect(rig.relier.configuration.serverMetadata()).toMatchObject({
      acr_values_supported: [one, two],
      claims_parameter_supported: true,
      claims_supported: expect.arrayContaining(['acr', 'amr', 'auth_time']),
    });
  });

  test('a password, a code by SMS and a second factor each have their name, which a refresh and prompt=none repeat', async () => {
    const { tokens, browser } = await signedIn(offline);
    const { auth_time } = tokens.claims() ?? {};
    expect(tokens.claims()).toMatchObject({ ...oneFactor, auth_time: expect.any(Number) });
    const refreshed = await oidc.refreshTokenGrant(rig.relier.configuration, tokens.refresh_token ?? '');
    expect(refreshed.claims()).toMatchObject({ ...oneFactor, auth_time });
    expect(await answer(browser, silent)).toMatchObject({ ...oneFactor, auth_time });

    const byCode = await begin({});
    await restart(byCode, 'SignIn');
    await identify(byCode, await rig.prove(byCode));
    expect((await finish(byCode)).claims()).toMatchObject({ acr: one, amr: ['sms'] });

    await giveApp();
    const second = await begin(offline);
    await typePassword(second);
    expect(await submit(second)).toMatchObject(required);
    await typeCode(second);
    const both = await finish(second);
    expect(both.claims()).toMatchObject(byApp);
    expect(await answer(second.browser, silent)).toMatchObject(byApp);
    const again = await oidc.refreshTokenGrant(rig.relier.configuration, both.refresh_token ?? '');
    expect(again.claims()).toMatchObject(byApp);
  });

  test('a backup code is a password for once; a trusted browser is no second factor', async () => {
    await giveApp();
    await services().experience.change({ trustedDevicePolicy: { enabled: true, durationDays: 30 } });
    const codes = services().backupCodes.generate();
    const path = `/users/${userId}/mfa-verifications`;
    expect(await management().post(path, { type: 'BackupCode', codes })).toMatchObject({ status: 200 });
    const backup = await begin({});
    await typePassword(backup);
    expect(await backup.call('POST', '/verification/backup-code/verify', { code: codes[0] })).toMatchObject({
      status: 200,
    });
    expect((await finish(backup)).claims()).toMatchObject({ acr: two, amr: ['pwd', 'otp', 'mfa'] });

    const trusting = await begin({});
    await typePassword(trusting);
    await typeCode(trusting);
    expect(await trusting.call('POST', '/profile/mfa/trusted-device')).toMatchObject({ status: 204 });
    expect((await finish(trusting)).claims()).toMatchObject(byApp);
    const anew = () => signedOut(rig.server, trusting);
    const trusted = await begin({}, anew());
    await typePassword(trusted);
    expect((await finish(trusted)).claims()).toMatchObject(oneFactor);
    // An application that asks for two factors gets two.
    const asked = await begin(wish, anew());
    await typePassword(asked);
    expect(await submit(asked)).toMatchObject(required);
    await typeCode(asked);
    expect((await finish(asked)).claims()).toMatchObject(byApp);
  });

  test('an access token for an API says the same, also after a refresh', async () => {
    const indicator = `https://orders-${people}.example.com`;
    await services().resources.create({ name: 'Orders', indicator, accessTokenTtl: 3600 });
    const { browser } = await signedIn(offline);
    const {
      verifier: pkceCodeVerifier,
      state: expectedState,
      url,
    } = await rig.relier.start({
      ...offline,
      resource: indicator,
    });
    const { url: callback } = await browser.visit(url);
    const checks = { pkceCodeVerifier, expectedState, idTokenExpected: true };
    const { configuration } = rig.relier;
    const tokens = await oidc.authorizationCodeGrant(configuration, callback, checks, { resource: indicator });
    const issuer = `${rig.server.publicUrl}/oidc`;
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`), {
      [customFetch]: (url: string, init: RequestInit) =>
        fetch(url.replace(rig.server.publicUrl, rig.server.baseUrl), init),
    });
    const { auth_time } = tokens.claims() ?? {};
    const refreshed = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '', {
      resource: indicator,
    });
    for (const { access_token } of [tokens, refreshed]) {
      const { payload } = await jwtVerify(access_token, keys, { issuer, audience: indicator });
      expect(payload).toMatchObject({ sub: userId, ...oneFactor, auth_time });
    }
  });

  describe.each([
    ['acr_values', wish],
    ['a voluntary claim', voluntary],
    ['an essential claim', essential],
  ])('%s for two factors', (name, parameters) => {
    test('has somebody who is signed in give the second one, and only that', async () => {
      const { browser, tokens } = await signedIn();
      await giveApp();
      const client = await begin(parameters, browser);
      expect(await client.call('GET', '/interaction')).toMatchObject({
        body: { interactionEvent: 'SignIn', userId, verificationRecords: [] },
      });
      expect(await submit(client)).toMatchObject(required);
      await typeCode(client);
      const { auth_time } = tokens.claims() ?? {};
      // The password is as old as it was.
      expect((await finish(client)).claims()).toMatchObject({ ...byApp, auth_time });
      expect(await answer(browser, parameters)).toMatchObject(byApp);
      expect(await answer(browser, { ...parameters, ...silent })).toMatchObject(byApp);
      expect(await services().userSessions.list(userId)).toHaveLength(1);
      expect((await management().get(`/users/${userId}/sign-ins`)).body[0]).toMatchObject({ method: 'session' });
    });

    test('asks nobody with prompt=none', async () => {
      const { browser } = await signedIn();
      await giveApp();
      const expected = name === 'an essential claim' ? 'login_required' : expect.objectContaining(oneFactor);
      expect(await answer(browser, { ...parameters, ...silent })).toEqual(expected);
    });

    test('is a wish, or refused, where somebody has nothing for it', async () => {
      const { browser } = await signedIn();
      const expected =
        name === 'an essential claim' ? 'unmet_authentication_requirements' : expect.objectContaining(oneFactor);
      expect(await answer(browser, parameters)).toEqual(expected);
      expect(await answer(browser, { ...parameters, ...silent })).toEqual(expected);
      // It is the same for whoever signs in only then.
      const client = await begin(parameters);
      await typePassword(client);
      const { body } = await submit(client);
      const { url } = await client.browser.visit(body.redirectTo);
      const error = name === 'an essential claim' ? 'unmet_authentication_requirements' : null;
      expect(url.searchParams.get('error')).toBe(error);
    });
  });

  test('a value that there is not is a wish, or refused', async () => {
    const { browser } = await signedIn();
    expect(await answer(browser, { acr_values: 'gold silver' })).toMatchObject(oneFactor);
    const gold = claimsFor({ essential: true, values: ['gold'] });
    expect(await answer(browser, gold)).toBe('unmet_authentication_requirements');
    expect(await answer(newBrowser(), gold)).toBe('unmet_authentication_requirements');
    expect(await answer(browser, claimsFor({ essential: true, values: ['gold', one] }))).toMatchObject(oneFactor);
    for (const acr of [{ values: 'gold' }, { value: 5 }, { values: [{}] }]) {
      expect(await answer(browser, claimsFor(acr))).toBe('invalid_request');
    }
  });

  test('max_age and prompt=login ask for everything', async () => {
    const { browser } = await signedIn();
    await giveApp();
    for (const [name, value] of [
      ['prompt', 'login'],
      ['max_age', '0'],
    ] as const) {
      const client = await begin({ ...wish, [name]: value }, browser);
      expect(await submit(client)).toMatchObject({ status: 404 });
      await typePassword(client);
      expect(await submit(client)).toMatchObject(required);
    }
  });

  test('what a session rests on does not come second as well', async () => {
    const client = await begin({});
    await restart(client, 'SignIn');
    await identify(client, await rig.prove(client));
    expect((await finish(client)).claims()).toMatchObject({ amr: ['sms'] });
    await policy('PhoneVerificationCode');
    const again = await begin(essential, client.browser);
    // From the start: a password, and then the code.
    expect(await submit(again)).toMatchObject({ status: 404 });
    await typePassword(again);
    expect(await submit(again)).toMatchObject(required);
  });

  test('nor where it comes second only since the flow began', async () => {
    const client = await begin({});
    await restart(client, 'SignIn');
    await identify(client, await rig.prove(client));
    expect((await finish(client)).claims()).toMatchObject({ acr: one, amr: ['sms'] });
    await giveApp();
    const again = await begin(essential, client.browser);
    expect(await submit(again)).toMatchObject(required);
    await policy('Totp', 'PhoneVerificationCode');
    await management().patch('/sign-in-exp', { messageRateLimitPolicy: { resendInterval: 0 } });
    const sent = rig.twilio.accepted().length;
    await proveSecondNumber(again, () => rig.twilio.codeTo(rig.phone));
    expect(rig.twilio.accepted()).toHaveLength(sent + 1);
    const { url, response } = await again.browser.visit((await submit(again)).body.redirectTo);
    expect([url.searchParams.get('code'), response.status]).toEqual([null, 400]);
    expect(await answer(again.browser, silent)).toMatchObject({ acr: one, amr: ['sms'] });
  });

  test('a session without the second factor changes nothing of the account, and ends the flow in no way', async () => {
    const { browser } = await signedIn();
    await giveApp();
    const client = await begin(essential, browser);
    expect(await client.call('POST', '/profile', { type: 'username', value: 'other' })).toMatchObject(required);
    await policy();
    await services().users.update(userId, { username: null });
    await client.call('POST', '/profile', { type: 'username', value: `other_${people}` });
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    expect(await services().users.get(userId)).toMatchObject({ username: null });
  });

  test.each([
    ['the session', (id: string, session: string) => services().userSessions.end(id, session)],
    ['all sessions', (id: string) => services().userSessions.endAll(id)],
  ])('nobody goes on after %s ended meanwhile', async (_what, end) => {
    const { browser } = await signedIn();
    await giveApp();
    const client = await begin(essential, browser);
    await typeCode(client);
    const { body } = await submit(client);
    const [session] = await services().userSessions.list(userId);
    await end(userId, session?.id ?? '');
    const { url, response } = await client.browser.visit(body.redirectTo);
    expect([url.searchParams.get('code'), response.status]).toEqual([null, 400]);
    expect(await services().userSessions.list(userId)).toEqual([]);
  });

  test('somebody else may sign in instead, in full', async () => {
    const { browser } = await signedIn();
    await giveApp();
    const other = `baba_${people}`;
    await services().users.create({ username: other, password });
    const client = await begin(wish, browser);
    await typePassword(client, other);
    expect((await finish(client)).claims()).toMatchObject({ username: other, ...oneFactor });
  });
});
