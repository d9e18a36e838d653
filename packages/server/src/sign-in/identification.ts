import type { User } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
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
    await flows.change(access, flow.event, { verification_id: proof.id, user_id: user.id });
  }

  async function createUser(access: FlowAccess, flow: SignInFlowsTable, proof: Verification | undefined) {
    const policy = await experience.read();
    checkMaySignUp(policy);
    const phone = proof?.type === 'code' ? proof.phone : undefined;
    if (phone && (await users.find({ phone }))) throw new ApiError('user.phone_already_in_use');
    if (proof) await flows.change(access, 'Register', { verification_id: proof.id });
    const profile = { phone, username: flow.username, passwordDigest: flow.password_digest };
    const missingProfile = missingFromProfile(policy, profile);
    if (missingProfile.length > 0) throw new ApiError('user.missing_profile', { missingProfile });
    await users.create({ ...profile, primaryPhone: phone }, (user_id) => [
      flows.changing(access, 'Register', { user_id }),
    ]);
  }

  /** @throws ApiError unless it is still who it was, by what was proven */
  async function checkStillProven(flow: SignInFlowsTable, userId: string): Promise<void> {
    const user = await users.get(userId);
    checkActive(user);
    // A sign-up with a username and a password alone has nothing else to prove.
    if (flow.verification_id === null && flow.event === 'Register') return;
    const proof = await requireProof(flow, flow.verification_id ?? '');
    const isSame = proof.type === 'code' ? proof.phone === user.primaryPhone : proof.userId === userId;
    if (!isSame || !(await users.isValidSince(userId, proof.verifiedAt ?? 0))) {
      throw new ApiError('session.verification_failed');
    }
  }

  return { requireProof, identifyUser, createUser, checkStillProven };
}

/** @throws ApiError `user.suspended` */
function checkActive(user: User): void {
  if (user.isSuspended) throw new ApiError('user.suspended');
}
