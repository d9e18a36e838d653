import {
  type Afterwards,
  amountOf,
  type DeliveryReport,
  getFromProvider,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SentMessage,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { headersOf, messagesOf, type TwilioConfig } from './config.ts';
import { notTaken } from './refusals.ts';
import { reportOfStatus } from './reports.ts';

/** Asks Twilio for what it says only when asked, and tells it which codes were typed in. */
export function afterwards(context: SendContext<TwilioConfig>): Afterwards {
  const { askForReports, askForPrices = true, tellVerified } = context.config;
  const ask = (message: SentMessage) => askAbout(message, context);
  return {
    ...(askForReports && { askOutcome: ask }),
    ...(askForPrices && { askPrice: ask }),
    ...(tellVerified && { tellVerified: (message) => confirm(message, context) }),
  };
}

const messageGuard = z.object({
  sid: z.string().min(1),
  status: z.string(),
  error_code: z.coerce.string().nullish().catch(undefined),
  error_message: z.string().nullish().catch(undefined),
  price: z.string().nullish().catch(undefined),
  price_unit: z.string().nullish().catch(undefined),
  num_segments: z.coerce.number().nullish().catch(undefined),
});

/**
 * What Twilio knows of a message: the price some minutes after it was sent.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#fetch-a-message-resource
 */
async function askAbout(message: SentMessage, context: SendContext<TwilioConfig>): Promise<DeliveryReport[]> {
  const { config } = context;
  const url = `${messagesOf(config)}/${encodeURIComponent(message.providerMessageId)}.json`;
  const reply = await getFromProvider(context, { url, headers: headersOf(config) });
  const { status, error_code, error_message, price, price_unit, num_segments } = read(reply, messageGuard, config);
  const report = reportOfStatus(status, error_code ?? undefined, error_message);
  const amount = amountOf(price);
  if (!report) return [];
  return [
    {
      ...report,
      providerMessageId: message.providerMessageId,
      parts: num_segments || undefined,
      price: amount !== undefined && price_unit ? { amount, currency: price_unit.toUpperCase() } : undefined,
    },
  ];
}

/** @see https://www.twilio.com/docs/messaging/api/message-feedback-resource */
async function confirm({ providerMessageId }: SentMessage, context: SendContext<TwilioConfig>): Promise<void> {
  const { config } = context;
  const reply = await postToProvider(context, {
    url: `${messagesOf(config)}/${encodeURIComponent(providerMessageId)}/Feedback.json`,
    headers: { ...headersOf(config), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Outcome=confirmed',
  });
  read(reply, z.object({ outcome: z.string() }), config);
}

function read<Guard extends z.ZodType>(reply: ProviderReply, guard: Guard, config: TwilioConfig): z.output<Guard> {
  if (reply.status >= 400) throw notTaken(reply, config);
  const body = guard.safeParse(reply.json);
  if (reply.status >= 300 || !body.success) throw unreadableReply(reply);
  return body.data;
}
