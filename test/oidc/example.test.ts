import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runExample } from '../setup/example.ts';
import { goOnByCode } from '../setup/experience.ts';
import { freePort } from '../setup/free-port.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newReachableServer, type TestServer } from '../setup/server.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';

const phone = '+8613600136000';

describe('the example', () => {
  let server: TestServer;
  const examples: Awaited<ReturnType<typeof runExample>>[] = [];
  beforeAll(async () => {
    server = await newReachableServer('SQLite');
  });
  afterAll(async () => {
    for (const { stop } of examples) stop();
    await server.close();
  });

  async function start(env: Record<string, string>) {
    const port = await freePort();
    const example = await runExample({ SESAME_URL: server.publicUrl, PORT: String(port), ...env });
    examples.push(example);
    return { ...example, baseUrl: `http://localhost:${port}` };
  }
  const management = {
    SESAME_MANAGEMENT_CLIENT_ID: managementApplication.id,
    SESAME_MANAGEMENT_CLIENT_SECRET: managementApplication.secret,
  };
  const visitAndRead = async (browser: UserAgent, url: string) => (await browser.visit(url)).response.text();
  /** Presses a button of the example. */
  const press = (browser: UserAgent, url: string) => browser.visit(url, { method: 'POST' });

  test('signs up, shows the claims, follows a change of the number, and signs out', async () => {
    const { baseUrl } = await start(management);
    const browser = newUserAgent();
    expect(await visitAndRead(browser, baseUrl)).toContain('sign up');
    const request = await browser.visit(`${baseUrl}/sign-up`);
    expect((await browser.visit(request.url)).url.pathname).toBe('/register');
    const answer = await browser.visit(await goOnByCode(server, browser, { event: 'Register', phone }));
    expect(answer.url.href).toContain(`${baseUrl}/callback?code=`);
    expect((await browser.visit(answer.url)).url.href).toBe(`${baseUrl}/`);
    const page = await visitAndRead(browser, baseUrl);
    expect(page).toContain(`<td>${phone}</td>`);
    expect(page).toContain(`${server.publicUrl}/account`);

    const [{ id }] = (await server.management.get('/users')).body;
    await server.management.patch(`/users/${id}`, { primaryPhone: '+12025550143', name: '<b>Ali</b>' });
    await press(browser, `${baseUrl}/refresh`);
    const changed = await visitAndRead(browser, baseUrl);
    expect(changed).toContain('<td>+12025550143</td>');
    expect(changed).toContain('Hello &lt;b&gt;Ali&lt;/b&gt;');

    const out = await press(browser, `${baseUrl}/sign-out`);
    expect(out.url.href).toContain(`${server.publicUrl}/oidc/session/end`);
    expect((await browser.visit(out.url)).url.href).toBe(`${baseUrl}/`);
    expect(await visitAndRead(browser, baseUrl)).toContain('sign up');
    const again = await browser.visit(`${baseUrl}/sign-in`);
    expect((await browser.visit(again.url)).url.pathname).toBe('/sign-in');
  });

  test('forgets whoever may no longer sign in, and answers no stranger', async () => {
    const { baseUrl } = await start(management);
    const browser = newUserAgent();
    await browser.visit((await browser.visit(`${baseUrl}/sign-up`)).url);
    const other = '+8613600136001';
    const { url } = await browser.visit(await goOnByCode(server, browser, { event: 'Register', phone: other }));
    expect(await visitAndRead(newUserAgent(), url.href)).toContain('sign up');
    await browser.visit(url);
    const users = (await server.management.get(`/users?search=${encodeURIComponent(other)}`)).body;
    await server.management.patch(`/users/${users[0].id}/is-suspended`, { isSuspended: true });
    await press(browser, `${baseUrl}/refresh`);
    expect(await visitAndRead(browser, baseUrl)).toContain('sign up');
  });

  test('makes its application once, and takes one that was made in the Console', async () => {
    await start(management);
    const listed = (await server.management.get('/applications')).body as { name: string }[];
    expect(listed.filter(({ name }) => name === 'Example application')).toHaveLength(1);
    const { body } = await server.management.post('/applications', { name: 'By hand', type: 'Traditional' });
    const { output } = await start({ CLIENT_ID: body.id, CLIENT_SECRET: body.secret });
    expect(output()).toContain('The example is at');
  });

  test('says what it needs, and where Sesame is missing', async () => {
    const bare = await start({});
    expect(await bare.exited).toBe(1);
    expect(bare.output()).toContain(`redirect URI ${bare.baseUrl}/callback`);
    const alone = await start({ SESAME_URL: `http://localhost:${await freePort()}` });
    expect(await alone.exited).toBe(1);
    expect(alone.output()).toContain('Sesame does not answer');
  });
});
