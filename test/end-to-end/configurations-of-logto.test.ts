import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { type ProviderName, startProvider } from './providers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The hosts that a configuration without an endpoint sends to. */
const publicHosts = {
  Twilio: 'api.twilio.com',
  Aliyun: 'dysmsapi.aliyuncs.com',
  Tencent: 'sms.tencentcloudapi.com',
} as const;

/** A server from which the provider's public host leads to its double. */
async function startServerBefore(name: keyof typeof publicHosts) {
  const provider = await startProvider[name as ProviderName]();
  const { double } = provider;
  const toDouble: typeof fetch = async (input, init) => {
    const { origin, host, pathname, search } = new URL(String(input));
    expect(origin).toBe(`https://${publicHosts[name]}`);
    // The signatures of Aliyun and Tencent Cloud hold the name of the host.
    return postAs(host, double.url + pathname + search, init);
  };
  const server: TestServer = await newServer('SQLite', { platform: { fetch: toDouble } });
  closing.push(server.close, double.close);
  return { server, provider };
}

/** A POST under another host's name, which `fetch` does not allow. */
function postAs(host: string, url: string, { headers, body }: RequestInit = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { ...(headers as Record<string, string>), host } });
    sent.on('error', reject).on('response', async (reply) => {
      const chunks = await reply.toArray();
      resolve(new Response(Buffer.concat(chunks), { status: reply.statusCode ?? 500 }));
    });
    sent.end(body);
  });
}

/** The fields that Logto's published connectors read (`@logto/connector-*-sms`, as of mid 2025). */
const configurations = {
  Twilio: {
    accountSID: 'AC00000000000000000000000000000001',
    authToken: 'auth-token-of-the-twilio-double',
    fromMessagingServiceSID: 'MG00000000000000000000000000000003',
    disableRiskCheck: false,
    templates: [
      { usageType: 'SignIn', content: 'Your Logto sign-in verification code is {{code}}.' },
      { usageType: 'Register', content: 'Your Logto sign-up verification code is {{code}}.' },
      { usageType: 'ForgotPassword', content: 'Your Logto password change verification code is {{code}}.' },
      { usageType: 'Generic', content: 'Your Logto verification code is {{code}}.' },
      { usageType: 'OrganizationInvitation', content: 'You are invited: {{link}}' },
    ],
  },
  Aliyun: {
    accessKeyId: 'LTAI5tExampleKeyId',
    accessKeySecret: 'access-key-secret-of-the-aliyun-double',
    signName: '芝麻',
    strictPhoneRegionNumberCheck: false,
    templates: [
      { type: 2, usageType: 'SignIn', templateCode: 'SMS_100000001' },
      { usageType: 'Register', templateCode: 'SMS_100000001' },
      { usageType: 'ForgotPassword', templateCode: 'SMS_100000001' },
      { usageType: 'Generic', templateCode: { china: 'SMS_100000001', overseas: 'SMS_200000002' } },
    ],
  },
  Tencent: {
    accessKeyId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    accessKeySecret: 'secret-key-of-the-tencent-double',
    signName: '芝麻',
    sdkAppId: '1400006666',
    region: 'ap-guangzhou',
    templates: [
      { usageType: 'SignIn', templateCode: '1110' },
      { usageType: 'Register', templateCode: '1110' },
      { usageType: 'ForgotPassword', templateCode: '1110' },
      { usageType: 'Generic', templateCode: '1110' },
    ],
  },
} as const;

test.each(Object.keys(configurations) as (keyof typeof configurations)[])(
  'a configuration for %s of a user of Logto works unchanged',
  async (name) => {
    const { server, provider } = await startServerBefore(name);
    const { management } = server;
    const connectorId = provider.factoryId;
    const config = configurations[name];
    const testPhone = newPhone();
    const tested = await management.post(`/connectors/${connectorId}/test`, { phone: testPhone, config });
    expect(tested, tested.text).toMatchObject({ status: 204 });
    expect(provider.codeTo(testPhone)).toBe('000000');

    const created = await management.post('/connectors', { connectorId, config });
    expect(created, created.text).toMatchObject({ status: 200, body: { connectorId } });
    const phone = newPhone();
    expect(await management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
    const answer = { phone, verificationCode: provider.codeTo(phone) };
    expect(await management.post('/verification-codes/verify', answer)).toMatchObject({ status: 204 });
  },
);
