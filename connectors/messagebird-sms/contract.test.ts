import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { messageBirdErrors, startMessageBirdDouble } from '../../test/doubles/messagebird.ts';
import create from './index.ts';
import { account, config, recipient } from './test-account.ts';

function refusal(
  kind: ContractRefusal['kind'],
  status: number,
  code: number,
  parameter: string | null = null,
  description = `MessageBird's words about ${code}`,
): ContractRefusal {
  return {
    name: `${code} about ${parameter} with HTTP ${status}: ${description}`,
    reply: messageBirdErrors(status, [{ code, description, parameter }]),
    kind,
    providerCode: String(code),
    providerMessage: description,
    retry: kind === 'limit',
  };
}

const unknownCode = 12_345;

testConnectorContract(test, 'messagebird-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['accessKey', 'originator', 'templates'],
  secrets: [account.accessKey],
  startDouble: () => startMessageBirdDouble(account),
  texts: {
    taken: ['x'.repeat(1377), '码'.repeat(603), 'x'],
    refused: [' {{nothing}} ', 'x'.repeat(1378), '码'.repeat(604)],
  },
  recipient,
  refusals: [
    refusal('configuration', 401, 2, 'access_key', 'Request not allowed (incorrect access_key)'),
    refusal('recipient', 422, 9, 'recipient', 'no (correct) recipients found'),
    refusal('recipient', 422, 9, 'recipients', 'no (correct) recipients found'),
    refusal('configuration', 422, 9, 'recipients', 'only during your test period to your own number'),
    refusal('recipient', 422, 10, 'recipients'),
    ...['originator', 'body', 'validity'].flatMap((parameter) => [
      refusal('configuration', 422, 9, parameter),
      refusal('configuration', 422, 10, parameter),
    ]),
    refusal('configuration', 404, 20),
    refusal('configuration', 400, 21),
    refusal('configuration', 402, 25),
    refusal('configuration', 404, 98),
    refusal('configuration', 422, unknownCode),
    refusal('limit', 429, unknownCode),
    refusal('unclear', 500, 99),
    refusal('unclear', 422, 99),
    refusal('unclear', 500, 25),
    refusal('unclear', 408, unknownCode),
  ],
});
