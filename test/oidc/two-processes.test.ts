import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChildServer, newChildData, startChildServer } from '../setup/child-server.ts';
import { newPerson, signInByPassword } from '../setup/experience.ts';
import { createManagementClient } from '../setup/management-client.ts';
import { discoverRelier, offline, type Relier } from '../setup/oidc-flow.ts';
import { newUserAgent } from '../setup/user-agent.ts';

const redirectUri = 'https://app.example.com/callback';

describe('two processes on one PostgreSQL', () => {
  let one: ChildServer;
  let other: ChildServer;
  let remove: () => void;
  let relier: Relier;
  beforeAll(async () => {
    const data = await newChildData('PostgreSQL');
    remove = data.remove;
    one = await startChildServer(data.env);
    other = await startChildServer({ ...data.env, SESAME_PUBLIC_URL: one.publicUrl });
    const { body } = await one.management.post('/applications', {
      name: 'Shop',
      type: 'Traditional',
      oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
    });
    const authentication = client.ClientSecretBasic(body.secret);
    relier = await discoverRelier(`${one.publicUrl}/oidc`, { id: body.id, redirectUri, authentication });
  });
  afterAll(async () => {
    await Promise.all([one.kill('SIGTERM'), other.kill('SIGTERM')]);
    remove();
  });

  /** A browser behind a balancer that sends each request to the other process than the one before. */
  function newBalancedBrowser() {
    const places: Record<string, string> = {};
    let requests = 0;
    Object.defineProperty(places, new URL(one.publicUrl).origin, {
      get: () => {
        requests += 1;
        return requests % 2 ? one.baseUrl : other.baseUrl;
      },
    });
    return newUserAgent(places);
  }

  async function signIn() {
    const [person, browser, kept] = [await newPerson(one), newBalancedBrowser(), await relier.start(offline)];
    await browser.visit(kept.url);
    const { url } = await browser.visit(await signInByPassword(one, browser, person));
    return { person, browser, tokens: await relier.finish(url, kept) };
  }
  const userInfo = async ({ baseUrl }: ChildServer, token: string) =>
    (await fetch(`${baseUrl}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status;

  test('a sign-in goes on in either, and its tokens are good in both', async () => {
    const { tokens, browser } = await signIn();
    expect([await userInfo(one, tokens.access_token), await userInfo(other, tokens.access_token)]).toEqual([200, 200]);
    for (let times = 0; times < 3; times += 1) {
      const { url } = await browser.visit((await relier.start({ prompt: 'none' })).url);
      expect(url.searchParams.get('code')).not.toBeNull();
    }
  });

  test('what one of them ends is over in the other at once', async () => {
    const { tokens, person } = await signIn();
    await one.management.patch(`/users/${person.id}/is-suspended`, { isSuspended: true });
    expect(await userInfo(other, tokens.access_token)).toBe(401);
  });

  test('a key that one of them makes is published by the other at once, and what both sign verifies', async () => {
    await one.management.post('/configs/oidc/private-keys/rotate');
    const kids = async ({ baseUrl }: ChildServer) => {
      const { keys } = (await (await fetch(`${baseUrl}/oidc/jwks`)).json()) as { keys: { kid: string }[] };
      return keys.map(({ kid }) => kid);
    };
    expect(await kids(other)).toEqual(await kids(one));
    const byOther = createManagementClient(other.baseUrl, one.publicUrl);
    await one.management.renewToken();
    for (const token of [await byOther.token(), await one.management.token()]) {
      for (const { baseUrl } of [one, other]) {
        const headers = { authorization: `Bearer ${token}` };
        expect((await fetch(`${baseUrl}/api/users`, { headers })).status).toBe(200);
      }
    }
  });

  test('a refresh token that is used at both at once is answered by both, with tokens that work', async () => {
    const { tokens } = await signIn();
    const id = relier.configuration.clientMetadata().client_id;
    const { body } = await one.management.post(`/applications/${id}/secrets/rotate`);
    const authorization = `Basic ${Buffer.from(`${id}:${body.secret}`).toString('base64')}`;
    const refresh = async ({ baseUrl }: ChildServer, refreshToken: string) => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
      const reply = await fetch(`${baseUrl}/oidc/token`, { method: 'POST', headers: { authorization }, body });
      return { status: reply.status, tokens: (await reply.json()) as { refresh_token: string; access_token: string } };
    };
    const places = [one, other, one, other, one, other];
    const answers = await Promise.all(places.map((place) => refresh(place, tokens.refresh_token ?? '')));
    expect(answers.map(({ status }) => status)).toEqual(places.map(() => 200));
    const next = await Promise.all(
      answers.map((answer, index) => refresh(index % 2 ? one : other, answer.tokens.refresh_token)),
    );
    expect(next.map(({ status }) => status)).toEqual(places.map(() => 200));
    for (const answer of next) expect(await userInfo(one, answer.tokens.access_token)).toBe(200);
  });
});
