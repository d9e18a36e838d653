import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProviderFetch } from '@sesame/connector-kit';

const fileOf = (name: string) => readFileSync(new URL(`../setup/certificates/${name}`, import.meta.url), 'utf8');

/** What a topic signs with; a stand-in for the certificate of Amazon SNS, made for the tests. */
export const snsCertificate = fileOf('sns.pem');
const key = fileOf('sns.key');

const origin = 'https://sns.eu-west-1.amazonaws.com';
const SigningCertURL = `${origin}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`;
export const subscribeUrl = `${origin}/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:mails&Token=2336`;

export type SnsType = 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';

/**
 * What Amazon SNS posts to a subscriber.
 * @param fields that are others than usual
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function snsEnvelope(
  Message: string,
  { Type = 'Notification' as SnsType, SignatureVersion = '1', Subject = undefined as string | undefined } = {},
) {
  const isAboutSubscription = Type !== 'Notification';
  const envelope: Record<string, string> = {
    ...{ Type, Message, MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324', Timestamp: '2026-05-02T00:54:06.655Z' },
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:mails',
    ...(Subject !== undefined && { Subject }),
    ...(isAboutSubscription && { Token: '2336', SubscribeURL: subscribeUrl }),
  };
  // All that there is beside the signature itself, in alphabetical order.
  const text = Object.keys(envelope)
    .sort()
    .map((name) => `${name}\n${envelope[name]}\n`)
    .join('');
  const Signature = createSign(SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(text)
    .sign(key, 'base64');
  return { ...envelope, SignatureVersion, Signature, SigningCertURL };
}

/** Answers as Amazon SNS does, which nobody reaches in a test. `asked` are the addresses that were asked for. */
export function answerAsSns(elsewhere?: ProviderFetch) {
  const asked: string[] = [];
  const answer: ProviderFetch = async (url, init) => {
    if (!String(url).startsWith(origin)) {
      if (elsewhere) return elsewhere(url, init);
      throw new Error(`Nobody answers at ${url}.`);
    }
    asked.push(String(url));
    return new Response(String(url) === SigningCertURL ? snsCertificate : '<ConfirmSubscriptionResponse/>');
  };
  return { asked, fetch: answer };
}
