import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { SignJWT } from 'jose';
import twilio from 'twilio';
import { snsEnvelope } from './aws-sns-topic.ts';

/** A message as its provider has it, and where its reports go. */
export type Reported = { url: string; to: string; id: string; providerMessageId: string };

/** What a provider says became of a message; not every one says that it is on its way. */
export type ReportedState = 'sent' | 'delivered' | 'undelivered';

/** A request with a report, as it goes out; `forged` is one that somebody made who does not have the key. */
export type ReportPost = { url: string; method: string; headers: Record<string, string>; body?: string };
export type Reporter = {
  states: ReportedState[];
  /** Nothing tells a forged one where the provider signs none. */
  isSigned: boolean;
  post: (message: Reported, state: ReportedState, key: string) => ReportPost | Promise<ReportPost>;
};

const everyState: ReportedState[] = ['sent', 'delivered', 'undelivered'];
const lastStates: ReportedState[] = ['delivered', 'undelivered'];
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const digits = (to: string) => to.slice(1);
const goneMailbox = '550 5.1.1 No such user';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** What SendGrid shows of the key that it signs with. */
export const sendGridKeys = {
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  privateKey,
};
const otherSendGridKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const asJson = (url: string, value: unknown, headers = {}): ReportPost => ({
  ...{ url, method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(value) },
});
const asForm = (url: string, fields: Record<string, string>, headers = {}): ReportPost => ({
  ...{ url, method: 'POST', headers: { ...form, ...headers }, body: new URLSearchParams(fields).toString() },
});
const chinaTime = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Signed by the official SDK. */
const twilioReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url, to, providerMessageId }, status, key) {
    const fields = {
      ...{ MessageSid: providerMessageId, SmsSid: providerMessageId, MessageStatus: status, SmsStatus: status, To: to },
      ...(status === 'undelivered' && { ErrorCode: '30005' }),
    };
    return asForm(url, fields, { 'x-twilio-signature': twilio.getExpectedTwilioSignature(key, url, fields) });
  },
};

/** @see https://developer.vonage.com/en/getting-started/concepts/signing-messages */
const vonageReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url, to, id, providerMessageId }, state, key) {
    const fields: Record<string, string> = {
      ...{ msisdn: digits(to), to: 'Sesame', messageId: providerMessageId, 'network-code': '23410', price: '0.0333' },
      ...{ status: { sent: 'buffered', delivered: 'delivered', undelivered: 'failed' }[state], 'client-ref': id },
      ...{ 'err-code': state === 'undelivered' ? '9' : '0', 'api-key': 'abcd1234', nonce: 'n', scts: '2601310800' },
      ...{ timestamp: String(Math.floor(Date.now() / 1000)) },
    };
    const signed = Object.keys(fields).sort();
    const text = signed.map((name) => `&${name}=${fields[name]?.replace(/[&=]/g, '_')}`).join('');
    return asForm(url, { ...fields, sig: createHmac('sha256', key).update(text).digest('hex') });
  },
};

/** `validateV3Signature` of the official SDK takes these. */
const plivoReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url, to, providerMessageId }, state, key) {
    const fields: Record<string, string> = {
      ...{ MessageUUID: providerMessageId, ParentMessageUUID: providerMessageId, Status: state, To: digits(to) },
      ...{ ErrorCode: state === 'undelivered' ? '50' : '', TotalAmount: '0.0075', Units: '1', MCC: '310', MNC: '26' },
    };
    const names = Object.keys(fields).sort();
    const text = `${url}.${names.map((name) => name + fields[name]).join('')}.12345`;
    const signature = createHmac('sha256', key).update(text).digest('base64');
    return asForm(url, fields, { 'x-plivo-signature-v3': signature, 'x-plivo-signature-v3-nonce': '12345' });
  },
};

/** The SDK verifies these with `webhook-signature-jwt`. */
const messageBirdReporter: Reporter = {
  states: everyState,
  isSigned: true,
  async post({ url, to, id, providerMessageId }, state, key) {
    const status = { sent: 'sent', delivered: 'delivered', undelivered: 'delivery_failed' }[state];
    const query = new URLSearchParams({
      ...{ id: providerMessageId, reference: id, recipient: digits(to), status },
      ...{ mccmnc: '20404', 'price[amount]': '0.075', 'price[currency]': 'EUR', messagePartCount: '1' },
    });
    const called = `${url}${url.includes('?') ? '&' : '?'}${query}`;
    const now = Math.floor(Date.now() / 1000);
    const url_hash = createHash('sha256').update(called).digest('hex');
    const token = await new SignJWT({ iss: 'MessageBird', jti: 'j1', nbf: now, exp: now + 60, url_hash })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(key));
    return { url: called, method: 'GET', headers: { 'messagebird-signature-jwt': token } };
  },
};

const infobipReporter: Reporter = {
  states: everyState,
  isSigned: false,
  post({ url, to, id }, state) {
    const groupName = { sent: 'PENDING', delivered: 'DELIVERED', undelivered: 'UNDELIVERABLE' }[state];
    const result = {
      ...{ bulkId: 'BULK', messageId: id, to: digits(to), smsCount: 1, mccMnc: '22801' },
      ...{ status: { groupName, id: 5, name: groupName, description: groupName }, doneAt: new Date().toISOString() },
      ...{ price: { pricePerMessage: 0.01, currency: 'EUR' } },
    };
    return asJson(url, { results: [result] });
  },
};

const aliyunReporter: Reporter = {
  states: lastStates,
  isSigned: false,
  post: ({ url, to, id, providerMessageId }, state) =>
    asJson(url, [
      {
        ...{ phone_number: digits(to).replace(/^86(?=1\d{10}$)/, ''), biz_id: providerMessageId, out_id: id },
        ...{ send_time: chinaTime(), report_time: chinaTime(), sms_size: '1', success: state === 'delivered' },
        ...{ err_code: state === 'delivered' ? 'DELIVERED' : 'MK:0001', err_msg: '' },
      },
    ]),
};

const aliyunGlobalReporter: Reporter = {
  states: lastStates,
  isSigned: false,
  post: ({ url, to, providerMessageId }, state) =>
    asJson(url, [
      {
        ...{ To: digits(to), MessageId: providerMessageId, Status: state === 'delivered' ? '1' : '2', SmsSize: '1' },
        ...{ ReceiveDate: 'Sat, 31 Jan 2026 08:00:00 +0800', ErrorCode: state === 'delivered' ? '000' : '024' },
      },
    ]),
};

const tencentReporter: Reporter = {
  states: lastStates,
  isSigned: false,
  post({ url, to, providerMessageId }, state) {
    const nationcode = to.startsWith('+86') ? '86' : to.slice(1, 2);
    const number = { nationcode, mobile: to.slice(1 + nationcode.length), sid: providerMessageId };
    const report_status = state === 'delivered' ? 'SUCCESS' : 'FAIL';
    return asJson(url, [{ ...number, report_status, errmsg: 'DELIVRD', user_receive_time: chinaTime() }]);
  },
};

const httpSmsReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url }, state, key) {
    const at = String(Math.floor(Date.now() / 1000));
    const post = asJson(url, { state, network: '46000' });
    const signature = createHmac('sha256', key).update(`${at}.${post.body}`).digest('hex');
    return { ...post, headers: { ...post.headers, 'sesame-timestamp': at, 'sesame-signature': signature } };
  },
};

/** @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks */
const mailgunReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url, to, id, providerMessageId }, state, key) {
    const [event, severity] = { sent: ['accepted'], delivered: ['delivered'], undelivered: ['failed', 'permanent'] }[
      state
    ];
    const [timestamp, token] = [
      String(Math.floor(Date.now() / 1000)),
      randomUUID().replaceAll('-', '').repeat(2).slice(0, 50),
    ];
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex');
    const message = { headers: { 'message-id': providerMessageId.replace(/^<|>$/g, '') } };
    return asJson(url, {
      signature: { timestamp, token, signature },
      'event-data': {
        ...{
          event,
          severity,
          recipient: to,
          message,
          timestamp: Date.now() / 1000,
          'user-variables': { messageId: id },
        },
        'delivery-status': {
          code: state === 'undelivered' ? 550 : 250,
          message: state === 'undelivered' ? goneMailbox : 'OK',
        },
      },
    });
  },
};

/** @see https://postmarkapp.com/developer/webhooks/webhooks-overview */
const postmarkReporter: Reporter = {
  states: lastStates,
  isSigned: true,
  post({ url, to, id, providerMessageId }, state, key) {
    const about = { MessageID: providerMessageId, Metadata: { messageId: id } };
    const time = new Date().toISOString();
    const event =
      state === 'delivered'
        ? { RecordType: 'Delivery', Recipient: to, DeliveredAt: time, Details: '250 OK' }
        : { RecordType: 'Bounce', Type: 'HardBounce', Email: to, BouncedAt: time, Details: `smtp;${goneMailbox}` };
    return asJson(url, { ...about, ...event }, { authorization: `Basic ${Buffer.from(key).toString('base64')}` });
  },
};

/** @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
const sendGridReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url, to, id, providerMessageId }, state, key) {
    const event = { sent: 'processed', delivered: 'delivered', undelivered: 'bounce' }[state];
    const timestamp = Math.floor(Date.now() / 1000);
    const about = { email: to, timestamp, sg_message_id: `${providerMessageId}.recvd-1.0`, messageId: id };
    const body = JSON.stringify([
      { ...about, event, ...(state === 'undelivered' && { type: 'bounce', reason: goneMailbox }) },
    ]);
    const signer = key === sendGridKeys.publicKey ? sendGridKeys.privateKey : otherSendGridKey;
    const signature = sign('sha256', Buffer.from(`${timestamp}${body}`), signer).toString('base64');
    const signed = {
      'x-twilio-email-event-webhook-timestamp': String(timestamp),
      'x-twilio-email-event-webhook-signature': signature,
    };
    return { url, method: 'POST', headers: { ...json, ...signed }, body };
  },
};

/** Through a topic of Amazon SNS; a forged one says something else than what was signed. */
const sesReporter: Reporter = {
  states: everyState,
  isSigned: true,
  post({ url, to, providerMessageId }, state, key) {
    const timestamp = new Date().toISOString();
    const bouncedRecipients = [{ emailAddress: to, status: '5.1.1', diagnosticCode: `smtp; ${goneMailbox}` }];
    const event = {
      sent: { eventType: 'Send', send: {} },
      delivered: { eventType: 'Delivery', delivery: { timestamp, smtpResponse: '250 OK' } },
      undelivered: {
        ...{
          eventType: 'Bounce',
          bounce: { bounceType: 'Permanent', bounceSubType: 'General', timestamp, bouncedRecipients },
        },
      },
    }[state];
    const mail = { messageId: providerMessageId, destination: [to] };
    const envelope = snsEnvelope(JSON.stringify({ ...event, mail }));
    const body = JSON.stringify(key === '' ? envelope : { ...envelope, Timestamp: timestamp });
    return { url, method: 'POST', headers: { 'content-type': 'text/plain; charset=UTF-8' }, body };
  },
};

/** How each provider reports. */
export const reporters = {
  twilio: twilioReporter,
  vonage: vonageReporter,
  plivo: plivoReporter,
  messageBird: messageBirdReporter,
  infobip: infobipReporter,
  aliyun: aliyunReporter,
  aliyunGlobal: aliyunGlobalReporter,
  tencent: tencentReporter,
  httpSms: httpSmsReporter,
  mailgun: mailgunReporter,
  postmark: postmarkReporter,
  sendGrid: sendGridReporter,
  ses: sesReporter,
} satisfies Record<string, Reporter>;
