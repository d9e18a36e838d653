import { pushedTo } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { reports } from './reports.ts';

const read = pushedTo(reports);

/** As Aliyun's guide shows one. */
const receipt = (change: object = {}) => ({
  phone_number: '13900000001',
  send_time: '2017-08-30 00:00:00',
  report_time: '2017-08-30 00:00:10',
  success: true,
  err_code: 'DELIVERED',
  err_msg: '用户接收成功',
  sms_size: '1',
  biz_id: '932702304080415357^0',
  out_id: 'msg_1',
  ...change,
});

test('a receipt is of the message whose id came back, and is answered as Aliyun wants', async () => {
  expect(await read([receipt()])).toEqual({
    reports: [
      {
        messageId: 'msg_1',
        providerMessageId: '932702304080415357^0',
        state: 'delivered',
        providerCode: 'DELIVERED',
        providerMessage: '用户接收成功',
        at: Date.UTC(2017, 7, 29, 16, 0, 10),
        parts: 1,
      },
    ],
    reply: { contentType: 'application/json', body: '{"code":0,"msg":"OK"}' },
  });
});

test.each([
  ['13900000001', '+8613900000001'],
  ['8613900000001', '+8613900000001'],
  ['12125550100', '+12125550100'],
  ['85261234567', '+85261234567'],
  ['0085261234567', '+85261234567'],
])('without our id, the number %s tells the message', async (phone_number, recipient) => {
  const { reports: found } = await read([receipt({ phone_number, out_id: null, success: false })]);
  expect(found).toMatchObject([{ recipient, providerMessageId: '932702304080415357^0', state: 'undelivered' }]);
  expect(found[0]).not.toHaveProperty('messageId');
});

test('several come at once; what is not needed may be missing or odd', async () => {
  const bare = { phone_number: '13900000001', success: false, biz_id: '1^0', report_time: 'soon', sms_size: 'many' };
  expect((await read([receipt(), bare])).reports).toMatchObject([
    { state: 'delivered' },
    { recipient: '+8613900000001', state: 'undelivered' },
  ]);
  expect((await read([])).reports).toEqual([]);
  expect((await read([{}, { ...bare, success: 'perhaps' }, bare])).reports).toHaveLength(1);
});

test.each(['', '{', '{}', 'null', '[{}]', '[null]', '[{"phone_number":"x","success":true,"biz_id":"1"}]'])(
  'the body %s is refused',
  async (body) => {
    await expect(read(body)).rejects.toMatchObject({ reason: 'unreadable' });
  },
);
