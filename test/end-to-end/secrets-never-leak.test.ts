import { type DoubleReply, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tencentStatus } from '../doubles/tencent.ts';
import { twilioError } from '../doubles/twilio.ts';
import { type ChildServer, newChildData, startChildServer } from '../setup/child-server.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { rfcSecret } from '../setup/totp.ts';
import { type ProviderName, providerNames, startProviders } from './providers.ts';

/** A refusal of each provider, in words of the test's choice. */
const refusalWith: Record<ProviderName, (words: string) => DoubleReply> = {
  Twilio: (words) => twilioError(400, 21614, words),
  Aliyun: (words) => ({ body: { Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: words, RequestId: 'F655A8D5' } }),
  Tencent: (words) => tencentStatus({ Code: 'InvalidParameterValue.IncorrectPhoneNumber', Message: words }),
  'HTTP SMS': (words) => ({ status: 422, body: { kind: 'recipient', code: 'no', message: words } }),
};

const secretKey = 'a secret key that nobody should ever see';
const administratorPassword = 'correct-horse-battery-staple-42';
const userPassword = 'a-password-of-a-user-in-the-test';

/** The forms in which a value may show: as it is, and encoded. */
const formsOf = (value: string) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
function expectNowhere(text: string, values: readonly string[], where: string) {
  for (const value of new Set(values.flatMap(formsOf)))
    expect(text.includes(value), `${value} in ${where}`).toBe(false);
}

describe.each(databases)('a server that logs everything, on %s', (database) => {
  let data: Awaited<ReturnType<typeof newChildData>>;
  let server: ChildServer;
  let providers: Awaited<ReturnType<typeof startProviders>>;
  /** Every code that a provider saw. */
  const codes: string[] = [];
  const secrets = [secretKey, administratorPassword, userPassword, managementApplication.secret];
  beforeAll(async () => {
    data = await newChildData(database);
    [server, providers] = await Promise.all([
      startChildServer({
        ...data.env,
        SESAME_SECRET_KEY: secretKey,
        SESAME_LOG_LEVEL: 'trace',
        SESAME_ADMIN_USERNAME: 'admin',
        SESAME_ADMIN_PASSWORD: administratorPassword,
        NODE_ENV: 'production',
      }),
      startProviders(),
    ]);
    for (const name of providerNames) {
      const { config, secretFields } = providers[name];
      secrets.push(...secretFields.map((field) => String(config[field])));
    }
  });
  afterAll(async () => {
    await Promise.all([server.kill('SIGTERM'), providers.close()]);
    await data.remove();
  });

  /** The provider refuses a message and repeats what it was sent, and the secrets that it knows. */
  async function repeatedCode(name: ProviderName): Promise<string> {
    const { factoryId: connectorId, config, secretFields } = providers[name];
    const known = secretFields.map((field) => config[field]).join(' ');
    let code = '';
    const double = await startProviderDouble(({ path, body }) => {
      const sent = `${decodeURIComponent(path)} ${decodeURIComponent(body)}`;
      code = /\b\d{6}\b/.exec(sent)?.[0] ?? '';
      return refusalWith[name](`You sent ${known} ${sent}`);
    });
    await server.management.post('/connectors', { connectorId, config: { ...config, endpoint: double.url } });
    const reply = await server.management.post('/verification-codes', { phone: newPhone() });
    await double.close();
    expect(reply, reply.text).toMatchObject({ status: 400, body: { data: { kind: 'recipient' } } });
    expect(reply.body.data.providerMessage).toMatch(/^You sent /);
    expect(code).toMatch(/^\d{6}$/);
    return code;
  }

  test('goes through sends, answers, changes and failures of every kind', async () => {
    const { management } = server;
    secrets.push(await management.token());
    // Codes that nobody types in would be refused before any provider could be.
    await management.patch('/sign-in-exp', { fraudPolicy: { mode: 'off' } });
    expect((await management.post('/verification-codes', { phone: newPhone() })).status).toBe(501);
    for (const name of providerNames) {
      const { factoryId: connectorId, config, double, accepted } = providers[name];
      const { body: live } = await management.post('/connectors', { connectorId, config });
      const phone = newPhone();
      expect(await management.post(`/connectors/${connectorId}/test`, { phone, config })).toMatchObject({
        status: 204,
      });
      expect(await management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
      const code = providers[name].codeTo(phone);
      const wrong = `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
      const answers = [wrong, code, code].map((verificationCode) => ({ phone, verificationCode }));
      for (const answer of answers) await management.post('/verification-codes/verify', answer);
      await management.patch(`/connectors/${live.id}`, { config: { ...live.config, templates: 'broken' } });
      await management.patch(`/connectors/${live.id}`, { config });
      for (const fault of ['reset', 'cut', 'html', 'server-error', 'huge'] as const) {
        double.failNext(fault);
        await management.post('/verification-codes', { phone: newPhone() });
      }
      codes.push(...accepted().map((message) => message.code));
      codes.push(await repeatedCode(name));
    }
    const unsent = newPhone();
    await management.delete(`/connectors/${(await management.get('/connectors')).body[0].id}`);
    await management.post('/verification-codes', { phone: unsent });
    await management.get('/connectors/history');
    await management.get('/messages?page_size=100');
    expect(new Set(codes).size).toBeGreaterThan(4);
  });

  test('makes users and applications, and is asked with wrong proof', async () => {
    const { management, baseUrl } = server;
    const user = { username: 'someone', password: userPassword };
    const made = await management.post('/users', user);
    expect(made).toMatchObject({ status: 200 });
    const backupCodes = Array.from({ length: 10 }, (_, index) => `c0ffee7d${10 + index}`);
    const factor = { type: 'BackupCode', codes: backupCodes };
    expect(await management.post(`/users/${made.body.id}/mfa-verifications`, factor)).toMatchObject({ status: 400 });
    secrets.push(...backupCodes);
    const ofApp = { type: 'Totp', secret: rfcSecret };
    const given = await management.post(`/users/${made.body.id}/mfa-verifications`, ofApp);
    expect(given.body).toMatchObject(ofApp);
    // Told this once.
    management.replies.splice(management.replies.indexOf(given), 1);
    expect(await management.post(`/users/${made.body.id}/mfa-verifications`, ofApp)).toMatchObject({ status: 422 });
    expect((await management.get(`/users/${made.body.id}/mfa-verifications`)).body).toHaveLength(1);
    await management.get('/audit-log?page_size=100');
    secrets.push(ofApp.secret, given.body.secretQrCode);
    expect(await management.post('/users', user)).toMatchObject({ status: 422 });
    await management.request('POST', '/api/users', {
      body: JSON.stringify(user).slice(0, -1),
      headers: { 'content-type': 'application/json' },
    });
    const created = await management.post('/applications', { name: 'machine', type: 'MachineToMachine' });
    expect(created.status).toBe(200);
    management.replies.splice(management.replies.indexOf(created), 1);
    secrets.push(created.body.secret);
    await management.get(`/applications/${created.body.id}`);
    const wrong = { grant_type: 'client_credentials', client_id: created.body.id, client_secret: 'guessed-secret' };
    await fetch(`${baseUrl}/oidc/token`, { method: 'POST', body: new URLSearchParams(wrong) });
    secrets.push('guessed-secret', 'not.a.token');
    await fetch(`${baseUrl}/api/users?password=${userPassword}`, { headers: { authorization: 'Bearer not.a.token' } });
  });

  test('has told no secret and no code, neither in its output nor in a reply', async () => {
    await server.kill('SIGTERM');
    const output = server.stdout() + server.stderr();
    expect(output).toContain('"level":"debug"');
    const replies = server.management.replies.map(({ text }) => text).join('\n');
    expectNowhere(output, secrets, 'the output');
    expectNowhere(replies, secrets, 'a reply');
    const real = codes.filter((code) => code !== '000000');
    for (const [where, text] of Object.entries({ output, replies })) {
      // Six digits within a time, an id or a number of more digits are no code.
      const numbers = new Set([...text.matchAll(/(?<![\w-])\d{6}(?![\w-])/g)].map(([digits]) => digits));
      for (const code of real) expect(numbers.has(code), `${code} in the ${where}`).toBe(false);
    }
  });
});
