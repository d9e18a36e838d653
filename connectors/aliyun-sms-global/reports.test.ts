import { pushedTo } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { reports } from './reports.ts';

const read = pushedTo(reports);

const receipt = (change: object = {}) => ({
  To: '6581234567',
  Status: '1',
  MessageId: '10080303000001',
  SmsSize: '2',
  TaskId: 'task',
  SendDate: 'Mon, 24 Dec 2018 16:58:20 +0800',
  ReceiveDate: 'Mon, 24 Dec 2018 16:58:22 +0800',
  ErrorCode: 'DELIVERED',
  ErrorDescription: 'success',
  ...change,
});

test('a receipt tells number, id, parts and when', async () => {
  expect(await read([receipt()])).toEqual({
    reports: [
      {
        recipient: '+6581234567',
        providerMessageId: '10080303000001',
        state: 'delivered',
        providerCode: 'DELIVERED',
        providerMessage: 'success',
        at: Date.UTC(2018, 11, 24, 8, 58, 22),
        parts: 2,
      },
    ],
    reply: { contentType: 'application/json', body: '{"code":0,"msg":"OK"}' },
  });
});

test.each([
  ['1', ['delivered']],
  [2, ['undelivered']],
  ['6', ['undelivered']],
  ['3', []],
  ['constructor', []],
])('the status %s means %j', async (Status, states) => {
  expect((await read([receipt({ Status })])).reports.map(({ state }) => state)).toEqual(states);
});

test('one that is not as documented costs no other', async () => {
  expect((await read([{ To: 'x' }, receipt(), null])).reports).toHaveLength(1);
});

test('one that expired says so', async () => {
  const { reports: found } = await read([receipt({ Status: '6', ErrorDescription: '', ErrorCode: null })]);
  expect(found).toMatchObject([{ providerMessage: 'expired' }]);
});

test.each(['', '{', '{}', 'null', '[{}]', '[{"To":"x","MessageId":"1","Status":"1"}]'])(
  'the body %s is refused',
  async (body) => {
    await expect(read(body)).rejects.toMatchObject({ reason: 'unreadable' });
  },
);
