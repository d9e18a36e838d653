import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContentTemplates } from '@sesame/connector-kit';
import { createTestSender, testCode, withText } from '@sesame/connector-kit/connector-test';
import { testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { refusal, startGatewayDouble } from './gateway-double.js';
import create from './index.js';

const apiKey = 'a-secret-api-key';
const startDouble = () => startGatewayDouble({ apiKey, senders: ['Acme'] });

/** @param {string} endpoint */
const config = (endpoint) => ({ endpoint, apiKey, sender: 'Acme', templates: defaultContentTemplates });

testConnectorContract(test, 'my-gateway', {
  create,
  folder: import.meta.dirname,
  config,
  requiredKeys: ['apiKey', 'sender', 'templates'],
  secrets: [apiKey],
  startDouble,
  recipient: '+8613800138000',
  refusals: [
    {
      name: 'wrong API key',
      reply: refusal(401, 'unauthorized', 'Unknown API key'),
      kind: 'configuration',
      providerCode: 'unauthorized',
    },
    {
      name: 'wrong number',
      reply: refusal(400, 'invalid_number', '+86138 is not a phone number'),
      kind: 'recipient',
      providerCode: 'invalid_number',
    },
    {
      name: 'too many requests',
      reply: refusal(429, 'too_many_requests', 'Slow down'),
      kind: 'limit',
      providerCode: 'too_many_requests',
      retry: true,
    },
    {
      name: 'trouble at the gateway',
      reply: refusal(500, 'internal_error', 'Something went wrong'),
      kind: 'unclear',
      providerCode: 'internal_error',
    },
  ],
});

test('the gateway gets the sender, the number and the text', async (context) => {
  const double = await startDouble();
  context.after(() => double.close());
  const sendTo = createTestSender({ create, config: config(double.url), recipient: '+8613800138000' });
  await sendTo(double.url, withText('Code {{code}}'));
  assert.deepEqual(JSON.parse(double.requests[0].body), {
    from: 'Acme',
    to: '+8613800138000',
    text: `Code ${testCode}`,
  });
});
