import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import { z } from 'zod';
import { mayBeMeant, readMeantNumber } from '../../../accounts/meant-number.ts';
import { fold } from '../../../accounts/user-search-keys.ts';
import type { Connectors } from '../../../connectors/connectors.ts';
import type { Platform } from '../../../platform.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import { codeStates, findCodeStates } from '../../../store/inbox-codes.ts';
import type { Store } from '../../../store/store.ts';
import { findUsersOfPhones } from '../../../store/users-of-phones.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { seesNumbers, takeRole } from '../../roles.ts';
import { errorResponses, phoneSchema } from '../../schemas.ts';
import { inOrder, pageOf } from './inbox-page.ts';
import { requireInboxInUse } from './require-inbox-in-use.ts';

const codeState = z
  .enum(codeStates)
  .describe('Whether the code can still be entered; `expired` also where a newer one replaced it.');

const entrySchema = z.object({
  id: z.string(),
  phone: z.string(),
  usageType: z.string(),
  text: z.string(),
  code: z.string().nullable(),
  codeState: codeState.nullable().describe('Null where no code is checked, as for the test of a connector.'),
  userId: z.string().nullable().describe('The user who has the number.'),
  locale: z.string().nullable(),
  createdAt: z.string(),
});

type Deps = {
  connectors: Connectors;
  inbox: DevelopmentInbox;
  store: Store;
  platform: Platform;
  secretKeys: SecretKeys;
};

/** `GET /api/development-inbox` */
export function getDevelopmentInbox(app: AppInstance, deps: Deps): void {
  const { connectors, inbox, store, platform } = deps;

  /** Everything that is there, with what the database knows of it. */
  async function readInbox(phone: string | undefined, isShown: boolean) {
    const messages = inbox.messages(phone);
    const states = await findCodeStates(
      store,
      messages.map(({ id }) => id),
      platform.now(),
    );
    const users = await findUsersOfPhones(store, [...new Set(messages.map((message) => message.phone))]);
    return messages.map((message) => ({
      ...(isShown ? message : withoutCode(message)),
      at: Date.parse(message.createdAt),
      code: (isShown && message.code) || null,
      codeState: (message.code && states.get(message.id)) || null,
      userId: users.get(message.phone) ?? null,
      locale: message.locale ?? null,
    }));
  }

  app.get(
    '/development-inbox',
    {
      config: { role: 'viewer', scope: 'all' },
      schema: {
        tags: ['Development inbox'],
        summary: 'List what the development inbox holds',
        description: `Answers 404 whenever the development inbox is not the live connector. It keeps the newest 1000 messages in memory, and all of them are on one page where nothing is said. Viewers see neither codes nor whole numbers, and \`phone\` and \`search\` take an operator.\n\n${aboutPages}`,
        querystring: longListQuery.extend({
          phone: phoneSchema.optional(),
          search: z.string().max(256).optional().describe('A part of the text, or of the number as people type it.'),
          usageType: z.string().optional(),
          codeState: codeState.optional(),
        }),
        response: { 200: z.array(entrySchema), ...errorResponses('entity.not_found', 'system.too_many_reads') },
      },
    },
    async (request, reply) => {
      const { phone, search, usageType, codeState, from = 0, until = Number.POSITIVE_INFINITY } = request.query;
      if (phone || search) takeRole(request, 'operator');
      await requireInboxInUse(connectors);
      const rows = (await readInbox(phone?.e164, seesNumbers(request))).filter(
        (row) =>
          (usageType === undefined || row.usageType === usageType) &&
          (codeState === undefined || row.codeState === codeState) &&
          row.at >= from &&
          row.at < until &&
          (search === undefined || holds(row, search)),
      );
      return answerLongList(request, reply, deps, {
        table: 'development_inbox',
        columns: Object.keys(entrySchema.shape),
        pageSize: 1000,
        async page(page) {
          const { rows: entries, ...listed } = pageOf(rows, page);
          return { ...listed, entries: entries.map(withoutPlace) };
        },
        async *every(start) {
          yield inOrder(rows, start).map(withoutPlace);
        },
      });
    },
  );
}

const withoutPlace = <Row extends { at: number }>({ at: _, ...entry }: Row) => entry;

/** Whether a part of the text was typed, or what may mean the number. */
function holds({ text, phone }: { text: string; phone: string }, search: string): boolean {
  const meant = readMeantNumber(search);
  return fold(text).includes(fold(search)) || (meant !== undefined && mayBeMeant(meant, phone));
}

type InboxMessage = ReturnType<DevelopmentInbox['messages']>[number];

/** As a viewer sees it: whoever has a code can sign in as somebody else. */
const withoutCode = ({ text, ...message }: InboxMessage): InboxMessage => ({
  ...message,
  code: '',
  text: text.replaceAll(/\d/g, '*'),
});
