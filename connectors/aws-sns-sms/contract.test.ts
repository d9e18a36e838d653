import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { snsError, startSnsDouble } from '../../test/doubles/aws-sns.ts';
import create from './index.ts';
import { account, config, recipient } from './test-account.ts';

const sessionToken = 'session/token+of+the+tests==';

function refusal(kind: ContractRefusal['kind'], status: number, code: string, words?: string): ContractRefusal {
  const providerMessage = words ?? `AWS's words about ${code}`;
  const retry = kind === 'limit' && code !== 'KMSThrottling';
  const reply = snsError(status, code, providerMessage);
  return { name: `${code} with HTTP ${status}`, reply, kind, providerCode: code, providerMessage, retry };
}

testConnectorContract(test, 'aws-sns-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...config, sessionToken, endpoint }),
  requiredKeys: ['accessKeyId', 'accessKeySecret', 'region', 'templates'],
  secrets: [account.accessKeySecret, sessionToken],
  startDouble: () => startSnsDouble({ ...account, sessionToken, now: Date.now }),
  texts: { taken: ['x'.repeat(1600), 'x'], refused: [' {{nothing}} ', 'x'.repeat(1601)] },
  recipient,
  refusals: [
    refusal('recipient', 400, 'OptedOut'),
    refusal(
      'recipient',
      400,
      'InvalidParameter',
      'Invalid parameter: PhoneNumber Reason: +1 is not valid to publish to',
    ),
    ...['InvalidParameter', 'ParameterValueInvalid', 'UserError', 'ValidationError', 'EndpointDisabled'].map((code) =>
      refusal('configuration', 400, code),
    ),
    ...['KMSAccessDenied', 'KMSDisabled', 'KMSInvalidState', 'KMSNotFound', 'PlatformApplicationDisabled'].map((code) =>
      refusal('configuration', 400, code),
    ),
    ...['AuthorizationError', 'InvalidClientTokenId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidSecurity'].map(
      (code) => refusal('configuration', 403, code),
    ),
    refusal('configuration', 403, 'KMSOptInRequired'),
    refusal('configuration', 404, 'NotFound'),
    refusal('configuration', 400, 'SomethingNew'),
    refusal('limit', 429, 'Throttled'),
    ...['Throttling', 'ThrottlingException', 'KMSThrottling'].map((code) => refusal('limit', 400, code)),
    refusal('limit', 429, 'SomethingNew'),
    refusal('unclear', 500, 'InternalError'),
    refusal('unclear', 500, 'InternalFailure'),
    refusal('unclear', 503, 'ServiceUnavailable'),
    refusal('unclear', 408, 'RequestTimeout'),
    refusal('unclear', 500, 'InvalidParameter'),
  ],
});
