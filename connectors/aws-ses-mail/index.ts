import { signedHeaders } from '@sesame/connector-aws-sns-sms/signature';
import {
  automaticHeaders,
  defineConnector,
  headersOf,
  type Mailbox,
  type Message,
  mailboxText,
  postToProvider,
  type SendContext,
  type SendResult,
  senderOf,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard, regionalEndpoint, type SesConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { refused } from './refusals.ts';
import { messageTag, reports } from './reports.ts';

/** Sends each message as a mail of two parts with Amazon Simple Email Service (API v2, SendEmail). */
export default defineConnector({ type: 'Email', metadata, configGuard, send, reports });

const path = '/v2/email/outbound-emails';
const replyGuard = z.object({ MessageId: z.string().min(1) });

/**
 * Sends one mail. The API is not idempotent: a send that timed out or broke off is never repeated.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 * @throws ConnectorError of each kind; `retry` only for what AWS throttled before it processed it
 */
async function send(message: Message, context: SendContext<SesConfig>): Promise<SendResult> {
  const { config, now } = context;
  const { host, origin } = new URL(config.endpoint ?? regionalEndpoint(config.region));
  // Without an address SES takes the one that the ARN names.
  const from = senderOf(message.mail, config.emailAddress ?? '');
  const body = JSON.stringify(bodyOf(message, from, config));
  const contentType = 'application/json';
  const headers = signedHeaders({ ...config, service: 'ses', host, now: now(), body, contentType, path });
  const reply = await postToProvider(context, { url: origin + path, headers, body });
  if (reply.status >= 400) throw refused(reply, { ...message, config });
  const accepted = replyGuard.safeParse(reply.json);
  if (reply.status !== 200 || !accepted.success) throw unreadableReply(reply);
  return { providerMessageId: accepted.data.MessageId, text: message.text, headers: headersOf(message, from) };
}

const encoded = (Data: string) => ({ Data, Charset: 'UTF-8' });

function bodyOf({ to, text, mail, messageId }: Message, from: Mailbox, config: SesConfig) {
  return {
    ...(from.address !== '' && { FromEmailAddress: mailboxText(from) }),
    FromEmailAddressIdentityArn: config.emailAddressIdentityArn,
    Destination: { ToAddresses: [to] },
    ...(mail?.replyTo && { ReplyToAddresses: [mailboxText(mail.replyTo)] }),
    FeedbackForwardingEmailAddress: config.feedbackForwardingEmailAddress,
    FeedbackForwardingEmailAddressIdentityArn: config.feedbackForwardingEmailAddressIdentityArn,
    ConfigurationSetName: config.configurationSetName,
    // Nothing but a configuration set tells of tags.
    ...(config.configurationSetName && { EmailTags: [{ Name: messageTag, Value: messageId }] }),
    Content: {
      Simple: {
        Subject: encoded(mail?.subject ?? ''),
        Body: { Text: encoded(text), Html: encoded(mail?.html ?? '') },
        Headers: Object.entries(automaticHeaders).map(([Name, Value]) => ({ Name, Value })),
      },
    },
  };
}
