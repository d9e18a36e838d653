import { channels } from '@sesame/connector-kit';
import { z } from 'zod';
import { keyed } from '../../../messaging/recipient.ts';
import { amountOf } from '../../../protection/money/amount.ts';
import { outcomeOf, outcomes } from '../../../store/outcomes.ts';
import type { MessagesTable } from '../../../store/tables/messages.ts';

export const tags = ['Messages'];

export const stateSchema = z.enum([
  'sending',
  'accepted',
  'delivered',
  'undelivered',
  'failed',
  'unclear',
  'suppressed',
]);

export const outcomeSchema = z
  .enum(outcomes)
  .describe('What the message came to: `verified` once the right code was entered, else its `state`.');

export const channelSchema = z.enum(channels);

/** A message; never its code. */
export const messageSchema = z.object({
  id: z.string(),
  channel: channelSchema,
  recipient: z.string().describe('A number in E.164, or an address in lower case.'),
  country: z.string().nullable().describe('Of the number (ISO 3166-1 alpha-2); null for a mail.'),
  usageType: z.string(),
  locale: z
    .string()
    .nullable()
    .describe('Of the languages that the person wishes, the one that the templates meet, else the first (BCP 47).'),
  connectorFactoryId: z.string().nullable(),
  connectorId: z.string().nullable().describe('Null for a test message.'),
  state: stateSchema.describe('What the provider said last.'),
  outcome: outcomeSchema,
  providerMessageId: z.string().nullable(),
  error: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
  verifiedAt: z.int().nullable(),
  deliveredAt: z.int().nullable().describe('When the report that it was delivered came.'),
  parts: z.int().nullable().describe('How many SMS it was billed as.'),
  price: z
    .object({ amount: z.string().describe('A decimal number.'), currency: z.string().describe('ISO 4217.') })
    .nullable()
    .describe('What the provider says that it cost.'),
  estimatedParts: z.int().nullable().describe('How many SMS the text takes, by our count; null for a mail.'),
  cost: z
    .object({ amount: z.string().describe('A decimal number.'), currency: z.string(), isEstimated: z.boolean() })
    .nullable()
    .describe(
      'What it cost: by our prices, until the provider says it; null for a mail, and for what no provider took.',
    ),
  network: z.string().nullable().describe('Of the phone: its country and network code (MCC and MNC).'),
});

/** A message as the API shows it. */
export function describe(message: MessagesTable) {
  return {
    id: message.id,
    channel: keyed(message.recipient).channel,
    recipient: message.recipient,
    country: message.country,
    usageType: message.usage_type,
    locale: message.locale,
    connectorFactoryId: message.factory_id,
    connectorId: message.connector_id,
    state: message.state,
    outcome: outcomeOf(message),
    providerMessageId: message.provider_message_id,
    error: message.error === null ? null : (JSON.parse(message.error) as Record<string, unknown>),
    createdAt: message.created_at,
    updatedAt: message.updated_at,
    verifiedAt: message.verified_at,
    deliveredAt: message.delivered_at ?? null,
    parts: message.parts ?? null,
    price: message.price && message.currency ? { amount: message.price, currency: message.currency } : null,
    estimatedParts: message.estimated_parts ?? null,
    cost: costOf(message),
    network: message.network ?? null,
  };
}

/** As figures count it: what no provider took costs nothing, unless the provider says so. */
function costOf({ state, cost, cost_currency, cost_is_estimated }: MessagesTable) {
  const isEstimated = cost_is_estimated !== 0;
  const isSpared = isEstimated && (state === 'failed' || state === 'suppressed');
  if (isSpared || cost === null || cost === undefined) return null;
  return { amount: amountOf(cost), currency: cost_currency ?? '', isEstimated };
}
