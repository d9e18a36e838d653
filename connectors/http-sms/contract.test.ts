import { defaultContentTemplates } from '@sesame/connector-kit';
import { testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { startHttpEndpoint } from '../../test/doubles/http-endpoint.ts';
import create from './index.ts';

const token = 's3cr3t-of-the-endpoint';
const authorization = `Bearer ${token}`;

testConnectorContract(test, 'http-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ endpoint, authorization, templates: defaultContentTemplates }),
  requiredKeys: ['endpoint'],
  secrets: [authorization, token],
  startDouble: () => startHttpEndpoint({ authorization }),
  recipient: '+8613800138000',
  acceptedFaults: ['empty'],
  refusals: [
    {
      name: 'a number that the endpoint cannot reach',
      reply: { status: 422, body: { kind: 'recipient', code: '21614', message: 'Not a mobile number.' } },
      kind: 'recipient',
      providerCode: '21614',
    },
    {
      name: 'a limit of the endpoint’s provider',
      reply: { status: 400, body: { kind: 'limit', code: 'daily', message: 'Ten a day.' } },
      kind: 'limit',
      providerCode: 'daily',
    },
    {
      name: 'an account in arrears',
      reply: { status: 500, body: { kind: 'configuration', code: 402, message: 'No balance left.' } },
      kind: 'configuration',
      providerCode: '402',
    },
    {
      name: 'an outage in which nothing was sent',
      reply: { status: 503, body: { kind: 'unclear', message: 'Restarting.', retry: true } },
      kind: 'unclear',
      retry: true,
    },
    { name: 'a bare 429', reply: { status: 429, headers: { 'retry-after': '30' } }, kind: 'limit' },
    { name: 'a bare 401', reply: { status: 401 }, kind: 'configuration' },
    { name: 'a bare 404', reply: { status: 404 }, kind: 'configuration' },
    { name: 'a bare 502', reply: { status: 502 }, kind: 'unclear' },
  ],
});
