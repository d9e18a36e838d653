import type { User } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import { type SignInExperienceStore, signsUpByUsername } from '../experience/sign-in-experience.ts';
import type { SignInFlowsTable } from '../store/schema.ts';
import type { FlowAccess } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import { checkMaySendCode, checkMaySignUp, missingFromProfile } from './rules.ts';
import type { Verification, Verifications } from './verifications.ts';

type Deps = {
  experience: SignInExperienceStore;
  verifications: Verifications;
  users: Users;
  flows: FlowWriter;
};

/** What still holds; times are milliseconds since the epoch. */
type StillProven = { phone: string | undefined; provenAt: number; validFrom: number };

/** Who a flow is of: by what was proven in it, and by that alone. */
export function createIdentification({ experience, verifications, users, flows }: Deps) {
  /** The verification that says who it is. @throws ApiError unless it is complete, fresh, and good for the event */
  async function requireProof(flow: SignInFlowsTable, id: string): Promise<Verification> {
    const proof = await verifications.find(subjectOf(flow), id);
    if (!proof) throw new ApiError('session.verification_session_not_found');
    const isForReset = proof.usageType === 'ForgotPassword';
    if (proof.verifiedAt === undefined || isForReset !== (flow.event === 'ForgotPassword')) {
      throw new ApiError('session.verification_failed');
    }
    return proof;
  }

  async function identifyUser(access: FlowAccess, flow: SignInFlowsTable, proof: Verification): Promise<void> {
    // A number that was proven to sign up signs in only where codes do.
    if (flow.event === 'SignIn' && proof.type === 'code') checkMaySendCode(await experience.read(), 'SignIn');
    const user = await users.find(proof.type === 'code' ? { phone: proof.phone } : { id: proof.userId });
    if (!user) throw new ApiError('user.user_not_exist');
    checkActive(user);
    await flows.change(access, { event: flow.event }, { verification_id: proof.id, user_id: user.id });
  }

  async function createUser(access: FlowAccess, flow: SignInFlowsTable, proof: Verification | undefined) {
    const policy = await experience.read();
    checkMaySignUp(policy);
    const phone = proof?.type === 'code' ? proof.phone : undefined;
    if (phone && (await users.find({ phone }))) throw new ApiError('user.phone_already_in_use');
    if (proof) await flows.change(access, { event: 'Register' }, { verification_id: proof.id });
    // The sign-up may have stopped asking for a username meanwhile.
    const username = signsUpByUsername(policy) ? flow.username : null;
    const profile = { phone, username, passwordDigest: flow.password_digest };
    const missingProfile = missingFromProfile(policy, profile);
    if (missingProfile.length > 0) throw new ApiError('user.missing_profile', { missingProfile });
    await flows.orEnded(
      users.create({ ...profile, primaryPhone: phone }, (user_id) => {
        const seen = { event: flow.event, user_id: null };
        if (proof) return flows.changing(access, seen, { user_id }, 'user_id');
        // Whoever has just made the account without a number has proven to know what signs in to it.
        const own = verifications.ofPassword(subjectOf(flow), user_id);
        const changes = { user_id, verification_id: own.id };
        return [...flows.changing(access, seen, changes, 'user_id'), verifications.inserting(own)];
      }),
    );
  }

  /**
   * That it is still who it was, by what was proven.
   * @returns the number that was proven, when, and from when on such proofs count for the user
   * @throws ApiError `user.suspended`, `entity.not_found`, `session.verification_failed`,
   * `session.verification_session_not_found`
   */
  async function requireStillProven(flow: SignInFlowsTable, userId: string): Promise<StillProven> {
    // Read before the rest: what becomes void meanwhile is found to be.
    const validFrom = await users.validFrom(userId);
    const user = await users.get(userId);
    checkActive(user);
    const proof = await requireProof(flow, flow.verification_id ?? '');
    const isSame = proof.type === 'code' ? proof.phone === user.primaryPhone : proof.userId === userId;
    const provenAt = proof.verifiedAt ?? 0;
    if (!isSame || provenAt < validFrom) throw new ApiError('session.verification_failed');
    return { phone: proof.type === 'code' ? proof.phone : undefined, provenAt, validFrom };
  }

  return { requireProof, identifyUser, createUser, requireStillProven };
}

/** @throws ApiError `user.suspended` */
function checkActive(user: User): void {
  if (user.isSuspended) throw new ApiError('user.suspended');
}
