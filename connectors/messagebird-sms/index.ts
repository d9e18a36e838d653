import {
  countParts,
  defineConnector,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
  textError,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard, type MessageBirdConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { givenUp, refused } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends verification codes with the SMS API of MessageBird, which is Bird's Connectivity Platform. */
export default defineConnector({ metadata, configGuard, send, reports });

/** 1377 characters of the basic alphabet, or 603 others. */
const maxParts = 9;

const acceptedGuard = z.object({
  id: z.string().min(1),
  recipients: z.object({
    items: z
      .array(
        z.object({
          status: z.string().nullish(),
          statusReason: z.string().nullish(),
          statusErrorCode: z.number().nullish(),
        }),
      )
      .min(1),
  }),
});

const givenUpStates = new Set(['delivery_failed', 'expired']);

/**
 * Sends one message.
 * @see https://developers.messagebird.com/api/sms-messaging/#send-outbound-sms
 * @throws ConnectorError of each kind; `retry` only for what MessageBird turned away for coming too fast
 */
async function send(message: Message, context: SendContext<MessageBirdConfig>): Promise<SendResult> {
  const { config } = context;
  const { to, text, messageId, lifetimeSeconds, reportUrl } = message;
  checkText(message);
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/messages`,
    headers: {
      authorization: `AccessKey ${config.accessKey}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      originator: config.originator,
      recipients: to.slice(1),
      body: text,
      datacoding: 'auto',
      validity: Math.max(1, Math.floor(lifetimeSeconds)),
      reference: messageId,
      ...(reportUrl && { reportUrl }),
    }),
  });
  const sent = { ...message, config };
  const error = refused(reply, sent);
  if (error) throw error;
  const accepted = acceptedGuard.safeParse(reply.json);
  if (reply.status >= 300 || !accepted.success) throw unreadableReply(reply);
  const { id, recipients } = accepted.data;
  const lost = recipients.items.find(({ status }) => status && givenUpStates.has(status));
  if (lost) {
    const reason = lost.statusReason || lost.status || '';
    throw givenUp(reply, { reason, code: lost.statusErrorCode ?? undefined }, sent);
  }
  return { providerMessageId: id, text };
}

function checkText(message: Message): void {
  const { text } = message;
  const { parts } = countParts(text);
  if (text.trim() !== '' && parts <= maxParts) return;
  throw textError(
    message,
    `takes ${parts} SMS and is ${text.length} characters long; ` +
      `MessageBird takes texts of 1 to ${maxParts} SMS and no blank ones.`,
  );
}
