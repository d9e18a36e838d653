import {
  type AuthenticatorState,
  type Authenticators,
  readGivenSecret,
  type ShownSecret,
} from '../accounts/authenticators.ts';
import type { User } from '../accounts/user-record.ts';
import { ApiError } from '../errors.ts';
import type { AccountCenterStore } from '../experience/account-center.ts';
import { takesTotp } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { AccountAccess, ProvenPerson } from './account-access.ts';
import { checkMaySee } from './account-fields.ts';
import type { NewAuthenticators } from './new-authenticators.ts';

type Deps = {
  authenticators: Authenticators;
  newAuthenticators: NewAuthenticators;
  experience: SignInExperienceStore;
  accountCenter: AccountCenterStore;
  /** @throws ApiError `verification_record.permission_denied` */
  requireProofOfPerson: (access: AccountAccess, id: string | undefined) => Promise<ProvenPerson>;
  /** @throws ApiError `account_center.*`, `auth.unauthorized`, `request.sign_in_rate_limited` */
  admitChange: (access: AccountAccess, field: 'mfa') => Promise<void>;
};

/** The authenticator app of a signed-in user. Refusals come in Logto's order. */
export function createAccountAuthenticators(deps: Deps) {
  const { authenticators, newAuthenticators, experience, accountCenter } = deps;

  /** Whether users may have one. */
  const mayHave = async (): Promise<boolean> => takesTotp((await experience.read()).mfa);

  /** @throws ApiError `verification_record.*`, `account_center.*`, `request.sign_in_rate_limited`, `session.mfa.mfa_factor_not_enabled` */
  async function admitNew(access: AccountAccess, personId: string | undefined) {
    const { proven } = await deps.requireProofOfPerson(access, personId);
    await deps.admitChange(access, 'mfa');
    if (!(await mayHave())) throw new ApiError('session.mfa.mfa_factor_not_enabled');
    return proven;
  }

  return {
    mayHave,

    /** The app that the user has. @throws ApiError `account_center.field_not_enabled`, `auth.unauthorized` */
    async find({ userId, scopes }: AccountAccess): Promise<AuthenticatorState | undefined> {
      checkMaySee(await accountCenter.read(), scopes, 'mfa');
      return authenticators.find(userId);
    },

    /** A new secret, which is nobody's yet. */
    newSecret: authenticators.newSecret,

    /** The secret that is being set up, or a new one, which is the user's once a code of it was right. */
    show: ({ subject }: AccountAccess, user: User): Promise<{ id: string } & ShownSecret> =>
      newAuthenticators.show(subject, user),

    /**
     * Takes the first code of an app that was shown, which takes the place of the one before.
     * @throws ApiError `verification_record.*`, `account_center.*`, `request.sign_in_rate_limited`,
     * `session.mfa.mfa_factor_not_enabled`, `session.mfa.invalid_totp_code`
     */
    async keep(access: AccountAccess, shown: { id: string; code: string }, personId: string | undefined) {
      const { subject, userId } = access;
      const still = await admitNew(access, personId);
      await newAuthenticators.confirm(subject, userId, shown);
      const app = await newAuthenticators.confirmed(subject, userId, shown.id);
      if (!app) throw new ApiError('verification_record.not_found');
      await authenticators.set(userId, app, { ...still, isFirst: false });
    },

    /**
     * Gives the user an app that an application has shown the secret of.
     * @param given.code of it, where the application asks for one
     * @param isFirst whether the user has to have none
     * @throws as `keep`; ApiError `user.totp_already_in_use`, `user.totp_secret_invalid`
     */
    async add(
      access: AccountAccess,
      given: { secret: string; code?: string | undefined },
      { personId, isFirst }: { personId: string | undefined; isFirst: boolean },
    ): Promise<void> {
      const still = await admitNew(access, personId);
      if (isFirst && (await authenticators.find(access.userId))) throw new ApiError('user.totp_already_in_use');
      const secret = readGivenSecret(given.secret);
      const timeStep = given.code === undefined ? 0 : authenticators.checkNew(given.code, secret);
      await authenticators.set(access.userId, { secret, timeStep }, { ...still, isFirst });
    },
  };
}
