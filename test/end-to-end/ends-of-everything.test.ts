import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callAccount } from '../setup/account-client.ts';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import { offline, type Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { byUsername, password, provePassword } from './by-password.ts';
import { identify, restart, send, submit, verify } from './experience-rig.ts';

const another = 'forty thieves outside';
const policy = {
  ...byUsername,
  forgotPasswordMethods: ['EmailVerificationCode'],
  mfa: { policy: 'NoPrompt', factors: ['PhoneVerificationCode', 'BackupCode'] },
};

/** Says whether somebody who had it before can still do something with it. */
type Works = () => Promise<boolean>;

describe.each(databases)('once everything is ended on %s', (database) => {
  let server: TestServer;
  let relier: Relier;
  let owner: { id: string; phone: string; email: string; username: string };
  let codes: string[];
  beforeAll(async () => {
    server = await newServer(database);
    relier = await newServerRelier(server);
    expect(await server.management.patch('/sign-in-exp', policy)).toMatchObject({ status: 200 });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    const phone = newPhone();
    const username = `ali_${phone.slice(-8)}`;
    const email = `${username}@example.com`;
    const { id } = await server.services.users.create({ username, password, primaryPhone: phone, primaryEmail: email });
    owner = { id, phone, email, username };
    codes = (await server.management.post(`/users/${id}/mfa-verifications`, { type: 'BackupCode' })).body.codes;
  });

  const begin = (parameters = {}) => beginExperience(server, relier, { parameters });
  async function byName(flow: ExperienceClient): Promise<void> {
    expect(await identify(flow, await provePassword(flow, owner.username))).toMatchObject({ status: 204 });
  }
  const useCode = (flow: ExperienceClient) =>
    flow.call('POST', '/verification/backup-code/verify', { code: codes.shift() });
  async function handIn(parameters = {}) {
    const flow = await begin(parameters);
    await byName(flow);
    expect(await useCode(flow)).toMatchObject({ status: 200 });
    const { status, body } = await submit(flow);
    expect(status).toBe(200);
    return { flow, redirectTo: body.redirectTo as string };
  }
  /** Somebody who has signed in. */
  async function signIn(parameters = {}) {
    const { flow, redirectTo } = await handIn(parameters);
    return { flow, tokens: await flow.finish(redirectTo) };
  }
  const isGranted = (asked: Promise<unknown>): Promise<boolean> =>
    asked.then(
      () => true,
      ({ error }) => {
        expect(error).toBe('invalid_grant');
        return false;
      },
    );
  const proveReset = async (flow: ExperienceClient): Promise<string> => {
    await restart(flow, 'ForgotPassword');
    const { verificationId } = (await send(flow, 'ForgotPassword', owner.email)).body;
    await server.services.messaging.drain();
    const code = server.services.inbox.messages(owner.email)[0]?.code ?? expect.fail('no code');
    expect(await verify(flow, owner.email, verificationId, code)).toMatchObject({ status: 200 });
    return verificationId;
  };

  /** What somebody may have got hold of. Each is had a moment before the end. */
  const had: Record<string, () => Promise<Works>> = {
    'a session': async () => {
      const { flow } = await signIn();
      return async () => {
        const silent = await flow.browser.visit((await relier.start({ prompt: 'none' })).url);
        const page = await flow.browser.send(`${server.publicUrl}/account`);
        return !silent.url.searchParams.has('error') || page.status === 200;
      };
    },
    'an access token': async () => {
      const { access_token: token } = (await signIn()).tokens;
      return async () => {
        const info = client.fetchUserInfo(relier.configuration, token, owner.id).then(
          () => true,
          () => false,
        );
        const { status } = await callAccount(server, token, { method: 'GET', path: '/my-account' });
        return (await info) || status !== 401;
      };
    },
    'a refresh token': async () => {
      const { refresh_token: token = '' } = (await signIn(offline)).tokens;
      return () => isGranted(client.refreshTokenGrant(relier.configuration, token));
    },
    'a refresh token of a browser that has signed out since': async () => {
      const { flow, tokens } = await signIn(offline);
      const endpoint = client.buildEndSessionUrl(relier.configuration, { id_token_hint: tokens.id_token ?? '' });
      await flow.browser.visit(endpoint);
      return () => isGranted(client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? ''));
    },
    'an authorization code': async () => {
      const { browser } = (await signIn()).flow;
      const kept = await relier.start(offline);
      const { url } = await browser.visit(kept.url);
      expect(url.searchParams.get('code')).not.toBeNull();
      return () => isGranted(relier.finish(url, kept));
    },
    'a sign-in that was handed in': async () => {
      const { flow, redirectTo } = await handIn();
      return async () => (await flow.browser.visit(redirectTo)).url.searchParams.has('code');
    },
    'a sign-in to which a backup code is all that is missing': async () => {
      const flow = await begin();
      await byName(flow);
      return async () => (await useCode(flow)).status === 200 && (await submit(flow)).status === 200;
    },
    'a sign-in with its second code': async () => {
      const flow = await begin();
      await byName(flow);
      const asked = await flow.call('POST', '/verification/mfa-verification-code', { identifierType: 'phone' });
      const code = server.services.inbox.messages(owner.phone)[0]?.code;
      const answer = { identifierType: 'phone', verificationId: asked.body.verificationId, code };
      await flow.call('POST', '/verification/mfa-verification-code/verify', answer);
      return async () => (await submit(flow)).status === 200;
    },
    'a reset that was proven': async () => {
      const flow = await begin();
      const id = await proveReset(flow);
      return async () => {
        await identify(flow, id);
        await flow.call('PUT', '/profile/password', { password: 'a donkey laden with gold' });
        return (await submit(flow)).status === 204;
      };
    },
    'a reset with its new password': async () => {
      const flow = await begin();
      await identify(flow, await proveReset(flow));
      expect(await flow.call('PUT', '/profile/password', { password: another })).toMatchObject({ status: 204 });
      return async () => (await submit(flow)).status === 204;
    },
    'a browser that is known': async () => {
      const { flow } = await signIn();
      const cookie = flow.browser.cookies().sesame_device;
      return async () => {
        const { devices } = server.services;
        const known = await devices.accounts({ address: '192.0.2.1', marks: devices.read(cookie) }, 'user');
        return known.length > 0;
      };
    },
  };

  const account = async (path: string, browser: ExperienceClient['browser'], fields: object) => {
    const page = await (await browser.send(`${server.publicUrl}/account`)).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const body = new URLSearchParams({ csrf, ...fields });
    const reply = await browser.send(`${server.publicUrl}/account${path}`, { method: 'POST', body });
    expect(reply.status).toBe(303);
  };
  const suspend = (isSuspended: boolean) => server.management.patch(`/users/${owner.id}/is-suspended`, { isSuspended });
  const importOwner = async (fields: object) => {
    const { username, phone: primaryPhone, email: primaryEmail, id } = owner;
    const reply = await server.management.request('POST', '/api/users/import?upsert=true', {
      body: JSON.stringify({ id, username, primaryPhone, primaryEmail, ...fields }),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(reply).toMatchObject({ status: 200 });
  };

  /** What ends everything; what is had by whoever does it goes on. */
  const ends: Record<string, () => Promise<() => Promise<unknown>>> = {
    'an administrator signs the user out everywhere': async () => () =>
      server.management.delete(`/users/${owner.id}/sessions`),
    'the user ends the other sessions': async () => {
      const { browser } = (await signIn()).flow;
      return () => account('/sessions/end-others', browser, {});
    },
    'the user changes the password and ends the other sessions': async () => {
      const { browser } = (await signIn()).flow;
      await account('/verify', browser, { for: 'change-password', password });
      return () => account('/password', browser, { password: another, endOtherSessions: 'yes' });
    },
    'the user resets the password and ends the sessions': async () => {
      const flow = await begin();
      await identify(flow, await proveReset(flow));
      await flow.call('PUT', '/profile/password', { password: another });
      const key = flow.browser.cookies()[`sesame_flow_${flow.flow}`];
      return () => server.services.signInFlows.submit({ id: flow.flow, key }, { endSessions: true });
    },
    'the user is suspended for a moment': async () => async () => {
      await suspend(true);
      await suspend(false);
    },
    'an import suspends the user for a moment': async () => async () => {
      await importOwner({ isSuspended: true });
      await importOwner({ isSuspended: false });
    },
    'the user is deleted, and imported as before': async () => async () => {
      const { passwordDigest } = await server.services.users.getWithDigest(owner.id);
      await server.management.delete(`/users/${owner.id}`);
      await importOwner({ passwordDigest, passwordAlgorithm: 'Argon2id' });
    },
  };

  /** What works of all that was had before this. */
  async function leftAfter(prepare: () => Promise<() => Promise<unknown>>): Promise<string[]> {
    const works: [string, Works][] = [];
    for (const [what, get] of Object.entries(had)) {
      works.push([what, await get()]);
      server.advance(31_000);
    }
    const end = await prepare();
    server.advance(1_000);
    await end();
    server.advance(1_000);
    const left: string[] = [];
    for (const [what, stillWorks] of works) if (await stillWorks()) left.push(what);
    return left;
  }

  test('and all of it works where nothing is', async () => {
    expect(await leftAfter(async () => async () => {})).toEqual(Object.keys(had));
  });

  test.each(Object.entries(ends))('nothing works that was had before: %s', async (_, prepare) => {
    expect(await leftAfter(prepare)).toEqual([]);
  });
});
