import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  type AskingReportContext,
  getFromProvider,
  jsonOf,
  ReportRefusal,
  type ReportRequest,
  shapedAs,
} from '@sesame/connector-kit';
import { forged } from '@sesame/connector-kit/report-signature';
import { z } from 'zod';

const words = z.string().max(300_000);
const envelopeGuard = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: words,
  TopicArn: words,
  Subject: words.nullish(),
  Message: words,
  Timestamp: words,
  SignatureVersion: z.enum(['1', '2']),
  Signature: words,
  SigningCertURL: words,
  SubscribeURL: words.nullish(),
  Token: words.nullish(),
});
type Envelope = z.output<typeof envelopeGuard>;

type Way = Pick<AskingReportContext<unknown>, 'fetch' | 'timeoutMs'>;

/**
 * Reads what Amazon SNS posts to a subscriber, and confirms a subscription: who knows the address may have asked for it.
 * @returns what was published to the topic, or nothing where the request is about the subscription
 * @throws ReportRefusal where SNS has not signed it, and where its certificate cannot be had
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export async function readPublished(request: ReportRequest, way: Way): Promise<string | undefined> {
  const envelope = shapedAs(envelopeGuard, jsonOf(request));
  await checkSignature(envelope, way);
  if (envelope.Type === 'Notification') return envelope.Message;
  if (envelope.Type === 'SubscriptionConfirmation') await ask(addressOfSns(envelope.SubscribeURL), way);
  return undefined;
}

const ofSubscription = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const;
/** What is signed, in this order. */
const signedNames = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ofSubscription,
  UnsubscribeConfirmation: ofSubscription,
} as const;
const algorithms = { 1: 'sha1', 2: 'sha256' };

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
async function checkSignature(envelope: Envelope, way: Way): Promise<void> {
  const key = await keyAt(addressOfSns(envelope.SigningCertURL), way);
  const text = signedNames[envelope.Type].map((name) => (envelope[name] == null ? '' : `${name}\n${envelope[name]}\n`));
  const signature = Buffer.from(envelope.Signature, 'base64');
  const isRight = verify(algorithms[envelope.SignatureVersion], Buffer.from(text.join('')), key, signature);
  if (!isRight) throw forged('The signature is not one of Amazon SNS.');
}

/** Anybody may name an address: only those of SNS are asked for anything. */
function addressOfSns(address: string | null | undefined): URL {
  const url = URL.parse(address ?? '');
  const isOfSns =
    url?.protocol === 'https:' &&
    url.port === '' &&
    /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?$/.test(url.hostname);
  if (!isOfSns || url.username || url.password) throw forged('It names an address that is not one of Amazon SNS.');
  return url;
}

/** AWS changes its certificates about once a year, and has one for each region. */
const maxKeys = 16;
const keys = new Map<string, KeyObject>();

async function keyAt(url: URL, way: Way): Promise<KeyObject> {
  if (!/^\/SimpleNotificationService-[0-9a-f]{1,64}\.pem$/.test(url.pathname) || url.search) {
    throw forged('It names a certificate that is not one of Amazon SNS.');
  }
  const known = keys.get(url.href);
  if (known) return known;
  const certificate = await ask(url, way, 'The certificate that it names is not there.');
  try {
    const key = createPublicKey(certificate);
    if (keys.size >= maxKeys) keys.clear();
    keys.set(url.href, key);
    return key;
  } catch {
    throw unchecked('The certificate of Amazon SNS cannot be read.');
  }
}

/** Whoever names a certificate that there is not has made it up. */
const isNowhere = (status: number | undefined) => status === 403 || status === 404;

const unchecked = (message: string) => new ReportRefusal('unchecked', message);

async function ask(url: URL, way: Way, ifNowhere?: string): Promise<string> {
  const reply = await getFromProvider(way, { url, headers: {} }).catch(() => undefined);
  if (reply?.status === 200) return reply.text;
  if (ifNowhere && isNowhere(reply?.status)) throw forged(ifNowhere);
  throw unchecked(`${url.hostname} did not answer as it should${reply ? ` (HTTP ${reply.status})` : ''}.`);
}
