import { z } from 'zod';
import type { BackupCodeState } from '../accounts/backup-codes.ts';
import { backupCode } from '../experience/second-factors.ts';

/** What stands in for a second code of a user, as Logto lists it. */
export const verificationsReply = z.array(
  z.object({
    id: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().optional(),
    type: z.literal(backupCode),
    remainCodes: z.int().describe('How many of the codes are unused.'),
  }),
);

/** @param state undefined where a user has no codes */
export const toVerifications = (state: BackupCodeState | undefined): z.infer<typeof verificationsReply> =>
  state === undefined
    ? []
    : [
        {
          id: state.id,
          createdAt: new Date(state.createdAt).toISOString(),
          ...(state.lastUsedAt !== null && { lastUsedAt: new Date(state.lastUsedAt).toISOString() }),
          type: backupCode,
          remainCodes: state.left,
        },
      ];
