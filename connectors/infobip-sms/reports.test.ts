import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InfobipDouble, startInfobipDouble } from '../../test/doubles/infobip.ts';
import { reports } from './reports.ts';
import { account, sendTo } from './test-account.ts';

const read = (body: unknown) =>
  (async () =>
    reports.read(
      {
        method: 'POST',
        urls: ['https://sign-in.example.com/callbacks/c1/secret?m=msg_1'],
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      },
      { config: {}, now: Date.now },
    ))();

/** As Infobip's reference shows one. */
const result = (change: object = {}) => ({
  bulkId: 'BULK-ID-123-xyz',
  messageId: 'msg_1',
  to: '41793026727',
  sentAt: '2019-11-09T16:00:00.000+0000',
  doneAt: '2019-11-09T16:00:00.500+0000',
  smsCount: 2,
  mccMnc: '22801',
  price: { pricePerMessage: 0.01, currency: 'EUR' },
  status: {
    groupId: 3,
    groupName: 'DELIVERED',
    id: 5,
    name: 'DELIVERED_TO_HANDSET',
    description: 'Message delivered to handset',
  },
  error: { groupId: 0, groupName: 'OK', id: 0, name: 'NO_ERROR', description: 'No Error', permanent: false },
  ...change,
});

test('a report tells when, parts, price and network', async () => {
  expect((await read({ results: [result()] })).reports).toEqual([
    {
      messageId: 'msg_1',
      providerMessageId: 'msg_1',
      state: 'delivered',
      providerMessage: 'Message delivered to handset',
      at: Date.UTC(2019, 10, 9, 16, 0, 0, 500),
      parts: 2,
      price: { amount: '0.02', currency: 'EUR' },
      network: '22801',
    },
  ]);
});

test.each([
  ['PENDING', 'sent'],
  ['DELIVERED', 'delivered'],
  ['UNDELIVERABLE', 'undelivered'],
  ['EXPIRED', 'undelivered'],
  ['REJECTED', 'undelivered'],
])('%s means %s', async (groupName, state) => {
  expect((await read({ results: [result({ status: { groupName } })] })).reports).toMatchObject([{ state }]);
});

test('one that was not delivered says who has to act, by its status or its error', async () => {
  const rejected = { groupName: 'REJECTED', id: 12, name: 'REJECTED_NOT_ENOUGH_CREDITS', description: 'No credits' };
  const absent = {
    groupName: 'HANDSET_ERRORS',
    id: 27,
    name: 'EC_ABSENT_SUBSCRIBER',
    description: 'Absent Subscriber',
  };
  const undeliverable = {
    groupName: 'UNDELIVERABLE',
    id: 9,
    name: 'UNDELIVERABLE_NOT_DELIVERED',
    description: 'Not delivered',
  };
  const { reports: found } = await read({
    results: [
      result({ status: rejected }),
      result({ status: undeliverable, error: absent }),
      result({ status: { groupName: 'EXPIRED' } }),
    ],
  });
  expect(found).toMatchObject([
    { kind: 'configuration', providerCode: 'REJECTED_NOT_ENOUGH_CREDITS' },
    { kind: 'recipient', providerCode: 'EC_ABSENT_SUBSCRIBER', providerMessage: 'Absent Subscriber' },
    { state: 'undelivered', providerMessage: 'EXPIRED' },
  ]);
});

test('several come at once, and those that say nothing are passed over', async () => {
  const results = [
    result({ messageId: 'a' }),
    result({ status: { groupName: 'ACCEPTED' } }),
    result({ status: { groupName: 'constructor' } }),
    result({ messageId: 7 }),
    {},
    result({ messageId: 'b', price: null }),
  ];
  expect((await read({ results })).reports.map(({ messageId }) => messageId)).toEqual(['a', 'b']);
});

test.each(['', '{', '[]', '{}', '{"results":[{}]}', '{"results":[{"messageId":"x"}]}', 'null'])(
  'the body %s is refused',
  async (body) => {
    await expect(read(body)).rejects.toMatchObject({ reason: 'unreadable' });
  },
);

describe('with a message', () => {
  let double: InfobipDouble;
  beforeAll(async () => {
    double = await startInfobipDouble(account);
  });
  afterAll(() => double.close());

  test('goes the address for its reports', async () => {
    const reportUrl = 'http://localhost:3001/callbacks/c1/secret?m=msg_1';
    await sendTo(double.url, {}, { reportUrl });
    await sendTo(double.url, {}, { messageId: 'message-2' });
    const [asked, plain] = double.requests.map(({ body }) => JSON.parse(body).messages[0]);
    expect(asked.webhooks).toEqual({ delivery: { url: reportUrl, contentType: 'application/json' } });
    expect(Object.keys(plain)).not.toContain('webhooks');
  });
});
