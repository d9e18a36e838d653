import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { infobipError, infobipReply, startInfobipDouble } from '../../test/doubles/infobip.ts';
import create from './index.ts';
import { messageRefusals } from './refusals.ts';
import { account, config, recipient } from './test-account.ts';

const groups: Record<string, number> = { UNDELIVERABLE: 2, EXPIRED: 4, REJECTED: 5 };

/** What a status means, written down a second time: a slip of the table has to show. */
const kindsOfStatuses: [ContractRefusal['kind'], number[]][] = [
  ['recipient', [8, 9, 10, 14, 51, 52]],
  ['limit', [20, 87]],
  ['configuration', [6, 11, 12, 13, 17, 18, 19, 24, 25]],
  ['unclear', [4, 15, 21, 23, 29, 31, 100]],
];

function ofStatus(kind: ContractRefusal['kind'], id: number): ContractRefusal {
  const name = messageRefusals.get(id)?.name ?? '';
  const [prefix = ''] = name.split('_');
  const groupName = prefix in groups ? prefix : 'REJECTED';
  const description = `Infobip's words about ${id}`;
  return {
    name,
    reply: infobipReply({ groupId: groups[groupName] ?? 0, groupName, id, name, description }),
    kind,
    providerCode: name,
    providerMessage: description,
  };
}

function ofRequest(kind: ContractRefusal['kind'], status: Parameters<typeof infobipError>[0]): ContractRefusal {
  const reply = infobipError(status);
  const { description } = reply.body as { description: string };
  const retry = status === 429;
  return { name: `E${status}`, reply, kind, providerCode: `E${status}`, providerMessage: description, retry };
}

function former(kind: ContractRefusal['kind'], status: number, messageId: string, retry = false): ContractRefusal {
  const text = `Infobip's words about ${messageId}`;
  const reply = { status, body: { requestError: { serviceException: { messageId, text } } } };
  return { name: messageId, reply, kind, providerCode: messageId, providerMessage: text, retry };
}

testConnectorContract(test, 'infobip-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['endpoint', 'apiKey', 'from', 'templates'],
  secrets: [account.apiKey],
  startDouble: () => startInfobipDouble(account),
  texts: { taken: [`${'登'.repeat(1333)}x`], refused: [' {{nothing}} ', `${'登'.repeat(1333)}xx`] },
  recipient,
  refusals: [
    ...kindsOfStatuses.flatMap(([kind, ids]) => ids.map((id) => ofStatus(kind, id))),
    ofRequest('configuration', 400),
    ofRequest('configuration', 401),
    ofRequest('configuration', 403),
    ofRequest('configuration', 404),
    ofRequest('limit', 429),
    ofRequest('unclear', 500),
    former('configuration', 400, 'BAD_REQUEST'),
    former('configuration', 401, 'UNAUTHORIZED'),
    former('limit', 429, 'TOO_MANY_REQUESTS', true),
    former('unclear', 503, 'GENERAL_ERROR'),
    former('unclear', 408, 'SOMETHING_NEW'),
    former('configuration', 422, 'SOMETHING_NEW'),
  ],
});
