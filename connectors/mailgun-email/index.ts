import {
  automaticHeaders,
  defineConnector,
  headersOf,
  type Mailbox,
  type Message,
  mailboxText,
  postToProvider,
  renderTemplate,
  type SendContext,
  type SendResult,
  senderOf,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard, type MailgunConfig, type MailgunTemplate } from './config.ts';
import { metadata } from './metadata.ts';
import { refused } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends each message as a mail with Mailgun (API v3, messages). */
export default defineConnector<MailgunConfig, MailgunTemplate>({
  type: 'Email',
  metadata,
  configGuard,
  // Domains have one of these selectors: https://documentation.mailgun.com/docs/mailgun/user-manual/domains/domains-verify
  delivery: { spfInclude: 'mailgun.org', dkimSelectors: ['smtp', 'mx', 'k1', 'pic', 'email'] },
  send,
  reports,
});

const replyGuard = z.object({ id: z.string().min(1).max(300) });

/**
 * Sends one mail. The API is not idempotent: a send that timed out or broke off is never repeated.
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
 * @throws ConnectorError of each kind; `retry` only for what Mailgun turned away for coming too fast
 */
async function send(message: Message<MailgunTemplate>, context: SendContext<MailgunConfig>): Promise<SendResult> {
  const { config } = context;
  const from = senderOf(message.mail, config.from);
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/v3/${config.domain}/messages`,
    headers: {
      authorization: `Basic ${Buffer.from(`api:${config.apiKey}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(formOf(message, from)).toString(),
  });
  if (reply.status >= 400) throw refused(reply, { ...message, config });
  const accepted = replyGuard.safeParse(reply.json);
  if (reply.status !== 200 || !accepted.success) throw unreadableReply(reply);
  const { kept } = message.template;
  return {
    providerMessageId: accepted.data.id,
    ...(kept === undefined && { text: message.text }),
    headers: headersOf(message, from),
  };
}

function formOf(message: Message<MailgunTemplate>, from: Mailbox): Record<string, string> {
  const { to, mail, messageId } = message;
  const headers = Object.entries(automaticHeaders).map(([name, value]) => [`h:${name}`, value]);
  return {
    from: mailboxText(from),
    to,
    ...(mail?.subject && { subject: mail.subject }),
    ...(mail?.replyTo && { 'h:Reply-To': mailboxText(mail.replyTo) }),
    ...contentOf(message),
    ...Object.fromEntries(headers),
    'o:tracking': 'no',
    'v:messageId': messageId,
  };
}

function contentOf({ template, text, mail, variables }: Message<MailgunTemplate>): Record<string, string> {
  if (template.kept !== undefined) {
    return {
      template: template.kept,
      'h:X-Mailgun-Variables': JSON.stringify({ ...template.variables, ...variables }),
    };
  }
  return { html: mail?.html ?? '', text: template.plain ? renderTemplate(template.plain, variables) : text };
}
