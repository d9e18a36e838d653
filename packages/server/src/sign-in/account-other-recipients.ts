import type { OtherRecipient } from '../accounts/other-recipients.ts';
import type { Users } from '../accounts/users.ts';
import type { AccountCenterStore, AccountField } from '../experience/account-center.ts';
import type { CodeIdentifier } from '../experience/methods.ts';
import type { KeptRecipient } from '../messaging/recipient.ts';
import type { NewRecipient } from './account.ts';
import type { AccountAccess, ProvenPerson } from './account-access.ts';
import { checkMaySee } from './account-fields.ts';
import type { SignInWays } from './rules.ts';
import { otherField } from './user-recipients.ts';

type Deps = {
  users: Users;
  accountCenter: AccountCenterStore;
  requireProofOfPerson: (access: AccountAccess, id: string | undefined) => Promise<ProvenPerson>;
  requireNewRecipient: (
    access: AccountAccess,
    asked: NewRecipient,
  ) => Promise<ProvenPerson & { recipient: KeptRecipient }>;
  admitChange: (access: AccountAccess, field: AccountField) => Promise<void>;
  requireStillSignsIn: (ways: SignInWays) => Promise<void>;
};

/** One of the account, and what says that it is really the person. */
type Meant = { type: CodeIdentifier; id: string; personId: string | undefined };

/** What signed-in users do about their numbers and addresses beside the primary ones. */
export function createAccountOtherRecipients(deps: Deps) {
  const { users, accountCenter, requireProofOfPerson, requireNewRecipient, admitChange, requireStillSignsIn } = deps;
  return {
    /** @throws ApiError `account_center.field_not_enabled`, `auth.unauthorized` */
    async list({ userId, scopes }: AccountAccess, type: CodeIdentifier): Promise<OtherRecipient[]> {
      checkMaySee(await accountCenter.read(), scopes, type);
      return users.others.list(userId, type);
    },

    /**
     * Adds one that was just verified.
     * @throws ApiError as `replaceRecipient` of the account; `user.too_many_recipients`
     */
    async add(access: AccountAccess, asked: NewRecipient): Promise<OtherRecipient> {
      const { user, proven, recipient } = await requireNewRecipient(access, asked);
      const { otherRecipients } = await accountCenter.read();
      const meant = { userId: user.id, kind: asked.type };
      return users.others.add(meant, recipient.address, { user, ...proven }, otherRecipients);
    },

    /**
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
     * `request.sign_in_rate_limited`, `entity.not_found`, `user.last_sign_in_method_required`
     */
    async remove(access: AccountAccess, { type, id, personId }: Meant): Promise<void> {
      const { user, proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, type);
      const meant = { userId: user.id, kind: type };
      const { address } = await users.others.get(meant, id);
      const left = user[otherField[type]]?.filter((other) => other !== address) ?? [];
      await requireStillSignsIn({ ...user, [otherField[type]]: left });
      await users.others.remove(meant, id, { user, ...proven });
    },

    /**
     * Makes it the primary one, in whose place the one before becomes another.
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
     * `request.sign_in_rate_limited`, `entity.not_found`
     */
    async makePrimary(access: AccountAccess, { type, id, personId }: Meant): Promise<void> {
      const { user, proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, type);
      await users.others.makePrimary({ userId: user.id, kind: type }, id, { user, ...proven });
    },
  };
}
