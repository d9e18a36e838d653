import type { ProviderDouble } from '@sesame/connector-kit/provider-double';
import { expect } from 'vitest';
import { startAliyunDouble } from '../doubles/aliyun.ts';
import { startHttpEndpoint } from '../doubles/http-endpoint.ts';
import { startTencentDouble } from '../doubles/tencent.ts';
import { startTwilioDouble } from '../doubles/twilio.ts';

/** A double of a provider together with a configuration that it accepts. */
export type Provider = {
  factoryId: string;
  double: ProviderDouble;
  config: Record<string, unknown>;
  /** The fields of the configuration that are secrets. */
  secretFields: string[];
  /** What the double accepted, oldest first; `to` is in E.164. */
  accepted: () => { to: string; code: string }[];
  /** The code of the newest message to a number. */
  codeTo: (phone: string) => string;
};

const usageTypes = ['Register', 'SignIn', 'ForgotPassword', 'Generic'] as const;
const contentTemplates = usageTypes.map((usageType) => ({ usageType, content: `${usageType}: {{code}} 验证码` }));
const codeIn = (text: string) => /\d{4,6}/.exec(text)?.[0] ?? '';

type Parts = Omit<Provider, 'codeTo'>;

function complete<Of extends Parts>(parts: Of): Of & Pick<Provider, 'codeTo'> {
  const codeTo = (phone: string) => {
    const code = parts.accepted().findLast(({ to }) => to === phone)?.code;
    expect(code, `the code for ${phone}`).toMatch(/^\d{4,6}$/);
    return code ?? '';
  };
  return { ...parts, codeTo };
}

/** An account of Twilio with an API key. */
export async function startTwilio() {
  const [accountSID, apiKeySID] = ['AC00000000000000000000000000000001', 'SK00000000000000000000000000000002'];
  const [authToken, apiKeySecret] = ['auth-token-of-the-twilio-double', 'api-key-secret-of-the-twilio-double'];
  const double = await startTwilioDouble({ accountSID, authToken, apiKeys: { [apiKeySID]: apiKeySecret } });
  const from = '+15005550006';
  const keys = { accountSID, authToken, apiKeySID, apiKeySecret };
  return complete({
    factoryId: 'twilio-short-message-service',
    double,
    config: { ...keys, from, endpoint: double.url, templates: contentTemplates },
    secretFields: ['authToken', 'apiKeySecret'],
    accepted: () => double.messages.map(({ to, body }) => ({ to, code: codeIn(body) })),
  });
}

/** An account of Aliyun with an approved signature and template. @param now its clock */
export async function startAliyun(now = Date.now) {
  const keys = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'access-key-secret-of-the-aliyun-double' };
  const templates = { SMS_100000001: { variables: ['code'] }, SMS_100000002: { variables: ['change', 'advice'] } };
  const double = await startAliyunDouble({ ...keys, signNames: ['芝麻'], templates, now });
  const configured = usageTypes.map((usageType) => ({ usageType, templateCode: 'SMS_100000001' }));
  return complete({
    factoryId: 'aliyun-short-message-service',
    double,
    config: { ...keys, signName: '芝麻', endpoint: double.url, templates: configured },
    secretFields: ['accessKeySecret'],
    accepted: () => double.accepted.map(({ phone, params }) => ({ to: `+${phone}`, code: params.code ?? '' })),
  });
}

/** An account of Tencent Cloud with an approved signature and template. @param now its clock */
export async function startTencent(now = Date.now) {
  const [secretId, secretKey] = ['AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', 'secret-key-of-the-tencent-double'];
  const sdkAppId = '1400006666';
  const templates = { '1110': { params: 1 } };
  const double = await startTencentDouble({ secretId, secretKey, sdkAppId, signNames: ['芝麻'], templates, now });
  const keys = { accessKeyId: secretId, accessKeySecret: secretKey, sdkAppId };
  const configured = usageTypes.map((usageType) => ({ usageType, templateCode: '1110' }));
  return complete({
    factoryId: 'tencent-short-message-service',
    double,
    config: { ...keys, signName: '芝麻', region: 'ap-guangzhou', endpoint: double.url, templates: configured },
    secretFields: ['accessKeySecret'],
    accepted: () => double.messages.map(({ phone, params }) => ({ to: phone, code: params[0] ?? '' })),
  });
}

/** An endpoint of the administrator's own. */
export async function startHttpSms(): Promise<Provider> {
  const authorization = 'Bearer secret-of-the-http-endpoint-double';
  const double = await startHttpEndpoint({ authorization });
  return complete({
    factoryId: 'http-sms',
    double,
    config: { endpoint: double.url, authorization, templates: contentTemplates },
    secretFields: ['authorization'],
    accepted: () => double.accepted.map(({ recipient, payload }) => ({ to: recipient, code: String(payload.code) })),
  });
}

/** Every provider that has a double. */
export const startProvider = {
  Twilio: startTwilio,
  Aliyun: startAliyun,
  Tencent: startTencent,
  'HTTP SMS': startHttpSms,
} as const;
export type ProviderName = keyof typeof startProvider;
export const providerNames = Object.keys(startProvider) as ProviderName[];

/** Every provider at once, and the way to stop them. */
export async function startProviders(): Promise<Record<ProviderName, Provider> & { close: () => Promise<void> }> {
  const started = await Promise.all(providerNames.map(async (name) => [name, await startProvider[name]()] as const));
  const close = async () => void (await Promise.all(started.map(([, { double }]) => double.close())));
  return { ...(Object.fromEntries(started) as Record<ProviderName, Provider>), close };
}
