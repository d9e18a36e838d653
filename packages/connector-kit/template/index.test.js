import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContentTemplates } from '@sesame/connector-kit';
import { testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { refusal, startGatewayDouble } from './gateway-double.js';
import create from './index.js';

const apiKey = 'a-secret-api-key';
const startDouble = () => startGatewayDouble({ apiKey, senders: ['Acme'] });

/** @param {string} endpoint */
const config = (endpoint) => ({ endpoint, apiKey, sender: 'Acme', templates: defaultContentTemplates });

testConnectorContract(test, 'my-gateway', {
  create,
  config,
  requiredKeys: ['endpoint', 'apiKey', 'sender', 'templates'],
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
  const connector = await create({ getConfig: async () => config(double.url) });
  await connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } });
  assert.deepEqual(JSON.parse(double.requests[0].body), {
    from: 'Acme',
    to: '+8613800138000',
    text: 'Your sign-in verification code is 123456. It is valid for 10 minutes.',
  });
});
