import type { FailureKind } from '@sesame/connector-kit';
import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { plivoError, startPlivoDouble } from '../../test/doubles/plivo.ts';
import create from './index.ts';
import { account, config, recipient } from './test-account.ts';

function refusal(kind: FailureKind, status: number, words: string, retry = false): ContractRefusal {
  const reply = plivoError(status, words);
  return { name: `HTTP ${status}: ${words}`, reply, kind, providerMessage: words, retry };
}

testConnectorContract(test, 'plivo-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['authId', 'authToken', 'src', 'templates'],
  secrets: [account.authToken],
  startDouble: () => startPlivoDouble(account),
  texts: {
    taken: ['x'.repeat(1600), '码'.repeat(737)],
    refused: [' {{nothing}} ', 'x'.repeat(1601), '€'.repeat(801), '码'.repeat(738)],
  },
  recipient,
  refusals: [
    refusal('recipient', 400, "'14157654321' is not a valid phone number."),
    refusal('configuration', 400, "'14151234567' is not a valid phone number."),
    refusal('configuration', 400, 'The destination number 14157654321 needs to be verified'),
    refusal('configuration', 400, 'Insufficient Credit'),
    refusal('recipient', 422, "'14157654321' is not a valid phone number."),
    refusal('configuration', 402, 'Insufficient Credit'),
    ...[400, 401, 402, 403, 404, 405, 406].map((status) => refusal('configuration', status, 'words of Plivo')),
    refusal('limit', 429, 'words of Plivo', true),
    ...[408, 500, 503].map((status) => refusal('unclear', status, 'words of Plivo')),
    { name: 'HTTP 401 with plain text', reply: { status: 401, body: 'Could not verify' }, kind: 'configuration' },
    {
      name: 'a number among the invalid ones',
      reply: { status: 202, body: { api_id: 'a', message_uuid: [], invalid_number: ['14157654321'] } },
      kind: 'recipient',
    },
  ],
});
