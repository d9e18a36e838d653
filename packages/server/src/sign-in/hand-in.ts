import type { Authenticators } from '../accounts/authenticators.ts';
import type { BackupCodes } from '../accounts/backup-codes.ts';
import type { Browser, TrustedDevice, TrustedDevices } from '../accounts/trusted-devices.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { FactorType } from '../experience/second-factors.ts';
import type { Platform } from '../platform.ts';
import { changeSignInFlow, isHandedIn, recordHandedIn, requireHandedIn } from '../store/sign-in-flows.ts';
import type { Store } from '../store/store.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import { requireUser } from '../store/users.ts';
import { keepingAuthenticatorIn } from '../store/verifications.ts';
import type { Telling } from '../webhooks/telling.ts';
import { flowEnded, type NamedApplication } from './flow-ended.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import { type Identification, nothingChosen } from './identification.ts';
import type { NewAuthenticators } from './new-authenticators.ts';
import { checkLacks } from './rules.ts';
import { fieldsOf, typeOf } from './user-recipients.ts';
import type { Verifications } from './verifications.ts';

type Deps = {
  store: Store;
  platform: Platform;
  users: Users;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  verifications: Verifications;
  backupCodes: BackupCodes;
  authenticators: Authenticators;
  newAuthenticators: NewAuthenticators;
  trustedDevices: TrustedDevices;
  events: Telling;
};

/** Who signs in to what with which browser, by what that came second, and since when all is proven (milliseconds since the epoch). */
type Proven = {
  userId: string;
  secondId: string | null;
  provenAt: number;
  mayHaveBackupCodes: boolean;
  trusted: TrustedDevice | undefined;
  trusts: FactorType | undefined;
  browser: Browser | undefined;
  application: NamedApplication | undefined;
};

/**
 * Hands the result of a flow in, in one transaction with what the user gets by it.
 * @throws ApiError `session.not_found`, `session.verification_failed`, `user.*_exists_in_profile`,
 * `user.username_already_in_use`, `user.phone_already_in_use`, `user.email_already_in_use`,
 * `user.backup_code_already_in_use`, `user.totp_already_in_use`
 */
export function createHandIn(deps: Deps) {
  const { store, platform, users, keys, flows, identification, verifications, backupCodes, events } = deps;
  const { authenticators, newAuthenticators, trustedDevices } = deps;

  /**
   * The statements that give the user the backup codes that were shown; none where they have become of no use meanwhile.
   * @throws ApiError `session.verification_failed`
   */
  async function keepingBackupCodes(flow: SignInFlowsTable, { userId, mayHaveBackupCodes }: Proven) {
    const id = flow.backup_codes_id;
    if (id === null || !mayHaveBackupCodes) return [];
    const digests = await verifications.backupCodesOf(subjectOf(flow), userId, id);
    if (!digests) throw new ApiError('session.verification_failed');
    return backupCodes.givingFirst({ id, userId, digests }, { isNew: flow.event === 'Register' });
  }

  /**
   * Leaves out the codes that were kept here where the account has got others meanwhile, which somebody keeps as well.
   * @throws ApiError `user.backup_code_already_in_use` once; the result can be handed in without them
   */
  async function leaveOutBackupCodes(access: FlowAccess, flow: SignInFlowsTable, userId: string): Promise<void> {
    if (flow.backup_codes_id === null || (await backupCodes.left(userId)) === 0) return;
    await flows.change(access, flow, { backup_codes_id: null });
    throw new ApiError('user.backup_code_already_in_use');
  }

  /**
   * The statements that give the user the authenticator app that was set up.
   * @throws ApiError `session.verification_failed`, `user.totp_already_in_use`
   */
  async function keepingAuthenticator(flow: SignInFlowsTable, userId: string) {
    const id = flow.authenticator_verification_id;
    if (id === null) return [];
    const app = await newAuthenticators.confirmed(subjectOf(flow), userId, id);
    if (!app) throw new ApiError('session.verification_failed');
    if (await authenticators.find(userId)) throw new ApiError('user.totp_already_in_use');
    const giving = await authenticators.givingFirst(userId, app, { isNew: flow.event === 'Register' });
    return [...giving, keepingAuthenticatorIn(store, id)];
  }

  /** The statements about the browser, whether it was trusted before or is from now on. */
  async function trusting({ id: flowId }: SignInFlowsTable, proven: Proven, submittedAt: number) {
    const { userId, secondId: proofId, provenAt, trusted, trusts: factor, browser } = proven;
    if (trusted) return [trustedDevices.using(trusted.id, { flowId, submittedAt })];
    if (!factor || proofId === null || !browser) return [];
    return trustedDevices.trusting({ flowId, submittedAt, userId, factor, proofId, provenAt, browser });
  }

  async function handIn(access: FlowAccess, flow: SignInFlowsTable, proven: Proven): Promise<void> {
    const { username, password_digest: passwordDigest } = flow;
    const submitted_at = platform.now();
    const recording = recordHandedIn(store, { id: flow.id, userId: proven.userId, submittedAt: submitted_at });
    const { userId, secondId: second_verification_id, application } = proven;
    const telling = await events.of({
      ...flowEnded({ id: flow.id, event: flow.event, userId, application }),
      onlyIf: () => isHandedIn(flow.id, submitted_at),
    });
    const trust = await trusting(flow, proven, submitted_at);
    const proofs = await identification.chosenCodes(flow);
    const keeping = [...(await keepingAuthenticator(flow, userId)), ...(await keepingBackupCodes(flow, proven))];
    if (username === null && passwordDigest === null && proofs.length === 0 && keeping.length === 0) {
      const alongside = { statements: [recording, ...trust, ...telling], locks: [`user:${proven.userId}`] };
      return flows.change(access, flow, { submitted_at, second_verification_id }, alongside);
    }
    const fields = {
      ...(username !== null && { username }),
      ...(passwordDigest !== null && { passwordDigest }),
      ...fieldsOf(proofs.map(({ recipient }) => recipient)),
    };
    // What the user has got meanwhile stays.
    const user = await users.get(proven.userId);
    if (username !== null) checkLacks(user, 'username');
    if (passwordDigest !== null) checkLacks(user, 'password');
    for (const { recipient } of proofs) checkLacks(user, typeOf(recipient));
    // What has just been linked came second as well, and is the user's only by this.
    const second = proofs.some(({ id }) => id === second_verification_id) ? null : second_verification_id;
    const alongside = [
      changeSignInFlow(store, keys.toStored(access), flow, {
        ...nothingChosen,
        trusts_device: flow.trusts_device,
        submitted_at,
        second_verification_id,
      }),
      requireHandedIn(store, flow.id, submitted_at),
      recording,
      ...(second === null ? [] : [requireUser(store, userId, {}, { proofId: second })]),
      ...keeping,
      ...trust,
      ...telling,
    ];
    const provenAt = Math.min(proven.provenAt, ...proofs.map(({ verifiedAt = 0 }) => verifiedAt));
    const proofId = flow.verification_id ?? '';
    const isNew = flow.event === 'Register';
    await flows.orEnded(users.add(proven.userId, fields, { provenAt, proofId, alongside, isNew }));
  }

  return async (access: FlowAccess, flow: SignInFlowsTable, proven: Proven): Promise<void> => {
    await handIn(access, flow, proven).catch(async (error: unknown) => {
      // Told twice, for example by a double click, it is handed in once.
      const { user_id, submitted_at } = await keys.load(access);
      if (user_id === flow.user_id && submitted_at !== null) return;
      await leaveOutBackupCodes(access, flow, proven.userId);
      throw error;
    });
  };
}
