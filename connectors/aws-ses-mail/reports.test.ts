import https from 'node:https';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import {
  answerAsSns,
  type SnsType,
  snsCertificate,
  snsEnvelope,
  subscribeUrl,
} from '../../test/doubles/aws-sns-topic.ts';
import { reports } from './reports.ts';

/** Without types. */
const MessageValidator = createRequire(import.meta.url)('sns-validator');

const about = { messageId: 'msg_1', providerMessageId: '0102-1', recipient: 'jo@example.com' };
const mail = {
  ...{ messageId: '0102-1', source: 'codes@example.com', destination: ['jo@example.com'] },
  tags: { messageId: ['msg_1'], 'ses:configuration-set': ['codes'] },
};
const timestamp = '2026-01-02T03:04:05.678Z';

function read(body: unknown, sns = answerAsSns()) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = { method: 'POST', urls: [], headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) };
  return reports.read(request, { config: {}, now: () => 0, timeoutMs: 1000, fetch: sns.fetch });
}
const published = (event: object, options = {}) => snsEnvelope(JSON.stringify({ mail, ...event }), options);
const bounce = (bounceType: string, bounceSubType: string, diagnosticCode?: string, status = '5.1.1') => ({
  eventType: 'Bounce',
  bounce: {
    ...{ bounceType, bounceSubType, timestamp },
    bouncedRecipients: [{ emailAddress: 'jo@example.com', action: 'failed', status, diagnosticCode }],
  },
});
const gone = { state: 'undelivered', kind: 'recipient', suppress: true };

test.each([
  [{ eventType: 'Send', send: {} }, { state: 'sent' }],
  [
    { eventType: 'DeliveryDelay', deliveryDelay: { delayType: 'MailboxFull', timestamp } },
    { state: 'sent', providerMessage: 'MailboxFull' },
  ],
  [
    { eventType: 'Delivery', delivery: { timestamp, smtpResponse: '250 2.6.0 Message received' } },
    { state: 'delivered', providerMessage: '250 2.6.0 Message received', at: Date.parse(timestamp) },
  ],
  [
    { notificationType: 'Delivery', delivery: { timestamp } },
    { state: 'delivered', at: Date.parse(timestamp) },
  ],
  [bounce('Permanent', 'General', 'smtp; 550 5.1.1 user unknown'), { ...gone, providerCode: '5.1.1' }],
  [bounce('Permanent', 'NoEmail'), gone],
  [bounce('Permanent', 'General', undefined, '5.1.1'), gone],
  [bounce('Permanent', 'OnAccountSuppressionList'), gone],
  [
    { eventType: 'Complaint', complaint: { timestamp, complaintFeedbackType: 'abuse' } },
    { state: 'delivered', suppress: true },
  ],
  [
    { eventType: 'Reject', reject: { reason: 'Bad content' } },
    { state: 'undelivered', kind: 'configuration', providerMessage: 'Bad content' },
  ],
])('%j tells what became of a mail', async (event, said) => {
  expect((await read(published(event))).reports).toMatchObject([{ ...about, ...said }]);
});

test.each([
  bounce('Transient', 'General', 'smtp; 550 5.1.1 I am on holiday'),
  bounce('Transient', 'MailboxFull', 'smtp; 552 5.2.2 full', '5.2.2'),
  bounce('Permanent', 'General', 'smtp; 550 5.7.1 blocked as spam', '5.7.1'),
  bounce('Undetermined', 'Undetermined', undefined, ''),
])('%j suppresses nobody', async (event) => {
  const [report] = (await read(published(event))).reports;
  expect([report?.state, report?.suppress]).toEqual(['undelivered', undefined]);
});

test('other events and sentences are no reports, and a mail without tags is found by its id', async () => {
  expect((await read(published({ eventType: 'Open', open: {} }))).reports).toEqual([]);
  expect(
    (await read(snsEnvelope('Successfully validated SNS topic for Amazon SES event publishing.'))).reports,
  ).toEqual([]);
  const untagged = published({ notificationType: 'Delivery', mail: { ...mail, tags: undefined } });
  expect((await read(untagged)).reports).toMatchObject([{ providerMessageId: '0102-1', messageId: undefined }]);
});

test('a subscription is confirmed, and the end of one is not undone', async () => {
  const sns = answerAsSns();
  const about = (Type: SnsType) =>
    snsEnvelope('You have chosen to subscribe to the topic.', { Type, SignatureVersion: '2' });
  expect(await read(about('UnsubscribeConfirmation'), sns)).toEqual({ reports: [] });
  expect(sns.asked).not.toContain(subscribeUrl);
  expect(await read(about('SubscriptionConfirmation'), sns)).toEqual({ reports: [] });
  expect(sns.asked).toContain(subscribeUrl);
});

const delivered = { eventType: 'Delivery', delivery: { timestamp } };
test.each([
  ['another message', { Message: JSON.stringify({ mail, ...delivered, forged: true }) }],
  [
    'a certificate from elsewhere',
    { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-01.pem' },
  ],
  ['a certificate of a bucket', { SigningCertURL: 'https://s3.amazonaws.com/SimpleNotificationService-01.pem' }],
  [
    'a certificate without TLS',
    { SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-01.pem' },
  ],
  ['another file of SNS', { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Anything' }],
  ['another port', { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-01.pem' }],
  [
    'a name before the host',
    { SigningCertURL: 'https://a@sns.eu-west-1.amazonaws.com/SimpleNotificationService-01.pem' },
  ],
  ['no signature', { Signature: '' }],
  ['a signature of the other kind', { SignatureVersion: '2' }],
])('%s is forged, and nobody else is asked', async (_, change) => {
  const sns = answerAsSns();
  await expect(read({ ...published(delivered), ...change }, sns)).rejects.toMatchObject({ reason: 'forged' });
  expect(sns.asked.every((url) => url.startsWith('https://sns.eu-west-1.amazonaws.com/Simple'))).toBe(true);
});

test('a confirmation leads nowhere but to SNS', async () => {
  const confirmation = snsEnvelope('Subscribe', { Type: 'SubscriptionConfirmation' });
  const elsewhere = { ...confirmation, SubscribeURL: 'https://169.254.169.254/latest/meta-data' };
  await expect(read(elsewhere)).rejects.toMatchObject({ reason: 'forged' });
});

test('where the certificate cannot be had, SNS is to come again', async () => {
  const url = 'https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-02.pem';
  const silent = { asked: [], fetch: async () => new Response('', { status: 503 }) };
  const envelope = { ...published(delivered), SigningCertURL: url };
  await expect(read(envelope, silent)).rejects.toMatchObject({ reason: 'unchecked' });
  const garbled = { asked: [], fetch: async () => new Response('<html>') };
  await expect(read(envelope, garbled)).rejects.toMatchObject({ reason: 'unchecked' });
});

test.each([403, 404])('a certificate that SNS answers with %d was made up', async (status) => {
  const url = 'https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-03.pem';
  const without = { asked: [], fetch: async () => new Response('<Error>', { status }) };
  await expect(read({ ...published(delivered), SigningCertURL: url }, without)).rejects.toMatchObject({
    reason: 'forged',
  });
});

test.each(['{', '[]', '{}', JSON.stringify({ ...published(delivered), Type: 'Other' })])(
  '%s is not to be read',
  async (body) => {
    await expect(read(body)).rejects.toMatchObject({ reason: 'unreadable' });
  },
);

test('what is signed here is what the validator of AWS takes', async () => {
  const get = vi.spyOn(https, 'get').mockImplementation(((_: unknown, done: (reply: unknown) => void) => {
    done(Object.assign(Readable.from([snsCertificate]), { statusCode: 200 }));
    return { on: () => {} };
  }) as never);
  const validate = (envelope: object) =>
    new Promise((resolve) => new MessageValidator().validate(envelope, (error: unknown) => resolve(error ?? 'valid')));
  for (const SignatureVersion of ['1', '2']) {
    for (const envelope of [
      published(delivered, { SignatureVersion, Subject: 'Amazon SES Email Event Notification' }),
      snsEnvelope('Subscribe', { Type: 'SubscriptionConfirmation', SignatureVersion }),
    ]) {
      expect(await validate(envelope)).toBe('valid');
      expect(await validate({ ...envelope, Timestamp: timestamp })).toBeInstanceOf(Error);
      await read(envelope);
    }
  }
  get.mockRestore();
});
