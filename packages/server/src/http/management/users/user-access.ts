import { z } from 'zod';
import { keyed } from '../../../messaging/recipient.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, time, userParams } from './user-schemas.ts';

const recipientLock = z
  .object({
    failures: z.int().describe('Wrong codes in a row, of everybody.'),
    maxFailures: z.int(),
    isLocked: z.boolean().describe('Whether so many were wrong that nobody’s answer is taken, until it is unlocked.'),
    blocked: z
      .array(
        z.object({
          caller: z.enum(['strangers', 'back-end', 'known-browser']),
          until: time.nullable().describe('Null: until it is unlocked.'),
        }),
      )
      .describe('Whose answers are not taken.'),
    messages: z
      .array(
        z.object({
          caller: z.enum(['strangers', 'back-end']),
          sent: z.int().describe('In the window that is open.'),
          limit: z.int(),
          nextAt: time.nullable().describe('When the next message may be sent; null for at once.'),
        }),
      )
      .describe('What counts against the limits on messages.'),
  })
  .describe(
    'What keeps the number, or the address, from getting codes and answering them. `POST /api/verification-codes/unlock` unlocks.',
  );

const accessReply = z.object({
  isSuspended: z.boolean(),
  hasPassword: z.boolean(),
  passwordSetAt: time.nullable().describe('Null where there is none, or where it was set before this was kept.'),
  lock: recipientLock.nullable().describe('Null for a user without a number.'),
  emailLock: recipientLock.nullable().describe('Of the address; null for a user without one.'),
});

type Deps = Pick<Services, 'users' | 'verification'>;

/** `GET /api/users/:userId/access` */
export function userAccess(app: AppInstance, { users, verification }: Deps): void {
  app.get(
    '/users/:userId/access',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'Say what keeps a user from signing in',
        description:
          'Whether the user is suspended or has a password, and whether the number and the address are locked or have to wait.',
        params: userParams,
        response: { 200: accessReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }) => {
      const [{ primaryPhone, primaryEmail, isSuspended, hasPassword }, passwordSetAt] = await Promise.all([
        users.get(userId),
        users.passwordSetAt(userId),
      ]);
      const lockOf = async (recipient: string | null) =>
        recipient === null ? null : verification.lockOf(keyed(recipient.toLowerCase()));
      const [lock, emailLock] = await Promise.all([lockOf(primaryPhone), lockOf(primaryEmail)]);
      return { isSuspended, hasPassword, passwordSetAt, lock, emailLock };
    },
  );
}
