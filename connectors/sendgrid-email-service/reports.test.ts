import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { reports } from './reports.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const webhookPublicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const seconds = 1_767_323_045;

/** What SendGrid posts, with a signature. */
const withSignature = (text: string, timestamp: string, signature: string) => ({
  ...{ method: 'POST', urls: [], body: Buffer.from(text) },
  headers: {
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': signature,
  },
});
function signed(...events: object[]) {
  const about = { email: 'jo@example.com', timestamp: seconds, sg_message_id: 'abc.recvd-1.0', messageId: 'msg_1' };
  const text = `${JSON.stringify(events.map((event) => ({ ...about, ...event })))}\r\n`;
  const signature = sign('sha256', Buffer.from(`${seconds}${text}`), pair.privateKey).toString('base64');
  return withSignature(text, String(seconds), signature);
}
const read = async (request: ReturnType<typeof signed>, config: object = { webhookPublicKey }) =>
  (await reports.read(request, { config, now: () => 0 })).reports;
const bounce = (reason: string, more: object = {}) => ({ event: 'bounce', type: 'bounce', reason, ...more });

test('each event of a mail tells what became of it', async () => {
  const about = { messageId: 'msg_1', providerMessageId: 'abc', recipient: 'jo@example.com', at: seconds * 1000 };
  const told: [object, object][] = [
    [{ event: 'processed' }, { state: 'sent' }],
    [
      { event: 'deferred', response: '452 4.2.2 full' },
      { state: 'sent', providerMessage: '452 4.2.2 full' },
    ],
    [{ event: 'delivered', response: '250 OK' }, { state: 'delivered' }],
    [{ event: 'spamreport' }, { state: 'delivered', suppress: true }],
    [
      { event: 'dropped', reason: 'Bounced Address' },
      { state: 'undelivered', suppress: true },
    ],
    [
      { event: 'dropped', reason: 'Spam Content' },
      { state: 'undelivered', kind: 'configuration' },
    ],
    [bounce('550 5.1.1 No such user'), { state: 'undelivered', kind: 'recipient', suppress: true }],
  ];
  const events = told.map(([event]) => event);
  const said = told.map(([, report]) => ({ ...about, ...report }));
  expect(await read(signed(...events, { event: 'open' }))).toMatchObject(said);
});

test.each([
  bounce('550 5.1.1 No such user', { type: 'blocked' }),
  bounce('550 5.7.1 Message rejected as spam'),
  bounce('550 5.2.1 Receiving mail at too high a rate'),
  bounce('552 5.2.2 Mailbox full'),
  { event: 'dropped', reason: 'Spam Content' },
])('%j suppresses nobody', async (event) => {
  const [report] = await read(signed(event));
  expect([report?.state, report?.suppress]).toEqual(['undelivered', undefined]);
});

test('an event that is not as documented costs no other', async () => {
  expect(
    await read(signed({ event: 7 }, { event: 'delivered', timestamp: 'now', messageId: 7 }, { email: [] })),
  ).toHaveLength(1);
});

test('a signature counts that SendGrid publishes as an example', async () => {
  // https://github.com/sendgrid/sendgrid-nodejs/blob/main/packages/eventwebhook/src/eventwebhook.spec.js
  const key =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==';
  const right = 'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=';
  const body = '{"category":"example_payload","event":"test_event","message_id":"message_id"}';
  const asked = (text: string, at: string, signature = right) =>
    read(withSignature(text, at, signature), { webhookPublicKey: key });
  // Past the signature, it is no list.
  await expect(asked(body, '1588788367')).rejects.toMatchObject({ reason: 'unreadable' });
  await expect(asked(`${body} `, '1588788367')).rejects.toMatchObject({ reason: 'forged' });
  await expect(asked(body, '1588788368')).rejects.toMatchObject({ reason: 'forged' });
  await expect(asked(body, '1588788367', '')).rejects.toMatchObject({ reason: 'forged' });
  await expect(asked(body, '1588788367', right.replace('N', 'M'))).rejects.toMatchObject({ reason: 'forged' });
});

test('one that is signed with another key is refused, unless no key is known', async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' });
  const request = signed({ event: 'delivered' });
  await expect(read(request, { webhookPublicKey: other.toString('base64') })).rejects.toMatchObject({
    reason: 'forged',
  });
  expect(await read(request, {})).toHaveLength(1);
});

test.each([
  ['the key', webhookPublicKey, true],
  ['none', '', true],
  ['what is no key', 'SG.key', false],
])('the form takes %s', (_, key, isTaken) => {
  const issues = configGuard.safeParse({ webhookPublicKey: key }).error?.issues ?? [];
  expect(issues.some(({ path }) => path[0] === 'webhookPublicKey')).toBe(!isTaken);
});
