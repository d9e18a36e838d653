import type { NoticeChange } from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { changeFactors, type FactorsStill } from '../store/second-factors.ts';
import type { Store } from '../store/store.ts';
import { endingTrustedDevices } from '../store/trusted-devices.ts';
import { findUser, isChangedUser } from '../store/users.ts';
import type { Telling } from '../webhooks/telling.ts';
import type { Noticing } from './noticing.ts';

type Deps = { store: Store; platform: Platform; events: Telling; notices: Noticing };

/** How backup codes and authenticator apps of users change outside of a sign-in. */
export function createFactorChanges({ store, platform, events, notices }: Deps) {
  return {
    /**
     * Changes them, if all holds that it rests on, and tells webhooks and the owner. No browser is trusted any more.
     * @param told what the owner is told of
     * @returns whether it did
     */
    async change(
      userId: string,
      still: FactorsStill,
      { told, changing }: { told: NoticeChange; changing: readonly CompiledQuery<unknown>[] },
    ): Promise<boolean> {
      const now = platform.now();
      const telling = await events.of({ event: 'User.Data.Updated', userId, onlyIf: () => isChangedUser(userId, now) });
      const all = [...changing, endingTrustedDevices(store, userId), ...(await notices.of(userId, told)), ...telling];
      return changeFactors(store, { userId, now }, still, all);
    },

    /** @throws ApiError `entity.not_found` for an unknown user, `verification_record.permission_denied` otherwise */
    async refuse(userId: string): Promise<never> {
      const isThere = (await findUser(store, 'id', userId)) !== undefined;
      throw new ApiError(isThere ? 'verification_record.permission_denied' : 'entity.not_found');
    },
  };
}
export type FactorChanges = ReturnType<typeof createFactorChanges>;
