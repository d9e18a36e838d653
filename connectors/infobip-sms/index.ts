import {
  defineConnector,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
  textError,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard, type InfobipConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { refusedMessage, refusedRequest } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends verification codes with Infobip's SMS API, version 3. */
export default defineConnector({ metadata, configGuard, send, reports });

const maxTextBytes = 4000;
const maxValiditySeconds = 48 * 60 * 60;

const replyGuard = z.object({
  messages: z
    .array(
      z.object({
        messageId: z.string().min(1).max(200).optional(),
        status: z.object({
          groupName: z.enum(['ACCEPTED', 'PENDING', 'UNDELIVERABLE', 'DELIVERED', 'EXPIRED', 'REJECTED']),
          id: z.number().optional(),
          name: z.string().optional(),
          description: z.string().optional(),
        }),
      }),
    )
    .min(1),
});

const acceptedGroups = new Set(['ACCEPTED', 'PENDING', 'DELIVERED']);

/**
 * Sends one message. Infobip answers 200 also for a message that it rejects; its status tells.
 * @see https://www.infobip.com/docs/api/channels/sms/outbound-sms/send-sms-messages
 * @throws ConnectorError of each kind; `retry` only for a request that Infobip throttled
 */
async function send(message: Message, context: SendContext<InfobipConfig>): Promise<SendResult> {
  const { config } = context;
  checkText(message);
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/sms/3/messages`,
    headers: {
      authorization: `App ${config.apiKey}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify(requestOf(message, config)),
  });
  if (reply.status >= 400) throw refusedRequest(reply, { message, config });
  const answer = replyGuard.safeParse(reply.json);
  if (reply.status >= 300 || !answer.success) throw unreadableReply(reply);
  const { messages } = answer.data;
  const refused = messages.find(({ status }) => !acceptedGroups.has(status.groupName));
  if (refused) throw refusedMessage(refused.status, reply, { message, config });
  return { providerMessageId: messages[0]?.messageId ?? message.messageId, text: message.text };
}

function requestOf(message: Message, { from }: InfobipConfig) {
  const amount = Math.min(maxValiditySeconds, Math.max(1, Math.floor(message.lifetimeSeconds)));
  return {
    messages: [
      {
        sender: from,
        destinations: [{ to: message.to.slice(1), messageId: message.messageId }],
        content: { text: message.text },
        options: { validityPeriod: { amount, timeUnit: 'SECONDS' } },
        ...(message.reportUrl && {
          webhooks: { delivery: { url: message.reportUrl, contentType: 'application/json' } },
        }),
      },
    ],
  };
}

function checkText(message: Message): void {
  const bytes = Buffer.byteLength(message.text);
  if (message.text.trim() !== '' && bytes <= maxTextBytes) return;
  throw textError(message, `is ${bytes} bytes long; Infobip takes 1 to ${maxTextBytes} and no blank text.`);
}
