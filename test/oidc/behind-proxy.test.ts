import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { newPerson, signInByPassword } from '../setup/experience.ts';
import { discoverRelier, offline } from '../setup/oidc-flow.ts';
import { newServer, startTestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';
import { newUserAgent } from '../setup/user-agent.ts';

const publicUrl = 'https://id.example.com';
const redirectUri = 'https://app.example.com/callback';

test('behind a proxy that ends TLS a whole sign-in stays on the public address, with secure cookies', async () => {
  const server = await newServer('SQLite', { env: { SESAME_PUBLIC_URL: publicUrl } });
  const oidcClientMetadata = { redirectUris: [redirectUri], postLogoutRedirectUris: [] };
  const { body } = await server.management.post('/applications', {
    name: 'Shop',
    type: 'Traditional',
    oidcClientMetadata,
  });
  const authentication = client.ClientSecretBasic(body.secret);
  const toServer: client.CustomFetch = (url, options) =>
    fetch(url.replace(publicUrl, server.baseUrl), options as RequestInit);
  const relier = await discoverRelier(`${publicUrl}/oidc`, { id: body.id, redirectUri, authentication }, toServer);
  const headers: string[] = [];
  const browser = newUserAgent({ [publicUrl]: server.baseUrl }, [], (header) => headers.push(header));

  const kept = await relier.start(offline);
  const page = await browser.visit(kept.url);
  expect([page.url.origin, page.url.pathname, page.response.status]).toEqual([publicUrl, '/sign-in', 200]);
  const person = await newPerson(server);
  const resume = await signInByPassword(server, browser, person);
  expect(resume.startsWith(`${publicUrl}/oidc/auth/`)).toBe(true);
  const tokens = await relier.finish((await browser.visit(resume)).url, kept);
  expect(tokens.claims()).toMatchObject({ iss: `${publicUrl}/oidc`, sub: person.id });
  expect((await browser.visit(`${publicUrl}/account`)).response.status).toBe(200);

  expect(headers.length).toBeGreaterThan(4);
  for (const header of headers) {
    // Browsers take these from this host alone; they have to be secure, for every path and for no domain.
    expect(header).toMatch(/^__Host-/);
    expect(header).toMatch(/; path=\/(;|$)/i);
    expect(header).not.toMatch(/; domain=/i);
    expect(header).toMatch(/; secure/i);
    expect(header).toMatch(/; httponly/i);
    expect(header).toMatch(/; samesite=(lax|strict)/i);
  }
  await server.close();
});

test('a start at an https address warns that the development inbox is live there, and nowhere else', async () => {
  const { location, remove } = await newMigratedLocation('SQLite');
  const warnings = async (env: Record<string, string>) => {
    const server = await startTestServer(location, { env });
    await server.close();
    return server.printed.filter((line) => line.startsWith('Warning: The development inbox'));
  };
  expect(await warnings({ SESAME_PUBLIC_URL: 'http://id.example.com' })).toEqual([]);
  const told = await warnings({ SESAME_PUBLIC_URL: publicUrl });
  expect(told).toEqual([
    expect.stringMatching(/live at an https address.*nothing reaches a phone.*Set up a connector/),
  ]);
  // In production nobody has it without having asked for it.
  expect(await warnings({ SESAME_PUBLIC_URL: publicUrl, NODE_ENV: 'production' })).toEqual([]);
  await remove();
});
