import {
  automaticHeaders,
  defineConnector,
  headersOf,
  type Mailbox,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
  senderOf,
  unreadableReply,
} from '@sesame/connector-kit';
import { configGuard, type SendGridConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { refused } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends each message as a mail of two parts with Twilio SendGrid (API v3, mail/send). */
export default defineConnector({
  type: 'Email',
  metadata,
  configGuard,
  // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/how-to-set-up-domain-authentication
  delivery: { dkimSelectors: ['s1', 's2'] },
  send,
  reports,
});

/**
 * Sends one mail. The API is not idempotent: a send that timed out or broke off is never repeated.
 * @see https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 * @throws ConnectorError of each kind; `retry` only for what SendGrid turned away for coming too fast
 */
async function send(message: Message, context: SendContext<SendGridConfig>): Promise<SendResult> {
  const { config } = context;
  const from = senderOf(message.mail, config.fromEmail, config.fromName);
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/v3/mail/send`,
    headers: { authorization: `Bearer ${config.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(message, from)),
  });
  if (reply.status >= 400) throw refused(reply, { ...message, config });
  // 200 is the answer of the sandbox mode, in which nothing is sent.
  if (reply.status !== 202) throw unreadableReply(reply);
  const providerMessageId = reply.headers.get('x-message-id') ?? undefined;
  return { ...(providerMessageId && { providerMessageId }), text: message.text, headers: headersOf(message, from) };
}

const party = ({ name, address }: Mailbox) => ({ email: address, ...(name !== '' && { name }) });
const off = { enable: false };

function bodyOf({ to, text, mail, messageId }: Message, from: Mailbox) {
  return {
    personalizations: [{ to: [{ email: to }], custom_args: { messageId } }],
    from: party(from),
    ...(mail?.replyTo && { reply_to: party(mail.replyTo) }),
    subject: mail?.subject,
    content: [
      { type: 'text/plain', value: text },
      { type: 'text/html', value: mail?.html },
    ],
    headers: automaticHeaders,
    // Links that are rewritten and pictures that count readers make a mail with a code look like any other.
    tracking_settings: { click_tracking: off, open_tracking: off, subscription_tracking: off },
  };
}
