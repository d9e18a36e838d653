import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import { channels } from '@sesame/connector-kit';
import { z } from 'zod';
import { mayBeMeant, readMeantNumber } from '../../../accounts/meant-number.ts';
import { asciiAddress, readableAddress } from '../../../accounts/meant-user.ts';
import { fold } from '../../../accounts/user-search-keys.ts';
import type { Connectors } from '../../../connectors/connectors.ts';
import type { Platform } from '../../../platform.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import { type CodeState, codeStates, findCodeStates } from '../../../store/inbox-codes.ts';
import type { Store } from '../../../store/store.ts';
import { findUsersOfRecipients } from '../../../store/users-of-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { seesNumbers, takeRole } from '../../roles.ts';
import { emailSchema, errorResponses, phoneSchema } from '../../schemas.ts';
import { inOrder, pageOf } from './inbox-page.ts';
import { requireInboxInUse } from './require-inbox-in-use.ts';

const codeState = z
  .enum(codeStates)
  .describe('Whether the code can still be entered; `expired` also where a newer one replaced it.');

const entrySchema = z.object({
  id: z.string(),
  channel: z.enum(channels),
  phone: z.string().nullable().describe('Null for a mail.'),
  email: z.string().nullable().describe('Null for an SMS.'),
  usageType: z.string(),
  subject: z.string().nullable().describe('Null for an SMS.'),
  text: z.string(),
  html: z.string().nullable().describe('Null for an SMS, and for viewers.'),
  code: z.string().nullable(),
  codeState: codeState.nullable().describe('Null where no code is checked, as for the test of a connector.'),
  userId: z.string().nullable().describe('The user who has the number or the address.'),
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
  async function readInbox(recipient: string | undefined, isShown: boolean) {
    const messages = inbox.messages(recipient);
    const states = await findCodeStates(
      store,
      messages.map(({ id }) => id),
      platform.now(),
    );
    const stateOf = withOneCode(messages, states);
    const users = await findUsersOfRecipients(store, [
      ...new Set(messages.map(({ recipient }) => recipient.toLowerCase())),
    ]);
    return messages.map(({ recipient, ...message }) => ({
      ...message,
      ...(isShown ? withParts(message) : withoutCode(message)),
      phone: message.channel === 'Sms' ? recipient : null,
      email: message.channel === 'Email' ? recipient : null,
      at: Date.parse(message.createdAt),
      code: (isShown && message.code) || null,
      codeState: (message.code && stateOf({ recipient, ...message })) || null,
      userId: users.get(recipient.toLowerCase()) ?? null,
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
        description: `Answers 404 whenever the development inbox is live neither for SMS nor for email. It keeps the newest 1000 messages in memory, and all of them are on one page where nothing is said. Viewers see neither codes nor whole numbers, and \`phone\`, \`email\` and \`search\` take an operator.\n\n${aboutPages}`,
        querystring: longListQuery.extend({
          phone: phoneSchema.optional(),
          email: emailSchema.optional(),
          channel: z.enum(channels).optional(),
          search: z
            .string()
            .max(256)
            .optional()
            .describe('A part of the subject, the text or the address, or of the number as people type it.'),
          usageType: z.string().optional(),
          codeState: codeState.optional(),
        }),
        response: { 200: z.array(entrySchema), ...errorResponses('entity.not_found', 'system.too_many_reads') },
      },
    },
    async (request, reply) => {
      const {
        phone,
        email,
        search,
        channel,
        usageType,
        codeState,
        from = 0,
        until = Number.POSITIVE_INFINITY,
      } = request.query;
      if (phone || email || search) takeRole(request, 'operator');
      await requireInboxInUse(connectors);
      const rows = (await readInbox(phone?.e164 ?? email?.key, seesNumbers(request))).filter(
        (row) =>
          (channel === undefined || row.channel === channel) &&
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

/** Whether a part of the subject, the text or the address was typed, or what may mean the number. */
function holds(row: { [Part in 'subject' | 'text' | 'phone' | 'email']: string | null }, search: string): boolean {
  const [typed, meant] = [fold(search), readMeantNumber(search)];
  const { subject, text, email } = row;
  if ([subject, text, email && readableAddress(email)].some((part) => part && fold(part).includes(typed))) return true;
  if (email?.toLowerCase().includes(asciiAddress(search).toLowerCase())) return true;
  return meant !== undefined && row.phone !== null && mayBeMeant(meant, row.phone);
}

type InboxMessage = ReturnType<DevelopmentInbox['messages']>[number];

/** As a viewer sees it: whoever has a code can sign in as somebody else. */
const withoutCode = ({ subject, text }: Pick<InboxMessage, 'subject' | 'text'>) => ({
  subject: subject === undefined ? null : withoutDigits(subject),
  text: withoutDigits(text),
  html: null,
});

const withParts = ({ subject, text, html }: Pick<InboxMessage, 'subject' | 'text' | 'html'>) => ({
  subject: subject ?? null,
  text,
  html: html ?? null,
});

const withoutDigits = (text: string) => text.replaceAll(/\d/g, '*');

type CodeMessage = { id: string; recipient: string; code?: string | undefined };

/** A code that went out again is good, or used, in all of its messages; the database knows of the last one. */
function withOneCode(messages: readonly CodeMessage[], states: ReadonlyMap<string, CodeState>) {
  const keyOf = ({ recipient, code }: CodeMessage) => `${recipient.toLowerCase()} ${code}`;
  const bestOf = new Map<string, CodeState>();
  for (const message of messages) {
    const known = [states.get(message.id), bestOf.get(keyOf(message))];
    const best = codeStates.find((state) => known.includes(state));
    if (best) bestOf.set(keyOf(message), best);
  }
  return (message: CodeMessage) => states.has(message.id) && bestOf.get(keyOf(message));
}
