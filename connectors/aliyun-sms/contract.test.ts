import { type ConnectorContract, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { startAliyunDouble } from '../../test/doubles/aliyun.ts';
import createAliyunSms from './index.ts';
import { refusals } from './refusals.ts';

const accessKeyId = 'LTAI5tExampleKeyId';
const accessKeySecret = 'ExampleSecretOfTheKey';
const RequestId = 'F655A8D5-B967-440B-8683-DAD6FF8DE990';
const isGatewayCode = (code: string) => !code.startsWith('is');

const contract: ConnectorContract = {
  create: createAliyunSms,
  folder: import.meta.dirname,
  config: (endpoint) => ({
    accessKeyId,
    accessKeySecret,
    signName: '芝麻',
    endpoint,
    templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
      usageType,
      templateCode: 'SMS_100000001',
    })),
  }),
  requiredKeys: ['accessKeyId', 'accessKeySecret', 'signName', 'templates'],
  secrets: [accessKeySecret],
  startDouble: () =>
    startAliyunDouble({
      accessKeyId,
      accessKeySecret,
      signNames: ['芝麻'],
      templates: { SMS_100000001: { variables: ['code'] } },
    }),
  recipient: '+8613800138000',
  refusals: [
    ...[...refusals].map(([Code, { kind }]) => ({
      name: Code,
      reply: { status: isGatewayCode(Code) ? 400 : 200, body: { Code, Message: 'words', RequestId } },
      kind,
      providerCode: Code,
    })),
    {
      name: 'throttled by the gateway',
      reply: {
        status: 400,
        body: { Code: 'Throttling.User', Message: 'Request was denied due to user flow control.' },
      },
      kind: 'limit',
      providerCode: 'Throttling.User',
      retry: true,
    },
    {
      name: 'an unknown isv code',
      reply: { body: { Code: 'isv.NEW_RULE', Message: 'words', RequestId } },
      kind: 'configuration',
      providerCode: 'isv.NEW_RULE',
    },
    {
      name: 'an unknown isp code',
      reply: { body: { Code: 'isp.SYSTEM_ERROR', Message: 'words', RequestId } },
      kind: 'unclear',
      providerCode: 'isp.SYSTEM_ERROR',
    },
    {
      name: 'unavailable at the gateway',
      reply: { status: 503, body: { Code: 'ServiceUnavailable', Message: 'words', RequestId } },
      kind: 'unclear',
      providerCode: 'ServiceUnavailable',
    },
  ],
};

testConnectorContract(test, 'aliyun-sms', contract);
