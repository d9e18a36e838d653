import { channels, type ParsedEmail, type ParsedPhone, withPlainDigits } from '@sesame/connector-kit';
import { z } from 'zod';
import { patternsOf, readMeantNumber } from '../../../accounts/meant-number.ts';
import { asciiAddress } from '../../../accounts/meant-user.ts';
import type { Connectors } from '../../../connectors/connectors.ts';
import { ApiError } from '../../../errors.ts';
import { idsOfFailing } from '../../../messaging/failing.ts';
import { addressPattern, keyed, userColumns } from '../../../messaging/recipient.ts';
import type { Platform } from '../../../platform.ts';
import { amountOf } from '../../../protection/money/amount.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import { listReports } from '../../../store/message-reports.ts';
import { everyMessage, findMessage, listMessages } from '../../../store/messages.ts';
import { outcomeOf, outcomes } from '../../../store/outcomes.ts';
import type { MessageReportsTable, MessagesTable } from '../../../store/schema.ts';
import type { Store } from '../../../store/store.ts';
import { findUser } from '../../../store/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { takeRole } from '../../roles.ts';
import { emailSchema, errorResponses, idParams, phoneSchema } from '../../schemas.ts';

const stateSchema = z.enum(['sending', 'accepted', 'delivered', 'undelivered', 'failed', 'unclear', 'suppressed']);

const outcomeSchema = z
  .enum(outcomes)
  .describe('What the message came to: `verified` once the right code was entered, else its `state`.');

const channelSchema = z.enum(channels);

const messageSchema = z.object({
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

const reportSchema = z.object({
  state: z.enum(['sent', 'delivered', 'undelivered']).describe('`sent`: on its way to the carrier.'),
  receivedAt: z.int(),
  providerAt: z.int().nullable().describe('When it happened, by the provider’s clock.'),
  providerCode: z.string().nullable(),
  providerMessage: z.string().nullable(),
});

const tags = ['Messages'];

type Deps = { store: Store; platform: Platform; secretKeys: SecretKeys; connectors: Pick<Connectors, 'allLive'> };

/** What finds messages that lack something. */
const none = 'none';
const orNull = (value: string | undefined) => (value === none ? null : value);

/** `GET /api/messages` and `GET /api/messages/:id` */
export function getMessages(app: AppInstance, deps: Deps): void {
  const { store, platform } = deps;
  app.get(
    '/messages',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'List the messages that were sent',
        description: `What was sent to whom through what, and what became of it; never the code. For viewers numbers and addresses are masked, and \`phone\`, \`email\` and \`search\` take an operator. \`phone\`, \`email\`, \`state\` and \`outcome\` (but for \`accepted\` and \`verified\`) and \`error\` are found by an index; anything else is looked for from the newest message on.\n\n${aboutPages}`,
        querystring: longListQuery.extend({
          phone: phoneSchema.optional(),
          email: emailSchema.optional(),
          channel: channelSchema.optional(),
          userId: z.string().max(128).optional().describe('Only to the number and the address that this user has.'),
          search: z
            .string()
            .max(320)
            .refine(
              (typed) => /[\p{L}\p{Nd}@]/u.test(typed),
              'Give some digits of the number, or a part of the address.',
            )
            .optional()
            .describe(
              'Any part of a number, as people type it: its end, `0151…` without the country code, its beginning with a plus. With a letter or an @ in it, any part of an address; labels of its domain as a whole where they are in another script.',
            ),
          outcome: outcomeSchema.optional(),
          state: stateSchema
            .optional()
            .describe('What the provider said last, whether or not the code was entered; see `outcome`.'),
          error: z
            .string()
            .max(128)
            .optional()
            .describe('Code of what went wrong, for example `connector.general`; `none`: where there is none.'),
          errorKind: z
            .enum(['recipient', 'limit', 'configuration', 'unclear', none])
            .optional()
            .describe('What kind of failure it was, as `error.kind` says; `none`: where it says nothing.'),
          providerCode: z
            .string()
            .max(128)
            .optional()
            .describe("The provider's own code, as `error.providerCode` says; `none`: where it says nothing."),
          failing: z
            .string()
            .max(64)
            .optional()
            .describe('`id` of a reason of `GET /api/dashboard/failures`: only the messages that it counts now.'),
          tests: z
            .enum(['true', 'false'])
            .transform((text) => text === 'true')
            .optional()
            .describe('Only test messages, or none of them.'),
          usageType: z.string().optional(),
          country: z.string().length(2).toUpperCase().optional(),
          connectorFactoryId: z.string().optional().describe('`none`: where no connector was set up.'),
          connectorId: z.string().optional(),
        }),
        response: {
          200: z.array(messageSchema),
          ...errorResponses('request.too_broad', 'system.too_many_reads', 'entity.not_found'),
        },
      },
    },
    async (request, reply) => {
      const { phone, email, search, userId, connectorFactoryId, error, errorKind, providerCode, failing, ...rest } =
        request.query;
      if (phone || email || search) takeRole(request, 'operator');
      const filter = {
        ...rest,
        recipients: await recipientsOf(store, { phone, email, userId }),
        recipientLike: search === undefined ? undefined : patternsFor(search),
        factoryId: orNull(connectorFactoryId),
        errorCode: orNull(error),
        errorKind: orNull(errorKind),
        providerCode: orNull(providerCode),
        ids: failing === undefined ? undefined : await idsOfFailing(deps, failing),
      };
      return answerLongList(request, reply, deps, {
        table: 'messages',
        columns: Object.keys(messageSchema.shape),
        page: async (page) => {
          const { rows, ...listed } = await listMessages(store, filter, page, platform.now);
          return { ...listed, entries: rows.map(describe) };
        },
        async *every(start) {
          for await (const rows of everyMessage(store, filter, start)) yield rows.map(describe);
        },
      });
    },
  );
  app.get(
    '/messages/:id',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'Get a message',
        params: idParams,
        response: {
          200: messageSchema.extend({
            userId: z.string().nullable().describe('Who has the number or the address now; null where nobody has.'),
            reports: z.array(reportSchema).describe('What the provider reported, in the order in which it came.'),
          }),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async ({ params }) => {
      const message = await findMessage(store, params.id);
      if (!message) throw new ApiError('entity.not_found');
      const { channel, key } = keyed(message.recipient);
      const [user, reports] = await Promise.all([
        findUser(store, userColumns[channel], key),
        listReports(store, message.id),
      ]);
      return { ...describe(message), userId: user?.id ?? null, reports: reports.map(describeReport) };
    },
  );
}

type Asked = { phone?: ParsedPhone | undefined; email?: ParsedEmail | undefined; userId?: string | undefined };

/** Whose messages are asked for: who is named, else whoever a user is; undefined for all. @throws ApiError `entity.not_found` */
async function recipientsOf(store: Store, { phone, email, userId }: Asked): Promise<string[] | undefined> {
  const named = [phone?.e164, email?.key].filter((key) => key !== undefined);
  if (named.length > 0 || userId === undefined) return named.length > 0 ? named : undefined;
  const user = await findUser(store, 'id', userId);
  if (!user) throw new ApiError('entity.not_found');
  return [user.phone, user.email_key].filter((key) => key !== null);
}

/** The patterns of numbers and addresses that somebody means by a part of them. */
function patternsFor(typed: string): string[] {
  const mayBeNumber = /\p{Nd}/u.test(typed) && !typed.includes('@');
  return [
    ...(mayBeNumber ? likePart(typed) : []),
    ...(/[\p{L}@]/u.test(typed) ? [addressPattern(asciiAddress(typed))] : []),
  ];
}

/** The patterns of numbers that may be meant; whatever else is typed beside the digits makes no difference. */
function likePart(typed: string): string[] {
  const meant = readMeantNumber(withPlainDigits(typed).replace(/[^+\d()]|(?!^)\+/g, ''));
  return meant ? patternsOf(meant) : [];
}

function describe(message: MessagesTable) {
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

const describeReport = (report: MessageReportsTable) => ({
  state: report.state,
  receivedAt: report.received_at,
  providerAt: report.provider_at,
  providerCode: report.provider_code,
  providerMessage: report.provider_message,
});
