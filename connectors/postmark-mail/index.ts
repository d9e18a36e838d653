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
import { configGuard, type PostmarkConfig, type PostmarkTemplate } from './config.ts';
import { metadata } from './metadata.ts';
import { refused, replyGuard } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends each message as a mail with Postmark, by the templates that are kept there. */
export default defineConnector<PostmarkConfig, PostmarkTemplate>({
  type: 'Email',
  metadata,
  configGuard,
  send,
  reports,
});

/**
 * Sends one mail. The API is not idempotent: a send that timed out or broke off is never repeated.
 * @see https://postmarkapp.com/developer/api/templates-api#email-with-template
 * @throws ConnectorError of each kind; `retry` only for what Postmark turned away for coming too fast
 */
async function send(message: Message<PostmarkTemplate>, context: SendContext<PostmarkConfig>): Promise<SendResult> {
  const { config } = context;
  const from = senderOf(message.mail, config.fromEmail);
  const { templateAlias } = message.template;
  const reply = await postToProvider(context, {
    url: `${config.endpoint}${templateAlias === undefined ? '/email' : '/email/withTemplate'}`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-postmark-server-token': config.serverToken,
    },
    body: JSON.stringify(bodyOf(message, from)),
  });
  const answer = replyGuard.safeParse(reply.json).data;
  if (reply.status !== 200 || (answer && answer.ErrorCode !== 0)) throw refused(reply, { ...message, config });
  if (!answer?.MessageID) throw unreadableReply(reply);
  return {
    providerMessageId: answer.MessageID,
    ...(templateAlias === undefined && { text: message.text }),
    headers: headersOf(message, from),
  };
}

function bodyOf(message: Message<PostmarkTemplate>, from: Mailbox) {
  const { to, mail, usageType, messageId } = message;
  return {
    From: mailboxText(from),
    To: to,
    ...(mail?.replyTo && { ReplyTo: mailboxText(mail.replyTo) }),
    ...contentOf(message),
    Headers: Object.entries(automaticHeaders).map(([Name, Value]) => ({ Name, Value })),
    Tag: usageType,
    Metadata: { messageId },
    TrackOpens: false,
    TrackLinks: 'None',
  };
}

function contentOf({ template: { templateAlias }, variables, mail, text }: Message<PostmarkTemplate>) {
  return templateAlias === undefined
    ? { Subject: mail?.subject, TextBody: text, HtmlBody: mail?.html }
    : { TemplateAlias: templateAlias, TemplateModel: variables };
}
