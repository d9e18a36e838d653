import type { ConnectorError } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { goodMetadata, moduleOf, writeConnector } from '../../../../../test/end-to-end/installed-connectors-fixture.ts';
import { installedFolder } from '../../../../../test/setup/installed.ts';

const installed = installedFolder();

test('one that reads reports does that in its thread, and nothing odd of it gets out', async () => {
  const read = `async read({ method, urls, headers, body }, config) {
    if (headers.signature !== config?.token) throw Object.assign(new Error('Not signed: ' + config?.token), { reason: 'forged' });
    const text = body.toString('utf8');
    if (text === 'odd') return { reports: [{ state: 'lost' }] };
    if (text === 'throws') throw new Error('mine');
    return {
      reports: [{ state: 'delivered', messageId: text, at: 'yesterday', providerMessage: 'with ' + config.token, network: method }],
      reply: { contentType: 'application/json', body: '{"ok":true}' },
    };
  }`;
  const module = moduleOf(goodMetadata('good')).replace(
    "type: 'Sms',",
    `type: 'Sms', reports: { addressIs: 'entered', ${read} },`,
  );
  await writeConnector(installed.folder, 'good', { module });
  await writeConnector(installed.folder, 'silent');
  const { connectors } = await installed.load();
  const [reporting, silent] = connectors.map(({ factory }) => factory.reports);
  expect(silent).toBeUndefined();
  expect(reporting?.addressIs).toBe('entered');
  const asked = (body: string, signature = 'a-secret-token') =>
    reporting?.read(
      { method: 'POST', urls: ['https://sesame.test/'], headers: { signature }, body: Buffer.from(body) },
      { token: 'a-secret-token' },
    );
  expect(await asked('msg_1')).toEqual({
    reports: [
      expect.objectContaining({ state: 'delivered', messageId: 'msg_1', at: undefined, providerMessage: 'with •••' }),
    ],
    reply: { contentType: 'application/json', body: '{"ok":true}' },
  });
  await expect(asked('msg_1', 'another')).rejects.toMatchObject({ reason: 'forged', message: 'Not signed: •••' });
  for (const body of ['odd', 'throws']) await expect(asked(body)).rejects.toMatchObject({ reason: 'unreadable' });
});

/** What it asks and tells goes by its configuration; what it is asked of comes back in what it answers. */
const afterwards = `afterwards(config) {
    const answer = (message) => [{ state: 'delivered', messageId: message.messageId, providerMessage: config.token }];
    return {
      ...(config.asks && {
        async askOutcome(message) {
          if (message.messageId === 'odd') return [{ state: 'lost' }];
          if (message.messageId === 'fault') throw new Error('with ' + config.token);
          if (message.messageId === 'refused') {
            throw Object.assign(new Error(), { code: 'general', data: { kind: 'limit', message: 'Later, ' + config.token, status: 429 } });
          }
          return message.messageId === 'unknown' ? undefined : answer(message);
        },
      }),
      ...(config.collects && { collectReports: async () => answer({ messageId: 'collected' }) }),
      ...(config.tells && {
        async tellVerified({ verifiedAt }) { globalThis.told = verifiedAt; },
        askPrice: async () => [{ state: 'sent', price: { amount: String(globalThis.told), currency: 'EUR' } }],
      }),
      bogus: 1,
    };
  },`;
const sent = { messageId: 'msg_1', providerMessageId: 'p_1', recipient: '+4915112345678', sentAt: 1 } as const;

test('one that asks and tells its provider later does that in its thread, as its configuration wishes', async () => {
  const module = moduleOf(goodMetadata('good')).replace("type: 'Sms',", `type: 'Sms', ${afterwards}`);
  await writeConnector(installed.folder, 'good', { module });
  await writeConnector(installed.folder, 'silent');
  const { connectors } = await installed.load();
  const [asking, silent] = connectors.map(({ factory }) => factory.afterwards);
  expect(silent).toBeUndefined();
  const token = 'a-secret-token';
  expect(await asking?.({ token })).toEqual({});
  const { askOutcome, ...others } = (await asking?.({ token, asks: true })) ?? {};
  expect(others).toEqual({});
  const outcomeOf = (messageId: string) => askOutcome?.({ ...sent, messageId });
  expect(await outcomeOf('msg_1')).toMatchObject([{ state: 'delivered', messageId: 'msg_1', providerMessage: '•••' }]);
  expect(await outcomeOf('unknown')).toEqual([]);
  const refusals: [string, Partial<ConnectorError['data']>][] = [
    ['refused', { kind: 'limit', message: 'Later, •••', status: 429 }],
    ['odd', { kind: 'unclear', message: 'What the connector answered is no list of reports.' }],
    ['fault', { kind: 'unclear', message: 'The connector failed in a way it should not.' }],
  ];
  for (const [messageId, data] of refusals) await expect(outcomeOf(messageId)).rejects.toMatchObject({ data });
  const { collectReports, tellVerified, askPrice } = (await asking?.({ token, collects: true, tells: true })) ?? {};
  expect(await collectReports?.()).toMatchObject([{ messageId: 'collected', providerMessage: '•••' }]);
  await tellVerified?.({ ...sent, verifiedAt: 42 });
  expect(await askPrice?.(sent)).toMatchObject([{ price: { amount: '42', currency: 'EUR' } }]);
});
