import { type BackupCodeState, type BackupCodes, readBackupCodes } from '../accounts/backup-codes.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { AccountCenterStore } from '../experience/account-center.ts';
import { takesBackupCodes } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { AccountAccess, ProvenPerson } from './account-access.ts';
import { checkMaySee } from './account-fields.ts';
import type { OwnFactors } from './own-factors.ts';
import type { Verifications } from './verifications.ts';

type Deps = {
  users: Users;
  backupCodes: BackupCodes;
  ownFactors: OwnFactors;
  verifications: Verifications;
  experience: SignInExperienceStore;
  accountCenter: AccountCenterStore;
  /** @throws ApiError `verification_record.permission_denied` */
  requireProofOfPerson: (access: AccountAccess, id: string | undefined) => Promise<ProvenPerson>;
  /** @throws ApiError `account_center.*`, `auth.unauthorized`, `request.sign_in_rate_limited` */
  admitChange: (access: AccountAccess, field: 'mfa') => Promise<void>;
};

/** The backup codes of a signed-in user. Refusals come in Logto's order. */
export function createAccountBackupCodes(deps: Deps) {
  const { users, backupCodes, ownFactors, verifications, experience, accountCenter } = deps;
  const { requireProofOfPerson, admitChange } = deps;

  /** @throws ApiError `session.mfa.mfa_factor_not_enabled`, `session.mfa.backup_code_can_not_be_alone` */
  async function checkMayHave(userId: string): Promise<void> {
    const { mfa } = await experience.read();
    if (!takesBackupCodes(mfa)) throw new ApiError('session.mfa.mfa_factor_not_enabled');
    if ((await ownFactors.wanted(mfa, await users.getWithValidFrom(userId))).length === 0) {
      throw new ApiError('session.mfa.backup_code_can_not_be_alone');
    }
  }

  return {
    checkMayHave,

    /** Whether a user may have codes. */
    mayHave: (userId: string): Promise<boolean> =>
      checkMayHave(userId).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ApiError && error.status < 500) return false;
          throw error;
        },
      ),

    /** The codes that the user has. @throws ApiError `account_center.field_not_enabled`, `auth.unauthorized` */
    async find({ userId, scopes }: AccountAccess): Promise<BackupCodeState | undefined> {
      checkMaySee(await accountCenter.read(), scopes, 'mfa');
      return backupCodes.find(userId);
    },

    /** New codes, which are nobody's yet. */
    generate: backupCodes.generate,

    /** Makes codes to be shown, which are the user's once they were kept. @throws as `checkMayHave` */
    async show({ userId, subject }: AccountAccess): Promise<{ id: string; codes: string[] }> {
      await checkMayHave(userId);
      const codes = backupCodes.generate();
      const id = await verifications.ofNewBackupCodes(subject, userId, backupCodes.digestsOf(codes, userId));
      return { id, codes };
    },

    /**
     * The user has kept the codes that were shown; those before end.
     * @throws ApiError `verification_record.*`, `account_center.*`, `request.sign_in_rate_limited`; as `checkMayHave`
     */
    async keep(access: AccountAccess, shownId: string, personId: string | undefined): Promise<void> {
      const { proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, 'mfa');
      await checkMayHave(access.userId);
      const digests = await verifications.backupCodesOf(access.subject, access.userId, shownId);
      if (!digests) throw new ApiError('verification_record.not_found');
      await backupCodes.set(access.userId, digests, proven);
    },

    /**
     * Gives the user codes that an application has shown, where there are none that are unused.
     * @throws as `keep`; ApiError `user.wrong_backup_code_format`, `user.backup_code_already_in_use`
     */
    async add(access: AccountAccess, given: readonly string[], personId: string | undefined): Promise<void> {
      const { proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, 'mfa');
      await checkMayHave(access.userId);
      const digests = backupCodes.digestsOf(readBackupCodes(given), access.userId);
      await backupCodes.set(access.userId, digests, { ...proven, isFirst: true });
    },
  };
}
