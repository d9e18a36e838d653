import { type ParsedEmail, type ParsedPhone, withPlainDigits } from '@sesame/connector-kit';
import { z } from 'zod';
import { patternsOf, readMeantNumber } from '../../../accounts/meant-number.ts';
import { asciiAddress } from '../../../accounts/meant-user.ts';
import { recipientsOf, toUser } from '../../../accounts/user-record.ts';
import type { Connectors } from '../../../connectors/connectors.ts';
import { ApiError } from '../../../errors.ts';
import { idsOfFailing } from '../../../messaging/failing.ts';
import { addressPattern } from '../../../messaging/recipient.ts';
import type { Platform } from '../../../platform.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import { everyMessage, listMessages, type MessageFilter } from '../../../store/messages.ts';
import { listRecipientChanges } from '../../../store/recipient-changes.ts';
import type { Store } from '../../../store/store.ts';
import { findUser } from '../../../store/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { takeRole } from '../../roles.ts';
import { emailSchema, errorResponses, phoneSchema } from '../../schemas.ts';
import { channelSchema, describe, messageSchema, outcomeSchema, stateSchema, tags } from './message-schemas.ts';

type Deps = { store: Store; platform: Platform; secretKeys: SecretKeys; connectors: Pick<Connectors, 'allLive'> };

/** What finds messages that lack something. */
const none = 'none';
const orNull = (value: string | undefined) => (value === none ? null : value);

/** `GET /api/messages` */
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
          userId: z
            .string()
            .max(128)
            .optional()
            .describe('Only to the numbers and addresses that this user has, and notices to the user at those before.'),
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
        ...(await askedFor(store, { phone, email, userId })),
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
}

type Asked = { phone?: ParsedPhone | undefined; email?: ParsedEmail | undefined; userId?: string | undefined };

/**
 * Whose messages are asked for: who is named, else whoever a user is; nothing for all.
 * @throws ApiError `entity.not_found`
 */
async function askedFor(
  store: Store,
  { phone, email, userId }: Asked,
): Promise<Pick<MessageFilter, 'recipients' | 'user'>> {
  const named = [phone?.e164, email?.key].filter((key) => key !== undefined);
  if (named.length > 0) return { recipients: named };
  if (userId === undefined) return {};
  const user = await findUser(store, 'id', userId);
  if (!user) throw new ApiError('entity.not_found');
  const recipients = recipientsOf(toUser(user)).map((each) => each.toLowerCase());
  const changes = await Promise.all((['phone', 'email'] as const).map((of) => listRecipientChanges(store, of, userId)));
  const before = changes.flat().flatMap((change) => change.before?.toLowerCase() ?? []);
  return { recipients: [...new Set([...recipients, ...before])], user: { id: userId, recipients } };
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
