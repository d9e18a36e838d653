import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { identify, refused, send, submit, verify } from '../../../../test/end-to-end/experience-rig.ts';
import { beginExperience, type ExperienceClient, newServerRelier } from '../../../../test/setup/experience-client.ts';
import type { Relier } from '../../../../test/setup/oidc-flow.ts';
import { newPhone } from '../../../../test/setup/phones.ts';
import { newServer, type TestServer } from '../../../../test/setup/server.ts';
import { newUserAgent } from '../../../../test/setup/user-agent.ts';
import { hostCookieName } from '../oidc/cookies.ts';

let server: TestServer;
let relier: Relier;
beforeAll(async () => {
  server = await newServer('SQLite');
  relier = await newServerRelier(server);
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.management.put('/captcha-provider', { config: { type: 'Altcha', difficulty: 1 } });
  await change({ enabled: true, waitSeconds: 30 });
});

const change = (captchaPolicy: object) => server.management.patch('/sign-in-exp', { captchaPolicy });
const begin = () => beginExperience(server, relier);
const codeTo = (phone: string) => server.services.inbox.messages(phone)[0]?.code ?? '';

async function solved(challenge: unknown): Promise<string> {
  const solution = await solveChallenge({ challenge: challenge as never, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
async function tokenFor(client: ExperienceClient): Promise<string> {
  const { body } = await client.call('GET', '/captcha');
  expect(body).toMatchObject({ type: 'Altcha' });
  return solved(body.challenge);
}
const start = (client: ExperienceClient, captchaToken?: string, interactionEvent = 'SignIn') =>
  client.call('PUT', '', { interactionEvent, captchaToken });

describe('the Experience API', () => {
  test('asks before it sends, and takes the answer where Logto takes it', async () => {
    const [client, phone] = [await begin(), newPhone()];
    await start(client, undefined, 'Register');
    expect(await send(client, 'Register', phone)).toMatchObject(refused(422, 'session.captcha_required'));
    expect(server.services.inbox.messages(phone)).toEqual([]);
    expect(await start(client, await tokenFor(client), 'Register')).toMatchObject({ status: 204 });
    const { body } = await send(client, 'Register', phone);
    await verify(client, phone, body.verificationId, codeTo(phone));
    expect(await identify(client, body.verificationId)).toMatchObject({ status: 201 });
    const { status, body: done } = await submit(client);
    expect(status).toBe(200);
    expect((await client.finish(done.redirectTo)).claims()?.sub).toBeTruthy();
  });

  test('a wrong answer is refused and forgets nothing; a right one counts once, in its interaction', async () => {
    const [client, other] = [await begin(), await begin()];
    const failed = { status: 422, body: { code: 'session.captcha_failed', data: { reason: 'wrong' } } };
    expect(await start(client, 'anything')).toMatchObject(failed);
    const token = await tokenFor(client);
    expect(await start(other, token)).toMatchObject({ status: 422, body: { data: { reason: 'elsewhere' } } });
    const again = await tokenFor(client);
    expect(await start(client, again)).toMatchObject({ status: 204 });
    expect(await start(client, again)).toMatchObject({ status: 422, body: { data: { reason: 'used' } } });
    // What was passed before still holds: nothing began anew.
    expect(await send(client, 'SignIn', newPhone())).toMatchObject({ status: 200 });
    await start(client);
    expect(await send(client, 'SignIn', newPhone())).toMatchObject(refused(422, 'session.captcha_required'));
  });

  test('a check is good for five messages', async () => {
    const client = await begin();
    await start(client, await tokenFor(client));
    for (let count = 0; count < 5; count += 1) {
      expect(await send(client, 'SignIn', newPhone())).toMatchObject({ status: 200 });
    }
    expect(await send(client, 'SignIn', newPhone())).toMatchObject(refused(422, 'session.captcha_required'));
  });

  test('a message that could not be recorded takes nothing of a check', async () => {
    const client = await begin();
    await start(client, await tokenFor(client));
    const full = vi.spyOn(server.services.store, 'atomically').mockRejectedValue(new Error('The disk is full.'));
    expect(await send(client, 'SignIn', newPhone())).toMatchObject({ status: 500 });
    full.mockRestore();
    for (let count = 0; count < 5; count += 1) {
      expect(await send(client, 'SignIn', newPhone())).toMatchObject({ status: 200 });
    }
  });

  test('whoever signs in by a password is asked before it ends, whether or not there is such an account', async () => {
    const client = await begin();
    await server.services.users.create({ username: 'ada', password: 'open sesame, please' });
    await start(client);
    const { body } = await client.call('POST', '/verification/password', {
      identifier: { type: 'username', value: 'ada' },
      password: 'open sesame, please',
    });
    await identify(client, body.verificationId);
    expect(await submit(client)).toMatchObject(refused(422, 'session.captcha_required'));
    const unknown = await send(client, 'ForgotPassword', newPhone());
    expect(unknown).toMatchObject(refused(400, 'session.invalid_interaction_type'));
  });

  test('a network that goes on failing has to wait', async () => {
    const client = await begin();
    let last = await start(client, 'wrong-0');
    for (let count = 1; count < 60 && last.status === 422; count += 1) last = await start(client, `wrong-${count}`);
    expect(last).toMatchObject(refused(429, 'request.sign_in_rate_limited'));
    // A browser that has signed in before is none of them.
    const name = hostCookieName(server.publicUrl, 'sesame_device');
    const value = server.services.devices.mark({ marks: [] }, { type: 'user', id: 'ada' });
    const browser = newUserAgent({ [server.publicUrl]: server.baseUrl }, [{ name, value, path: '/' }]);
    const known = await beginExperience(server, relier, { browser });
    expect(await start(known, 'wrong')).toMatchObject(refused(422, 'session.captcha_failed'));
    expect(await start(known, await tokenFor(known))).toMatchObject({ status: 204 });
    const counted = await server.services.store.db
      .selectFrom('sign_in_attempts')
      .select('attempts')
      .where('key', 'like', 'check-address:%/known')
      .execute();
    expect(counted.map(({ attempts }) => attempts)).toEqual([1, 1]);
    server.advance(16 * 60_000);
    expect(await start(await begin(), 'wrong')).toMatchObject(refused(422, 'session.captcha_failed'));
  });

  test('back ends are never asked', async () => {
    expect(await server.management.post('/verification-codes', { phone: newPhone() })).toMatchObject({ status: 204 });
  });
});

describe('the hosted pages without a script', () => {
  const fieldOf = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

  /** A window on the pages, with what the form on it carries. */
  async function visitor(path = '/sign-in') {
    const client = await begin();
    const { browser, flow } = client;
    let url = new URL(`${server.publicUrl}${path}?flow=${flow}`);
    let page = await (await browser.visit(url)).response.text();
    return {
      page: () => page,
      path: () => url.pathname,
      /** @param to the path of the form, where it is not the first of the page */
      async post(fields: Record<string, string>, to = '') {
        const [, action = ''] = new RegExp(`<form method="post" action="(${to}[^"]*)"`).exec(page) ?? [];
        const carried = ['flow', 'csrf', 'event', 'next', 'verification', 'wait'].map((name) => [
          name,
          fieldOf(page, name),
        ]);
        const body = new URLSearchParams([...carried.filter(([, value]) => value !== ''), ...Object.entries(fields)]);
        const posted = await browser.send(new URL(action.replaceAll('&amp;', '&'), server.publicUrl), {
          method: 'POST',
          body,
          headers: { origin: server.publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        });
        const visit = await browser.visit(new URL(posted.headers.get('location') ?? '', server.publicUrl));
        url = visit.url;
        page = await visit.response.text();
      },
    };
  }

  test('whoever waits goes on with what was typed; too early says how long', async () => {
    const [person, phone] = [await visitor(), newPhone()];
    await person.post({ country: 'CN', phone });
    expect(person.path()).toBe('/sign-in/check');
    expect(server.services.inbox.messages(phone)).toEqual([]);
    const ticket = fieldOf(person.page(), 'wait');
    await person.post({});
    expect(person.page()).toContain('It is too early to go on. Try again in 30 seconds.');
    expect(fieldOf(person.page(), 'wait')).toBe(ticket);
    server.advance(31_000);
    await person.post({});
    expect(person.path()).toBe('/sign-in/code');
    expect(server.services.inbox.messages(phone)).toHaveLength(1);
  });

  test('a wait is good for one message, and a network has few', async () => {
    server.advance(16 * 60_000);
    const paths: string[] = [];
    for (let count = 0; count < 11; count += 1) {
      const person = await visitor();
      await person.post({ country: 'CN', phone: newPhone() });
      server.advance(31_000);
      await person.post({});
      paths.push(person.path());
    }
    expect(paths.filter((path) => path === '/sign-in/code')).toHaveLength(10);
    expect(paths.at(-1)).toBe('/sign-in/check');
  });

  test('another code is asked about again, and so is who signs in by a password', async () => {
    server.advance(16 * 60_000);
    const [person, phone] = [await visitor(), newPhone()];
    await person.post({ country: 'CN', phone });
    server.advance(31_000);
    await person.post({});
    await person.post({}, '/sign-in/code/resend');
    expect(person.path()).toBe('/sign-in/check');
    server.advance(31_000);
    await person.post({});
    expect(person.path()).toBe('/sign-in/code');
    expect(server.services.inbox.messages(phone)).toHaveLength(2);

    await server.services.users.create({ username: 'grace', password: 'open sesame, please' });
    const another = await visitor('/sign-in/password');
    await another.post({ identifier: 'grace', password: 'open sesame, please' });
    expect(another.path()).toBe('/sign-in/check');
    expect(another.page()).not.toContain('open sesame');
    server.advance(31_000);
    await another.post({});
    expect(another.path()).toBe('/callback');
  });

  test('a wait may be switched off, and so may a check', async () => {
    await change({ waitSeconds: null });
    const person = await visitor();
    await person.post({ country: 'CN', phone: newPhone() });
    expect(person.page()).toContain('The check needs JavaScript.');
    await person.post({});
    expect(person.page()).toContain('The check was not passed.');
    await change({ enabled: false, waitSeconds: 30 });
    const another = await visitor();
    await another.post({ country: 'CN', phone: newPhone() });
    expect(another.path()).toBe('/sign-in/code');
  });

  test('a page that asks another provider may load it, and no other may', async () => {
    const config = { type: 'Turnstile', siteKey: 'site', secretKey: 'secret-of-turnstile' };
    await server.management.put('/captcha-provider', { config });
    const { browser, flow } = await begin();
    const policyAt = async (path: string) => {
      const { response } = await browser.visit(`${server.publicUrl}${path}?flow=${flow}`);
      expect(await response.text()).not.toContain('secret-of-turnstile');
      return response.headers.get('content-security-policy') ?? '';
    };
    const origin = 'https://challenges.cloudflare.com';
    expect(await policyAt('/sign-in/check')).toContain(`script-src 'self' ${origin};`);
    expect(await policyAt('/sign-in/check')).toContain(`frame-src ${origin};`);
    expect(await policyAt('/sign-in')).not.toContain(origin);
  });
});

describe('the Management API', () => {
  const config = { type: 'Turnstile', siteKey: 'site', secretKey: 'secret-of-turnstile' };

  test('sets up a provider as Logto does, and never tells its secret', async () => {
    await server.management.delete('/captcha-provider');
    expect(await server.management.get('/captcha-provider')).toMatchObject({
      status: 404,
      body: { code: 'entity.not_found' },
    });
    expect((await server.management.get('/sign-in-exp')).body.captchaPolicy).toMatchObject({ enabled: false });
    const put = await server.management.put('/captcha-provider', { config });
    expect(put).toMatchObject({ status: 200, body: { config: { type: 'Turnstile', siteKey: 'site' } } });
    expect(put.body.id).toMatch(/^\w{21}$/);
    const got = await server.management.get('/captcha-provider');
    expect(got.body).toEqual(put.body);
    expect(JSON.stringify([put.body, got.body])).not.toContain('secret');
    await change({ enabled: true });
    const known = await fetch(`${server.baseUrl}/api/.well-known/sign-in-exp`).then((reply) => reply.json());
    expect(known).toMatchObject({
      captchaPolicy: { enabled: true },
      captchaConfig: { type: 'Turnstile', siteKey: 'site' },
    });
    expect(JSON.stringify(known)).not.toContain('secret-of');
    const { body: log } = await server.management.get('/audit-log?action=captcha-provider.set-up');
    expect(JSON.stringify(log)).toContain('captcha-provider.set-up');
    expect(JSON.stringify(log)).not.toContain('secret-of');
    expect(await server.management.delete('/captcha-provider')).toMatchObject({ status: 204 });
  });

  test('refuses what is none', async () => {
    for (const wrong of [
      { type: 'Other' },
      { type: 'Turnstile', siteKey: 'a b', secretKey: 'x' },
      { type: 'Altcha', difficulty: 99 },
    ]) {
      const reply = await server.management.put('/captcha-provider', { config: wrong });
      expect(reply, JSON.stringify(wrong)).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    }
    expect(await change({ waitSeconds: 5 })).toMatchObject({ status: 400 });
  });

  test('tests the built-in one without asking anybody', async () => {
    const reply = await server.management.post('/captcha-provider/test', { config: { type: 'Altcha' } });
    expect(reply).toMatchObject({ status: 200, body: { outcome: 'works' } });
  });
});
