import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { keyed, userColumns } from '../../../messaging/recipient.ts';
import { findAdministrator } from '../../../store/administrators.ts';
import { findApplication } from '../../../store/applications.ts';
import { listReports } from '../../../store/message-reports.ts';
import { findMessage } from '../../../store/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { MessageReportsTable, MessagesTable } from '../../../store/tables/messages.ts';
import { findUser } from '../../../store/users.ts';
import { type Asking, throughs } from '../../../verification/asking.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { reasonsSchema } from '../protection/protection-schemas.ts';
import { describe, messageSchema, tags } from './message-schemas.ts';

const reportSchema = z.object({
  state: z.enum(['sent', 'delivered', 'undelivered']).describe('`sent`: on its way to the carrier.'),
  receivedAt: z.int(),
  providerAt: z.int().nullable().describe('When it happened, by the provider’s clock.'),
  providerCode: z.string().nullable(),
  providerMessage: z.string().nullable(),
});

const named = z.object({
  id: z.string(),
  name: z.string().nullable().describe('As it is now; null where there is none of this id any more.'),
});

const askedSchema = z.object({
  through: z.enum(throughs).nullable(),
  application: named.nullable().describe('That people sign in to, or whose token it was asked for with.'),
  administrator: named.nullable().describe('Who asked for it in the Console.'),
  network: z.string().nullable().describe('That the end user is in: of many, so that it names nobody.'),
  device: z
    .enum(['known', 'new', 'named'])
    .nullable()
    .describe('Whether the browser had signed in to the account before; `named`: a back end named a device.'),
  passed: z.enum(['check', 'wait']).nullable().describe('What was passed of a human check, where one was asked for.'),
  decided: z
    .object({
      decision: z
        .enum(['go', 'check', 'refuse', 'failed'])
        .describe('What the guard decided; `failed`: it could not, and the message went all the same.'),
      isEnforced: z.boolean().describe('False where decisions are recorded only.'),
      isKnown: z.boolean().describe('Whether it went to a known number, or for a known browser.'),
      reasons: reasonsSchema.describe('Why it did not go at once, or would not have.'),
    })
    .nullable()
    .describe('Null where the guard decides on nothing, as on mails.'),
});

const followedSchema = messageSchema.extend({
  userId: z
    .string()
    .nullable()
    .describe('Who has the number or the address now, and of a notice whose account it is about; null for nobody.'),
  asked: askedSchema
    .nullable()
    .describe('Who asked for it, and what was decided; null where nobody wrote it down, and of notices.'),
  handedAt: z.int().nullable().describe('When it was handed to the connector.'),
  acceptedAt: z.int().nullable().describe('When the provider took it.'),
  wrongAnswersAt: z.array(z.int()).describe('When answers were wrong that were given while it was the last message.'),
  reports: z.array(reportSchema).describe('What the provider reported, in the order in which it came.'),
});

/** `GET /api/messages/:id` */
export function getMessage(app: AppInstance, { store }: { store: Store }): void {
  app.get(
    '/messages/:id',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'Get a message',
        description:
          'With its way: who asked for it, what was decided, when it was handed over and taken, what was reported, and when answers were wrong or right.',
        params: idParams,
        response: { 200: followedSchema, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => {
      const message = await findMessage(store, params.id);
      if (!message) throw new ApiError('entity.not_found');
      const { channel, key } = keyed(message.recipient);
      const { noticeOf } = askingOf(message);
      const [user, reports, asked] = await Promise.all([
        noticeOf ? findUser(store, 'id', noticeOf) : findUser(store, userColumns[channel], key),
        listReports(store, message.id),
        askedOf(store, message),
      ]);
      return {
        ...describe(message),
        userId: user?.id ?? null,
        asked,
        handedAt: message.handed_at ?? null,
        acceptedAt: message.accepted_at ?? null,
        wrongAnswersAt: (message.wrong_at?.split(' ') ?? []).map(Number),
        reports: reports.map(describeReport),
      };
    },
  );
}

const askingOf = ({ asked }: MessagesTable): Asking => (asked ? JSON.parse(asked) : {});

async function askedOf(store: Store, message: MessagesTable): Promise<z.input<typeof askedSchema> | null> {
  const { through = null, applicationId, administratorId, network = null, ...asking } = askingOf(message);
  if (!message.asked || asking.noticeOf !== undefined) return null;
  const [application, administrator] = await Promise.all([
    applicationId === undefined ? undefined : findApplication(store, applicationId),
    administratorId === undefined ? undefined : findAdministrator(store, 'id', administratorId),
  ]);
  return {
    through,
    application: applicationId === undefined ? null : { id: applicationId, name: application?.name ?? null },
    administrator:
      administratorId === undefined ? null : { id: administratorId, name: administrator?.username ?? null },
    network,
    device: asking.device ?? null,
    passed: asking.passed ?? null,
    decided: asking.decided ?? null,
  };
}

const describeReport = (report: MessageReportsTable) => ({
  state: report.state,
  receivedAt: report.received_at,
  providerAt: report.provider_at,
  providerCode: report.provider_code,
  providerMessage: report.provider_message,
});
