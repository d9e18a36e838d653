import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { reports } from './reports.ts';

const webhookSigningKey = 'key-of-the-webhooks';
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const recipient = 'jo@example.com';

/** As Mailgun posts it. */
function signed(event: object, { key = webhookSigningKey, at = now / 1000 } = {}) {
  const [timestamp, token] = [String(at), 'a'.repeat(50)];
  const signature = createHmac('sha256', key).update(timestamp).update(token).digest('hex');
  const data = { recipient, timestamp: now / 1000 + 0.25, 'user-variables': { messageId: 'msg_1' }, ...event };
  const body = { signature: { timestamp, token, signature }, 'event-data': data };
  return { method: 'POST', urls: [], headers: {}, body: Buffer.from(JSON.stringify(body)) };
}
const read = async (request: ReturnType<typeof signed>, config = { webhookSigningKey } as object) =>
  (await reports.read(request, { config, now: () => now })).reports;
const failed = (message: string, more: object = {}) => ({
  ...{ event: 'failed', severity: 'permanent', reason: 'bounce', 'delivery-status': { code: 550, message } },
  ...more,
});

test.each([
  ['accepted', { event: 'accepted' }, { state: 'sent' }],
  ['delivered', { event: 'delivered' }, { state: 'delivered' }],
  ['called spam', { event: 'complained' }, { state: 'delivered', suppress: true }],
  ['put off', failed('4.2.2 full', { severity: 'temporary' }), { state: 'sent' }],
  ['sent back', failed('5.1.1 No such user'), { state: 'undelivered', kind: 'recipient', suppress: true }],
  ['held back', failed('', { reason: 'suppress-bounce' }), { state: 'undelivered', suppress: true }],
])('a mail that is %s', async (_, event, said) => {
  expect(await read(signed(event))).toMatchObject([{ ...said, messageId: 'msg_1', recipient, at: now + 250 }]);
});

test.each(['5.7.1 Message rejected as spam', '5.2.1 Receiving mail at too high a rate', '5.2.2 Mailbox full', ''])(
  'a mail that comes back with %j suppresses nobody',
  async (message) => {
    const [report] = await read(signed(failed(message)));
    expect([report?.state, report?.suppress]).toEqual(['undelivered', undefined]);
  },
);

test('what somebody else attached to a mail, or what is odd about it, keeps nothing from counting', async () => {
  const odd = { 'user-variables': { messageId: 7 }, timestamp: 'now', message: [], 'delivery-status': null };
  expect(await read(signed({ event: 'delivered', ...odd }))).toMatchObject([{ state: 'delivered', recipient }]);
});

test('what is no event of the way of a mail is none, and what is no event is refused', async () => {
  expect(await read(signed({ event: 'opened' }))).toEqual([]);
  await expect(read({ ...signed({}), body: Buffer.from('{}') })).rejects.toMatchObject({ reason: 'unreadable' });
});

test.each([
  ['with another key', signed({ event: 'delivered' }, { key: 'another' })],
  ['ten hours ago', signed({ event: 'delivered' }, { at: now / 1000 - 36_000 })],
  ['ten minutes from now', signed({ event: 'delivered' }, { at: now / 1000 + 600 })],
])('one signed %s is refused, unless no key is known', async (_, request) => {
  await expect(read(request)).rejects.toMatchObject({ reason: 'forged' });
  expect(await read(request, {})).toHaveLength(1);
});
