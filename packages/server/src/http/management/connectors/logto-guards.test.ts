import { connectorMetadataGuard } from '@logto/connector-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

/** What a client of Logto reads of a connector beside its metadata, which Logto's own guard judges. */
const connectorReply = z.object({
  type: z.enum(['Sms', 'Email', 'Social']),
  connectorId: z.string(),
  config: z.record(z.string(), z.json()),
  metadata: z.object({
    target: z.string().optional(),
    name: z.looseObject({ en: z.string() }).optional(),
    logo: z.string().optional(),
    logoDark: z.string().nullish(),
  }),
  syncProfile: z.boolean(),
  enableTokenStorage: z.boolean(),
  isDemo: z.boolean().optional(),
  extraInfo: z.record(z.string(), z.unknown()).optional(),
  usage: z.number().optional(),
});

let server: ConsoleServer;
let cookie: string;
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
});
afterAll(() => server.close());

const send = async (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) =>
  (await server.send(method, `/api${url}`, { cookie, ...(body && { body }) })).json();

test('every connector reads as one of Logto, whatever it is made with', async () => {
  const asksForNothing = { syncProfile: false, enableTokenStorage: false, metadata: {} };
  const made = await send('POST', '/connectors', { connectorId: 'vonage-sms', ...asksForNothing });
  const replies = [
    made,
    await send('GET', `/connectors/${made.id}`),
    await send('PATCH', `/connectors/${made.id}`, asksForNothing),
    await send('POST', '/connectors', { connectorId: 'development-inbox' }),
    ...(await send('GET', '/connectors')),
    ...(await send('GET', '/connectors/history')),
  ];
  expect(replies.length).toBeGreaterThan(5);
  for (const reply of replies) {
    connectorMetadataGuard.parse(reply);
    expect(connectorReply.parse(reply)).toMatchObject({ syncProfile: false, enableTokenStorage: false, extraInfo: {} });
  }
});

test('every connector factory reads as one of Logto', async () => {
  const factories = await send('GET', '/connector-factories');
  expect(factories.length).toBeGreaterThan(10);
  for (const factory of factories) {
    connectorMetadataGuard.parse(factory);
    connectorReply.pick({ type: true, isDemo: true }).parse(factory);
  }
});
