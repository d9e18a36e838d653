import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { findMessage, listMessages } from '../../../store/messages.ts';
import type { MessagesTable } from '../../../store/schema.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, pagingQuery, sliceOf } from '../../paging.ts';
import { takeRole } from '../../roles.ts';
import { errorResponses, idParams, phoneSchema } from '../../schemas.ts';

const stateSchema = z.enum(['sending', 'accepted', 'delivered', 'undelivered', 'failed', 'unclear', 'suppressed']);

const messageSchema = z.object({
  id: z.string(),
  recipient: z.string(),
  country: z.string().nullable(),
  usageType: z.string(),
  locale: z
    .string()
    .nullable()
    .describe('Of the languages that the person wishes, the one that the templates meet, else the first (BCP 47).'),
  connectorFactoryId: z.string().nullable(),
  connectorId: z.string().nullable().describe('Null for a test message.'),
  state: stateSchema,
  providerMessageId: z.string().nullable(),
  error: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
  verifiedAt: z.int().nullable(),
});

const time = z.coerce.number().int().min(0).describe('Milliseconds since the epoch.');
const tags = ['Messages'];

/** `GET /api/messages` and `GET /api/messages/:id` */
export function getMessages(app: AppInstance, { store }: { store: Store }): void {
  app.get(
    '/messages',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the messages that were sent, newest first',
        description:
          'What was sent to whom through what, and what became of it; never the code. For viewers numbers are masked, and `phone` takes an operator.',
        querystring: pagingQuery.extend({
          phone: phoneSchema.optional(),
          state: stateSchema.optional(),
          usageType: z.string().optional(),
          country: z.string().length(2).toUpperCase().optional(),
          connectorFactoryId: z.string().optional(),
          from: time.optional(),
          until: time.optional(),
        }),
        response: { 200: z.array(messageSchema), ...errorResponses() },
      },
    },
    async (request, reply) => {
      const { phone, connectorFactoryId, ...rest } = request.query;
      if (phone) takeRole(request, 'operator');
      const filter = { ...rest, recipient: phone?.e164, factoryId: connectorFactoryId };
      const { messages, total } = await listMessages(store, filter, sliceOf(request.query));
      describePages(request, reply, { total });
      return messages.map(describe);
    },
  );
  app.get(
    '/messages/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a message',
        params: idParams,
        response: { 200: messageSchema, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => {
      const message = await findMessage(store, params.id);
      if (!message) throw new ApiError('entity.not_found');
      return describe(message);
    },
  );
}

function describe(message: MessagesTable) {
  return {
    id: message.id,
    recipient: message.recipient,
    country: message.country,
    usageType: message.usage_type,
    locale: message.locale,
    connectorFactoryId: message.factory_id,
    connectorId: message.connector_id,
    state: message.state,
    providerMessageId: message.provider_message_id,
    error: message.error === null ? null : (JSON.parse(message.error) as Record<string, unknown>),
    createdAt: message.created_at,
    updatedAt: message.updated_at,
    verifiedAt: message.verified_at,
  };
}
