import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import type { ConfiguredConnector } from '../../../connectors/configured-connector.ts';
import { describeTo } from './one-connector.ts';

const endpoint = 'https://morgiana:s@same@sms.example.com/send?apikey=0123456789#top';
const config = { endpoint, senders: [{ url: endpoint, name: 'Cave: 40' }], retries: 3, from: null };
const connector = {
  row: { id: 'c1', factory_id: 'mine', type: 'Sms', metadata: '{}', created_at: 1, updated_at: 1 },
  state: 'live',
  config,
  factory: {
    metadata: { id: 'mine', formItems: ['endpoint', 'senders', 'retries', 'from'].map((key) => ({ key })) },
    origin: { origin: 'installed', package: { name: 'mine', version: '1.0.0' } },
  },
} as unknown as ConfiguredConnector;

const bare = 'https://sms.example.com/send';
const hidden = { ...config, endpoint: bare, senders: [{ url: bare, name: 'Cave: 40' }] };

test.each([
  [{ type: 'administrator', administrator: { role: 'operator' } }, config],
  [{ type: 'application', mayAll: true }, config],
  [{ type: 'administrator', administrator: { role: 'viewer' } }, hidden],
  [{ type: 'application', mayAll: false }, hidden],
])('addresses show what may be secret in them to nobody but who may set connectors up: %j', (caller, shown) => {
  expect(describeTo({ caller } as unknown as FastifyRequest, connector).config).toEqual(shown);
});
