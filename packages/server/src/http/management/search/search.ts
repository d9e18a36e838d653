import { parseEmail } from '@sesame/connector-kit';
import { z } from 'zod';
import { digitsKnown, patternsOf, readMeantNumber } from '../../../accounts/meant-number.ts';
import { asciiAddress } from '../../../accounts/meant-user.ts';
import { recipientsOf } from '../../../accounts/user-record.ts';
import { fold, typedId, typedText } from '../../../accounts/user-search-keys.ts';
import { addressPattern } from '../../../messaging/recipient.ts';
import type { Services } from '../../../services.ts';
import { findMessage } from '../../../store/messages.ts';
import { findMessagesTo, findRecentMessagesLike, listApplicationNames } from '../../../store/search.ts';
import type { MessagesTable } from '../../../store/tables/messages.ts';
import type { AppInstance } from '../../app-instance.ts';
import { seesNumbers } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';

/** Of each kind so many. */
const most = 5;
/** Fewer digits are in too many numbers, and fewer characters begin too many ids. */
const minDigits = 4;
const minOfId = 4;

const found = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      username: z.string().nullable(),
      primaryPhone: z.string().nullable(),
      primaryEmail: z.string().nullable(),
      isSuspended: z.boolean(),
    }),
  ),
  messages: z.array(z.object({ id: z.string(), recipient: z.string(), usageType: z.string(), createdAt: z.int() })),
  applications: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
  mayBeMore: z.boolean().describe('Whether there may be more of a kind than are given.'),
});

type Deps = Pick<Services, 'users' | 'store'>;

/** `GET /api/search` */
export function search(app: AppInstance, { users, store }: Deps): void {
  /** @param recipients numbers and addresses of the users that were found */
  async function findMessages(typed: string, recipients: readonly string[]): Promise<MessagesTable[]> {
    const meant = readMeantNumber(typed);
    const isNumber = meant !== undefined && digitsKnown(meant) >= minDigits;
    if (!isNumber && !/[@.。]/.test(typed)) return [];
    const whole = [...(isNumber ? meant.whole : []), parseEmail(typed)?.key ?? []].flat();
    const known = await findMessagesTo(store, [...new Set([...recipients, ...whole])], most);
    if (known.length > 0) return known;
    return findRecentMessagesLike(store, isNumber ? patternsOf(meant) : [addressPattern(asciiAddress(typed))], most);
  }

  async function findApplications(typed: string) {
    const [id, name] = [typedId(typed), fold(typed)];
    const all = await listApplicationNames(store);
    const isMeant = (known: string) => known === id || (id.length >= minOfId && known.startsWith(id));
    return all.filter((each) => isMeant(each.id) || fold(each.name).includes(name)).slice(0, most);
  }

  app.get(
    '/search',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Search'],
        summary: 'Find users, messages and applications by what somebody types',
        description: `Up to ${most} of each, the newest first. Users by the beginning of a name, of several words of it in any order, of a username, an email address or its domain, of an id (four characters at least), and any part of a number, as it is written at home, too; messages by the same numbers, by addresses and by id, a part from the middle among the newest alone; applications by a part of the name and by the beginning of an id. Capitals, accents, width and what is pasted around it make no difference. For viewers nothing is found by a number or an address.`,
        querystring: z.object({
          q: z
            .string()
            .max(128)
            .transform(typedText)
            .refine(Boolean, 'Say what to look for.')
            .describe('What was typed.'),
        }),
        response: { 200: found, ...errorResponses('system.too_many_reads') },
      },
    },
    async (request) => {
      const { q } = request.query;
      const findsPhones = seesNumbers(request);
      const [people, message, applications] = await Promise.all([
        users.meantBy(q, { findsPhones, limit: most }),
        findMessage(store, typedId(q).toLowerCase()),
        findApplications(q),
      ]);
      const recipients = people.flatMap(recipientsOf).map((one) => one.toLowerCase());
      const messages = message ? [message] : findsPhones ? await findMessages(q, recipients) : [];
      return {
        users: people,
        messages: messages.map(({ id, recipient, usage_type: usageType, created_at: createdAt }) => {
          return { id, recipient, usageType, createdAt };
        }),
        applications,
        mayBeMore: [people, messages, applications].some(({ length }) => length >= most),
      };
    },
  );
}
