import { pushedTo } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { reports } from './reports.ts';

const read = pushedTo(reports);

/** As Tencent Cloud's guide shows one. */
const receipt = (change: object = {}) => ({
  user_receive_time: '2015-10-17 08:03:04',
  nationcode: '86',
  mobile: '13900000001',
  report_status: 'SUCCESS',
  errmsg: 'DELIVRD',
  description: '用户短信送达成功',
  sid: '2640:000000000000000000000001',
  ...change,
});

test('a receipt tells number, id and when, and is answered as Tencent Cloud wants', async () => {
  expect(await read([receipt()])).toEqual({
    reports: [
      {
        recipient: '+8613900000001',
        providerMessageId: '2640:000000000000000000000001',
        state: 'delivered',
        providerCode: 'DELIVRD',
        providerMessage: '用户短信送达成功',
        at: Date.UTC(2015, 9, 17, 0, 3, 4),
      },
    ],
    reply: { contentType: 'application/json', body: '{"result":0,"errmsg":"OK"}' },
  });
});

test('several come at once, also of those that did not arrive', async () => {
  const failed = receipt({ report_status: 'FAIL', errmsg: 'MK:0001', nationcode: '1', mobile: '4155550100' });
  expect((await read([receipt(), failed])).reports).toMatchObject([
    { state: 'delivered' },
    { recipient: '+14155550100', state: 'undelivered', providerCode: 'MK:0001' },
  ]);
});

test('one that is not as documented, or says what nobody knows, costs no other', async () => {
  const list = [{}, null, receipt({ report_status: 'MAYBE' }), receipt(), { ...receipt(), sid: 7 }];
  expect((await read(list)).reports).toMatchObject([{ state: 'delivered' }]);
  expect((await read(`\ufeff${JSON.stringify([receipt()])}`)).reports).toHaveLength(1);
  expect((await read([receipt({ report_status: 'MAYBE' })])).reports).toEqual([]);
});

test.each(['', '{', '{}', 'null', '[{}]'])('the body %s is refused', async (body) => {
  await expect(read(body)).rejects.toMatchObject({ reason: 'unreadable' });
});
