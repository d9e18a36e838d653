import type { FailureKind } from '@sesame/connector-kit';
import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { startVonageDouble, vonageError } from '../../test/doubles/vonage.ts';
import create from './index.ts';
import { account, logtoConfig, recipient } from './test-account.ts';

const words = 'what Vonage says';

function refusal(kind: FailureKind, status: string, retry = false): ContractRefusal {
  const reply = vonageError(status, words);
  return { name: `status ${status}`, reply, kind, providerCode: status, providerMessage: words, retry };
}

function httpError(kind: FailureKind, status: number, retry = false): ContractRefusal {
  const body = { type: 'https://developer.vonage.com/api-errors#reason', title: 'Title', detail: words };
  const reply = { status, body };
  return { name: `HTTP ${status}`, reply, kind, providerCode: 'reason', providerMessage: words, retry };
}

testConnectorContract(test, 'vonage-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...logtoConfig, endpoint }),
  requiredKeys: ['apiKey', 'apiSecret', 'brandName', 'templates'],
  secrets: [account.apiSecret],
  startDouble: () => startVonageDouble(account),
  recipient,
  refusals: [
    ...['6', '7', '33'].map((status) => refusal('recipient', status)),
    ...['1', '10'].map((status) => refusal('limit', status, true)),
    ...['2', '3', '4', '8', '9', '11', '12', '14', '15', '22', '23', '29', '32'].map((status) =>
      refusal('configuration', status),
    ),
    ...['5', '99'].map((status) => refusal('unclear', status)),
    { ...refusal('unclear', '1'), name: 'status 1 with HTTP 500', reply: { ...vonageError('1', words), status: 500 } },
    ...[401, 402, 403, 404].map((status) => httpError('configuration', status)),
    httpError('limit', 429, true),
    ...[408, 500].map((status) => httpError('unclear', status)),
  ],
});
