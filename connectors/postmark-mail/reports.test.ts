import { expect, test } from 'vitest';
import { reports } from './reports.ts';

const webhookCredentials = 'sesame:s3cr3t';
const Metadata = { messageId: 'msg_1' };
const MessageID = '00000000-0000-0000-0000-000000000000';
const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const time = new Date(at).toISOString();

/** As Postmark posts it. */
const posted = (event: object, credentials = webhookCredentials) => ({
  ...{ method: 'POST', urls: [], body: Buffer.from(JSON.stringify({ Metadata, MessageID, ...event })) },
  headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
});
const read = async (request: ReturnType<typeof posted>, config: object = { webhookCredentials }) =>
  (await reports.read(request, { config, now: () => 0 })).reports;
const bounce = (Type: string, Details: string, more: object = {}) => ({
  ...{ RecordType: 'Bounce', Type, Details, Description: 'The server was unable to deliver your message.' },
  ...{ Email: 'jo@example.com', BouncedAt: time, ...more },
});

test.each([
  [
    { RecordType: 'Delivery', Recipient: 'jo@example.com', DeliveredAt: time, Details: '250 OK' },
    { state: 'delivered' },
  ],
  [bounce('SpamComplaint', '', { RecordType: 'SpamComplaint' }), { state: 'delivered', suppress: true }],
  [bounce('Transient', 'smtp;451 4.7.1 Try again'), { state: 'sent' }],
  [bounce('HardBounce', 'smtp;550 5.1.1 No such user'), { state: 'undelivered', kind: 'recipient', suppress: true }],
])('%j tells what became of a mail', async (event, said) => {
  expect(await read(posted(event))).toMatchObject([
    { ...said, messageId: 'msg_1', providerMessageId: MessageID, recipient: 'jo@example.com', at },
  ]);
});

test.each([
  ['SoftBounce', 'smtp;550 5.1.1 No such user'],
  ['SpamNotification', 'smtp;550 5.7.1 Message rejected as spam'],
  ['HardBounce', 'smtp;550 5.2.1 Receiving mail at too high a rate'],
  ['HardBounce', 'smtp;552 5.2.2 Mailbox full'],
  ['HardBounce', ''],
])('a %s with %j suppresses nobody', async (type, details) => {
  const [report] = await read(posted(bounce(type, details)));
  expect([report?.state, report?.suppress]).toEqual(['undelivered', undefined]);
});

test('other events are none, what is no event is refused, and so is one without the credentials', async () => {
  expect(await read(posted({ RecordType: 'Open' }))).toEqual([]);
  await expect(read({ ...posted({}), body: Buffer.from('[]') })).rejects.toMatchObject({ reason: 'unreadable' });
  const another = posted({ RecordType: 'Delivery' }, 'sesame:guess');
  await expect(read(another)).rejects.toMatchObject({ reason: 'forged' });
  expect(await read(another, {})).toHaveLength(1);
});
