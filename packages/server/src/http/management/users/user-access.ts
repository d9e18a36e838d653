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
    'What keeps the number, or the address, from getting codes and answering them. `POST /api/verification-codes/unlock` unlocks, and `POST /api/users/:userId/unlock`.',
  );

const passwordLock = z
  .object({
    wrong: z
      .int()
      .describe('Wrong passwords of strangers in the last quarter of an hour, at all names of the account.'),
    maxWrong: z.int(),
    blocked: z
      .array(
        z.object({
          caller: z.enum(['strangers', 'known-browser']),
          at: z
            .enum(['account', 'username', 'primaryPhone', 'primaryEmail', 'otherPhone', 'otherEmail'])
            .describe('`account`: at each of the names, and they are told that the right password is wrong.'),
          until: time,
        }),
      )
      .describe('Whose passwords are not taken.'),
  })
  .describe('What keeps a right password from being taken. `POST /api/users/:userId/unlock` unlocks.');

const secondLock = z
  .object({
    wrong: z.int().describe('The most wrong ones of strangers, or of one browser that is known, in a row.'),
    blocked: z
      .array(
        z.object({
          caller: z.enum(['strangers', 'known-browser']),
          at: z.enum(['totp', 'backup-code']),
          until: time,
        }),
      )
      .describe('Whose codes are not taken.'),
  })
  .describe(
    'What keeps codes of the authenticator app, and backup codes, from being taken. `POST /api/users/:userId/unlock` unlocks.',
  );

const accessReply = z.object({
  isSuspended: z.boolean(),
  hasPassword: z.boolean(),
  passwordSetAt: time.nullable().describe('Null where there is none, or where it was set before this was kept.'),
  passwordLock,
  secondLock,
  lock: recipientLock.nullable().describe('Null for a user without a number.'),
  emailLock: recipientLock.nullable().describe('Of the address; null for a user without one.'),
  otherLocks: z
    .array(z.object({ address: z.string(), lock: recipientLock }))
    .describe('Of the numbers and addresses beside the primary ones.'),
});

type Deps = Pick<Services, 'users' | 'signIns' | 'verification' | 'passwordLocks' | 'secondLocks'>;

/** `GET /api/users/:userId/access` */
export function userAccess(app: AppInstance, deps: Deps): void {
  const { users, signIns, verification, passwordLocks, secondLocks } = deps;
  app.get(
    '/users/:userId/access',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'Say what keeps a user from signing in',
        description:
          'Whether the user is suspended or has a password, and whether the password, the number, the address and what comes second are locked or have to wait.',
        params: userParams,
        response: { 200: accessReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }) => {
      const [user, passwordSetAt] = await Promise.all([users.get(userId), users.passwordSetAt(userId)]);
      const { primaryPhone, primaryEmail, otherPhones = [], otherEmails = [], isSuspended, hasPassword } = user;
      const devices = (await signIns.devices(userId)).map(({ id }) => id);
      const lockOf = async (recipient: string | null) =>
        recipient === null ? null : verification.lockOf(keyed(recipient.toLowerCase()));
      const [lock, emailLock] = await Promise.all([lockOf(primaryPhone), lockOf(primaryEmail)]);
      const others = await Promise.all(
        [...otherPhones, ...otherEmails].map(async (address) => ({
          address,
          lock: await verification.lockOf(keyed(address.toLowerCase())),
        })),
      );
      return {
        isSuspended,
        hasPassword,
        passwordSetAt,
        passwordLock: await passwordLocks.of(user, devices),
        secondLock: await secondLocks.of(userId, devices),
        lock,
        emailLock,
        otherLocks: others,
      };
    },
  );
}
