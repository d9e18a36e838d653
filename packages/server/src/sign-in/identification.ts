import type { User } from '../accounts/user-record.ts';
import type { SecondFactorWishes, Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import { codeIdentifiers } from '../experience/methods.ts';
import { codeIdentifiersFor, type SignInExperienceStore, signsUpByUsername } from '../experience/sign-in-experience.ts';
import type { KeptRecipient } from '../messaging/recipient.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { FlowAccess } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import {
  checkMayBeLinked,
  checkMayChooseUsername,
  checkMaySignUp,
  checkMayUseCode,
  missingFromProfile,
} from './rules.ts';
import { fieldsOf, identifierOf, isOf, typeOf } from './user-recipients.ts';
import { secondUsage, type Verification } from './verification-row.ts';
import type { Verifications } from './verifications.ts';

type Deps = {
  experience: SignInExperienceStore;
  verifications: Verifications;
  users: Users;
  flows: FlowWriter;
};

/** What still holds; times are milliseconds since the epoch. */
export type StillProven = SecondFactorWishes & {
  user: User;
  recipient: KeptRecipient | undefined;
  provenAt: number;
  validFrom: number;
  method: 'code' | 'password' | 'session';
};

/** Who a flow is of: by what was proven in it, and by that alone. */
export function createIdentification({ experience, verifications, users, flows }: Deps) {
  /** @throws ApiError `session.verification_session_not_found` */
  async function find(flow: SignInFlowsTable, id: string): Promise<Verification> {
    const found = await verifications.find(subjectOf(flow), id);
    if (!found) throw new ApiError('session.verification_session_not_found');
    return found;
  }

  /** The verification that says who it is. @throws ApiError unless it is complete, fresh, and good for the event */
  async function requireProof(flow: SignInFlowsTable, id: string): Promise<Verification> {
    const proof = await find(flow, id);
    checkIsGood(flow, proof);
    return proof;
  }

  /** As `requireProof`, of a number or an address. @throws ApiError also `session.verification_session_not_found` for anything else */
  async function requireCode(flow: SignInFlowsTable, id: string): Promise<CodeVerification> {
    const proof = await requireProof(flow, id);
    if (proof.type !== 'code') throw new ApiError('session.verification_session_not_found');
    return proof;
  }

  /** The way to say who it is has to be switched on, and good for the event. */
  async function checkMayIdentify({ event }: SignInFlowsTable, proof: Verification): Promise<void> {
    const policy = await experience.read();
    if (event === 'ForgotPassword') {
      if (proof.type === 'code' && codeIdentifiersFor(policy, event).includes(typeOf(proof.recipient))) return;
      throw new ApiError('session.not_supported_for_forgot_password', undefined, 422);
    }
    // A number that was proven to sign up signs in only where codes do.
    if (proof.type === 'code') checkMayUseCode(policy, 'SignIn', proof.recipient);
    if (proof.type === 'new-identity') throw new ApiError('user.sign_in_method_not_enabled');
  }

  async function identifyUser(access: FlowAccess, flow: SignInFlowsTable, id: string): Promise<void> {
    const proof = await find(flow, id);
    await checkMayIdentify(flow, proof);
    checkIsGood(flow, proof);
    const recipient = recipientIn(proof);
    const known = isByUser(proof) ? { id: proof.userId } : recipient && identifierOf(recipient);
    const user = known && (await users.find(known));
    if (!user) throw new ApiError('user.user_not_exist');
    checkActive(user);
    // What was chosen for one account is for no other.
    const chosen = user.id === flow.user_id ? {} : nothingChosen;
    await flows.change(access, { event: flow.event }, { ...chosen, verification_id: proof.id, user_id: user.id });
  }

  /** @throws ApiError `user.phone_already_in_use` and the like, `session.email_blocklist.*` */
  async function checkIsFree(recipient: KeptRecipient): Promise<void> {
    checkMayBeLinked(await experience.read(), recipient);
    if (await users.find(identifierOf(recipient))) throw new ApiError(`user.${typeOf(recipient)}_already_in_use`);
  }

  /**
   * What proves a number and an address that an account is to get.
   * @param seen one that has just been read
   * @throws as `requireCode`
   */
  const chosenCodes = (flow: SignInFlowsTable, seen?: Verification): Promise<CodeVerification[]> =>
    Promise.all(
      codeIdentifiers
        .map((type) => flow[codeColumn[type]])
        .filter((id) => id !== null)
        .map((id) => (seen?.type === 'code' && seen.id === id ? seen : requireCode(flow, id))),
    );

  /** Takes over what a verification says of the account that is to be made. @returns the flow as it is then */
  async function takeOver(access: FlowAccess, flow: SignInFlowsTable, id: string) {
    const seen = { event: 'Register', user_id: null } as const;
    const proof = await requireProof(flow, id);
    if (proof.type === 'code') {
      await checkIsFree(proof.recipient);
      const proven = { verification_id: proof.id, [codeColumn[typeOf(proof.recipient)]]: proof.id };
      await flows.change(access, seen, proven);
      return { flow: { ...flow, ...proven }, proof };
    }
    if (proof.type !== 'new-identity') throw new ApiError('session.verification_failed');
    const { username } = proof;
    checkMayChooseUsername(await experience.read());
    if (await users.find({ username })) throw new ApiError('user.username_already_in_use');
    const chosen = { username, password_digest: await verifications.digestOf(subjectOf(flow), proof.id) };
    await flows.change(access, seen, chosen);
    return { flow: { ...flow, ...chosen }, proof };
  }

  async function createUser(access: FlowAccess, seenFlow: SignInFlowsTable, id: string | null) {
    const policy = await experience.read();
    checkMaySignUp(policy);
    const { flow, proof } = id === null ? { flow: seenFlow, proof: undefined } : await takeOver(access, seenFlow, id);
    const proofs = await chosenCodes(flow, proof);
    for (const { recipient } of proofs) checkMayUseCode(policy, 'Register', recipient);
    // The sign-up may have stopped asking for a username meanwhile.
    const username = signsUpByUsername(policy) ? flow.username : null;
    const profile = {
      ...fieldsOf(proofs.map(({ recipient }) => recipient)),
      username,
      passwordDigest: flow.password_digest,
    };
    const missingProfile = missingFromProfile(policy, profile);
    if (missingProfile.length > 0) throw new ApiError('user.missing_profile', { missingProfile });
    await flows.orEnded(
      users.create(profile, (user_id) => {
        const seen = { event: flow.event, user_id: null };
        if (proofs.length > 0) return flows.changing(access, seen, { ...nothingChosen, user_id }, 'user_id');
        // Whoever has just made the account without a code has proven to know what signs in to it.
        const own = verifications.ofPassword(subjectOf(flow), user_id);
        const changes = { ...nothingChosen, user_id, verification_id: own.id };
        return [...flows.changing(access, seen, changes, 'user_id'), verifications.inserting(own)];
      }),
    );
  }

  /**
   * That it is still who it was, by what was proven.
   * @returns what was proven, when, and from when on such proofs count for the user
   * @throws ApiError `user.suspended`, `entity.not_found`, `session.verification_failed`,
   * `session.verification_session_not_found`
   */
  async function requireStillProven(flow: SignInFlowsTable, userId: string): Promise<StillProven> {
    // Read before the rest: what becomes void meanwhile is found to be.
    const { user, validFrom, ...wishes } = await users.getWithValidFrom(userId);
    checkActive(user);
    const proof = await verifications.find(subjectOf(flow), flow.verification_id ?? '');
    // What was made void is forgotten.
    if (!proof) throw new ApiError('session.verification_failed');
    checkIsGood(flow, proof);
    const recipient = recipientIn(proof);
    const isSame = isByUser(proof) ? proof.userId === userId : recipient && isOf(recipient, user);
    const provenAt = proof.verifiedAt ?? 0;
    if (!isSame || provenAt < validFrom) throw new ApiError('session.verification_failed');
    const method = proof.type === 'code' || proof.type === 'session' ? proof.type : 'password';
    return { user, recipient, provenAt, validFrom, ...wishes, method };
  }

  /** As `requireStillProven`; undefined where it refuses. */
  async function ifStillProven(flow: SignInFlowsTable, userId: string): Promise<StillProven | undefined> {
    return requireStillProven(flow, userId).catch((error: unknown) => {
      if (error instanceof ApiError && error.status < 500) return undefined;
      throw error;
    });
  }

  return { requireCode, chosenCodes, checkIsFree, identifyUser, createUser, requireStillProven, ifStillProven };
}
export type Identification = ReturnType<typeof createIdentification>;

/** What a flow knows of what an account is to have, before anything was chosen. */
export const nothingChosen = {
  username: null,
  password_digest: null,
  phone_verification_id: null,
  email_verification_id: null,
  authenticator_verification_id: null,
  backup_codes_id: null,
  trusts_device: 0,
};

/** Whether a flow gives its account nothing; that a browser is trusted is nothing of the account. */
export const isPlain = (flow: SignInFlowsTable): boolean =>
  Object.entries(nothingChosen).every(
    ([column, nothing]) => column === 'trusts_device' || flow[column as keyof typeof nothingChosen] === nothing,
  );

/** The column of a flow for what proves what the account is to get. */
export const codeColumn = { phone: 'phone_verification_id', email: 'email_verification_id' } as const;

/** The same of whatever can come second. */
export const addedColumn = { ...codeColumn, totp: 'authenticator_verification_id' } as const;

export type CodeVerification = Extract<Verification, { type: 'code' }>;

/** Whether it says who it is without a number or an address. */
const isByUser = (proof: Verification) => proof.type === 'password' || proof.type === 'session';

const recipientIn = (proof: Verification) => (proof.type === 'code' ? proof.recipient : undefined);

/** A second code says of nobody who it is. @throws ApiError `session.verification_failed` */
function checkIsGood({ event }: SignInFlowsTable, { usageType, verifiedAt }: Verification): void {
  const isForReset = usageType === 'ForgotPassword';
  const isSecond = usageType === secondUsage;
  if (verifiedAt === undefined || isSecond || isForReset !== (event === 'ForgotPassword')) {
    throw new ApiError('session.verification_failed');
  }
}

/** @throws ApiError `user.suspended` */
function checkActive(user: User): void {
  if (user.isSuspended) throw new ApiError('user.suspended');
}
