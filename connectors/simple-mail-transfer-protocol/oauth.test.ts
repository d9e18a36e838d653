import { createVerify, generateKeyPairSync } from 'node:crypto';
import { failureOf } from '@sesame/connector-kit/connector-test';
import { type DoubleReply, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { expect, onTestFinished, test, vi } from 'vitest';
import { refusing, startSmtpServer } from '../../test/doubles/smtp.ts';
import create from './index.ts';
import { config, sendTo } from './test-account.ts';

const user = 'codes@example.com';
const client = { clientId: 'client-1', clientSecret: 'secret-of-the-client', refreshToken: 'refresh-token-1' };

/** A mail server that takes the token `access-1`, and the endpoint that gives it out. */
async function start(reply: DoubleReply = { body: { access_token: 'access-1', expires_in: 3600 } }) {
  const tokens = await startProviderDouble(() => reply);
  const server = await startSmtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    authMethods: ['XOAUTH2'],
    onAuth: ({ username, accessToken }, _, done) =>
      username === user && accessToken === 'access-1' ? done(null, { user }) : done(refusing(535, '5.7.8 Bad token')),
  });
  onTestFinished(async () => {
    await Promise.all([tokens.close(), server.close()]);
  });
  return { ...server, tokens, accessUrl: `${tokens.url}/token` };
}

test('a refresh token becomes a token once, for every connection', async () => {
  const { port, mails, tokens, accessUrl, drop } = await start();
  const auth = { type: 'OAuth2', user, ...client, accessUrl };
  await sendTo(port, { auth });
  drop();
  await sendTo(port, { auth });
  expect(mails).toHaveLength(2);
  expect(tokens.requests.map(({ path, body }) => [path, Object.fromEntries(new URLSearchParams(body))])).toEqual([
    [
      '/token',
      {
        grant_type: 'refresh_token',
        client_id: client.clientId,
        client_secret: client.clientSecret,
        refresh_token: client.refreshToken,
      },
    ],
  ]);
});

test('a token of which nobody knows how long it lives is got anew', async () => {
  const { port, mails, tokens, accessUrl } = await start();
  await sendTo(port, { auth: { user, ...client, accessToken: 'access-0', accessUrl } });
  expect([mails.length, tokens.requests.length]).toEqual([1, 1]);
});

test('a token that lives is used, and got anew once it does not', async () => {
  const { port, mails, tokens, accessUrl } = await start();
  const auth = { user, ...client, accessToken: 'access-1', accessUrl };
  await sendTo(port, { auth: { ...auth, expires: Date.now() + 3_600_000 } });
  expect(tokens.requests).toEqual([]);
  await sendTo(port, { auth: { ...auth, expires: Date.now() - 1000 } });
  expect([mails.length, tokens.requests.length]).toEqual([2, 1]);
});

test('after a token was refused another one is got', async () => {
  const { port, mails, tokens, accessUrl } = await start();
  tokens.replyNext({ body: { access_token: 'access-0', expires_in: 3600 } });
  const auth = { user, ...client, accessUrl };
  expect((await failureOf(sendTo(port, { auth }))).data).toMatchObject({ kind: 'configuration', providerCode: '535' });
  await sendTo(port, { auth });
  expect([mails.length, tokens.requests.length]).toEqual([1, 2]);
});

test('after a token was refused another one is got, also while mails are under way', async () => {
  let right = 'access-0';
  const held = Promise.withResolvers<void>();
  const isHeld = Promise.withResolvers<void>();
  const tokens = await startProviderDouble(() => ({ body: { access_token: 'access-1', expires_in: 3600 } }));
  const server = await startSmtpServer({
    ...{ authOptional: false, allowInsecureAuth: true, authMethods: ['XOAUTH2'] },
    onAuth: ({ accessToken }, _, done) => (accessToken === right ? done(null, { user }) : done(refusing(535, 'No'))),
    onRcptTo: async ({ address }, _, done) => {
      if (address.startsWith('slow@')) {
        isHeld.resolve();
        await held.promise;
      }
      done();
    },
  });
  onTestFinished(async () => {
    await Promise.all([tokens.close(), server.close()]);
  });
  tokens.replyNext({ body: { access_token: 'access-0', expires_in: 3600 } });
  const connected = { ...config, port: server.port, auth: { user, ...client, accessUrl: `${tokens.url}/token` } };
  const connector = await create({ getConfig: async () => connected });
  const send = (to: string) => connector.sendMessage({ to, type: 'SignIn', payload: { code: '918273' } });
  const first = send('slow@slow.example');
  await isHeld.promise;
  right = 'access-1';
  expect((await failureOf(send('jo@example.com'))).data).toMatchObject({ kind: 'configuration', providerCode: '535' });
  await send('jo@example.com');
  held.resolve();
  await first;
  expect([server.mails.length, tokens.requests.length]).toEqual([2, 2]);
});

test('a token that was got is hidden where the server says it again, and in the log', async () => {
  const [access, refresh] = ['ya29.token-that-was-got', '1//0token-that-came-along'];
  const lines: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const tokens = await startProviderDouble(() => ({
    body: { access_token: access, refresh_token: refresh, expires_in: 3600 },
  }));
  const onWire = btoa(`user=${user}\x01auth=Bearer ${access}\x01\x01`);
  const server = await startSmtpServer({
    ...{ authOptional: false, allowInsecureAuth: true, authMethods: ['XOAUTH2'] },
    onAuth: (_, __, done) => done(refusing(535, `5.7.8 No: ${access} / ${onWire}`)),
  });
  onTestFinished(async () => {
    spy.mockRestore();
    await Promise.all([tokens.close(), server.close()]);
  });
  const auth = { type: 'OAuth2', user, ...client, accessUrl: `${tokens.url}/token` };
  const { data } = await failureOf(sendTo(server.port, { auth, logger: true, debug: true }));
  expect(data).toMatchObject({ kind: 'configuration', providerMessage: '5.7.8 No: [hidden] / [hidden]' });
  const log = lines.join('');
  expect(log).toMatch(/Requesting token/);
  expect(log).not.toContain(onWire);
  // Nor a glimpse of them.
  for (const secret of [access, refresh, 'secret-of-the']) expect(log).not.toContain(secret.slice(0, 7));
});

test('a token alone is used as it is', async () => {
  const { port, mails, tokens } = await start();
  await sendTo(port, { auth: { type: 'oauth2', user, accessToken: 'access-1' } });
  expect([mails.length, tokens.requests.length]).toEqual([1, 0]);
});

test('a service account signs for the user', async () => {
  const { port, mails, tokens, accessUrl } = await start();
  const passphrase = 'of-the-key';
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase },
  });
  const auth = { user, serviceClient: 'service@example.com', privateKey: { key: privateKey, passphrase }, accessUrl };
  await sendTo(port, { auth });
  expect(mails).toHaveLength(1);
  const form = new URLSearchParams(tokens.requests[0]?.body);
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];
  expect(createVerify('sha256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    iss: 'service@example.com',
    sub: user,
    aud: accessUrl,
  });
});

test('what the token endpoint refuses is told in its words, without the secrets', async () => {
  const error_description = `Revoked: ${client.refreshToken} of ${client.clientSecret}`;
  const { port, accessUrl } = await start({ status: 400, body: { error: 'invalid_grant', error_description } });
  const { data } = await failureOf(sendTo(port, { auth: { user, ...client, accessUrl } }));
  expect(data).toMatchObject({
    kind: 'configuration',
    providerMessage: 'invalid_grant: Revoked: [hidden] of [hidden]',
    issues: [{ path: 'auth' }],
  });
});

test('a token endpoint that can give none for now is not our fault', async () => {
  const { port, accessUrl } = await start({ status: 503, body: { error: 'temporarily_unavailable' } });
  const { data } = await failureOf(sendTo(port, { auth: { user, ...client, accessUrl } }));
  expect(data).toMatchObject({ kind: 'unclear', isUnsent: true });
});

test('a token endpoint that is not there is not our fault', async () => {
  const { port, accessUrl, tokens } = await start();
  await tokens.close();
  const { data } = await failureOf(sendTo(port, { auth: { user, ...client, accessUrl } }));
  expect(data).toMatchObject({ kind: 'unclear', isUnsent: true });
});
