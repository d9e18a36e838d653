import { methodOfFactor, type SignInMethods } from '../accounts/authentication-methods.ts';
import type { Authenticators } from '../accounts/authenticators.ts';
import type { BackupCodes } from '../accounts/backup-codes.ts';
import type { Browser, TrustedDevices } from '../accounts/trusted-devices.ts';
import type { UserIdentifier } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { AccountCenterStore } from '../experience/account-center.ts';
import type { Identifier } from '../experience/methods.ts';
import type { FactorType } from '../experience/second-factors.ts';
import { codeIdentifiersFor, type SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { KeptRecipient, Recipient } from '../messaging/recipient.ts';
import type { Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import type { HumanCheck } from '../protection/human-check/human-check.ts';
import { findSignInFlow } from '../store/sign-in-flows.ts';
import type { Alongside, Store } from '../store/store.ts';
import type { FlowEvent, SignInFlowsTable, SignInMethod } from '../store/tables/sign-ins.ts';
import type { LinkedCode } from '../verification/code-link.ts';
import type { Wording } from '../verification/requests.ts';
import type { Telling } from '../webhooks/telling.ts';
import { createFlowAuthenticators } from './flow-authenticators.ts';
import { createFlowBackupCodes } from './flow-backup-codes.ts';
import { createFlowCheck } from './flow-check.ts';
import { flowEnded, type NamedApplication } from './flow-ended.ts';
import { createFlowKeys, type FlowAccess } from './flow-keys.ts';
import { createFlowWriter, subjectOf } from './flow-writer.ts';
import { createHandIn } from './hand-in.ts';
import { codeColumn, createIdentification, nothingChosen } from './identification.ts';
import type { NetworkLimits } from './network-limits.ts';
import type { NewAuthenticators } from './new-authenticators.ts';
import type { OwnFactors } from './own-factors.ts';
import { createProfile } from './profile.ts';
import { checkMayBeLinked, checkMayUsePassword, isSuppressedForStrangers } from './rules.ts';
import { createSecondFactor } from './second-factor.ts';
import { createSecondGuesses } from './second-guesses.ts';
import { createTrustBrowser, createTrustedBrowsers } from './trusted-browsers.ts';
import { identifierOf, typeOf } from './user-recipients.ts';
import type { Verification } from './verification-row.ts';
import type { CodeAnswer, Verifications } from './verifications.ts';

/** What is known of a flow so far, without anything secret. */
export type Flow = {
  id: string;
  event: FlowEvent;
  /** Who it turned out to be; for Register the new account. */
  userId: string | undefined;
  /** What a new account is to have, or what the user gets at the end. */
  username: string | undefined;
  recipients: KeptRecipient[];
  hasPassword: boolean;
  /** Newest first. */
  verifications: Verification[];
};

/** A code to ask for. */
export type FlowCode = {
  event: FlowEvent;
  recipient: Recipient;
  wording: Wording;
  client: Client;
  /** Whether it goes to what the account has, which nobody has typed. */
  isUntyped?: boolean;
};

/** Who signs in by a flow that has ended, and how. */
export type SubmittedSignIn = {
  accountId: string;
  event: 'SignIn' | 'Register';
  method: SignInMethod;
  /** What the cookie of the browser carries from now on, where it is to be trusted. */
  trust?: string;
};

/**
 * How a flow is ended: whether a new password ends the sessions that there are, what is signed in to, with which browser,
 * and whether everything is asked for although that is trusted.
 */
type Submission = {
  endSessions?: boolean;
  application?: NamedApplication | undefined;
  browser?: Browser;
  asksInFull?: boolean;
};

/** What people type to say who they are. */
export type TypedIdentifier = Exclude<UserIdentifier, { id: string }>;

/** What somebody types, and who. */
type Typed = { password: string; client: Client };

type Reset = { userId: string; digest: string | null; endSessions: boolean; application: NamedApplication | undefined };

type Deps = {
  store: Store;
  platform: Platform;
  experience: SignInExperienceStore;
  accountCenter: AccountCenterStore;
  verifications: Verifications;
  networks: NetworkLimits;
  users: Users;
  backupCodes: BackupCodes;
  authenticators: Authenticators;
  newAuthenticators: NewAuthenticators;
  ownFactors: OwnFactors;
  trustedDevices: TrustedDevices;
  devices: Devices;
  humanCheck: HumanCheck;
  events: Telling;
};

/**
 * The flow of sign-up, sign-in and forgot password, for hosted pages and the Experience API alike. Every operation but
 * `begin` throws `session.not_found` for a flow that has ended, or whose key was replaced. What establishes something (a
 * code, a password, a username) replaces the key and returns the new one: whoever had copied the old one is out.
 */
export function createSignInFlows(deps: Deps) {
  const { store, platform, experience, verifications, users, events } = deps;
  const keys = createFlowKeys({ store, platform });
  const flows = createFlowWriter({ store, keys });
  const check = createFlowCheck({ ...deps, keys });
  const identification = createIdentification({ experience, verifications, users, flows });
  const browsers = createTrustedBrowsers(deps);
  const second = createSecondFactor({ ...deps, keys, flows, identification, browsers, check });
  const guess = createSecondGuesses(deps);
  const { lacks, ...choices } = createProfile({ ...deps, keys, flows, identification, second });
  const ofSecond = { ...deps, keys, flows, identification, second, guess };
  const handIn = createHandIn({ ...deps, keys, flows, identification });

  /** Replaces the password of the account; the flow goes on as a sign-in. */
  async function reset(
    access: FlowAccess,
    flow: SignInFlowsTable,
    { userId, digest, endSessions, application }: Reset,
  ) {
    const { provenAt } = await identification.requireStillProven(flow, userId);
    if (digest === null) throw new ApiError('user.new_password_required_in_profile');
    const still = { provenAt, proofId: flow.verification_id ?? '' };
    const replacing = await users.replacingPassword(userId, digest, { endSessions, still, change: 'password-reset' });
    // Whoever has just set the password has proven to know it; not before it ended what was proven until then.
    const proof = verifications.ofPassword(subjectOf(flow), userId);
    const after = { ...nothingKnown, event: 'SignIn' as const, verification_id: proof.id, user_id: userId };
    const changing = flows.changing(access, flow, after, 'verification_id');
    const telling = await events.of(flowEnded({ id: flow.id, event: 'ForgotPassword', userId, application }));
    await flows.orEnded(store.atomically([...changing, ...replacing, verifications.inserting(proof), ...telling]));
  }

  async function toFlow(row: SignInFlowsTable): Promise<Flow> {
    const found = await verifications.list(subjectOf(row));
    const chosen = Object.values(codeColumn).map((column) => row[column]);
    return {
      id: row.id,
      event: row.event,
      userId: row.user_id ?? undefined,
      username: row.username ?? undefined,
      recipients: found.flatMap((one) => (one.type === 'code' && chosen.includes(one.id) ? [one.recipient] : [])),
      hasPassword: row.password_digest !== null,
      verifications: found,
    };
  }

  return {
    ...choices,

    /** By what the store knows a flow and its key. */
    keyOf: keys.toStored,

    /** Whether a person is there, and no program. */
    check: { show: check.show, answer: check.answer, answerWait: check.answerWait },

    /**
     * What makes the flow of a new interaction, to be written with it.
     * @param session of whom a second factor is all that is asked for, if it is
     */
    begin(id: string, event: FlowEvent, session?: { accountId: string; id: string }): Alongside & { key: string } {
      if (!session) return keys.begin(id, event);
      const proof = verifications.ofSession(subjectOf({ id }), session);
      const known = { user_id: session.accountId, verification_id: proof.id };
      const { statements, ...begun } = keys.begin(id, event, known);
      return { ...begun, statements: [...statements, verifications.inserting(proof)] };
    },

    /** What a user is asked for as a second factor; nothing where nothing is. */
    async mayComeSecond(userId: string): Promise<FactorType[]> {
      const { mfa } = await experience.read();
      return deps.ownFactors.wanted(mfa, await users.getWithValidFrom(userId));
    },

    /** Codes that stand in for a second code, once each. */
    backupCodes: createFlowBackupCodes(ofSecond),

    /** Authenticator apps, whose codes come second. */
    authenticators: createFlowAuthenticators(ofSecond),

    /** The code that some sign-ins ask for after what says who it is: what it may be, and those that are sent. */
    second: {
      factors: second.factors,
      recipients: second.recipients,
      sendCode: second.sendCode,
      answerCode: second.answerCode,
      decline: second.decline,
      trustBrowser: createTrustBrowser({ ...deps, flows, second }),
    },

    get: async (access: FlowAccess): Promise<Flow> => toFlow(await keys.load(access)),

    /** Whether the code of a link is still to be typed, whichever browser opens it. */
    awaitsCode: ({ flow, verification, code }: LinkedCode): Promise<boolean> =>
      verifications.awaitsCode(subjectOf({ id: flow }), { id: verification, code }),

    /**
     * Begins anew, and forgets what was proven.
     * @param answer to a human check, which holds from now on
     * @throws ApiError `session.captcha_failed`, `request.sign_in_rate_limited`; then all stays as it was
     */
    async restart(access: FlowAccess, event: FlowEvent, answer?: { token: string; client: Client }): Promise<void> {
      const flow = await keys.load(access);
      if (answer) await check.answer(access, answer);
      const subject = subjectOf(flow);
      const forgetting = [
        verifications.forgetting(subject, keys.toStored(access)),
        ...(answer ? [] : [check.forgetting(flow)]),
      ];
      const alongside = { statements: forgetting, locks: [subject] };
      await flows.change(access, { event: flow.event }, { event, ...nothingKnown }, alongside);
    },

    /** As `takeUp`, between sign-in and sign-up. @throws ApiError `session.not_supported_for_forgot_password` */
    async changeEvent(access: FlowAccess, event: FlowEvent): Promise<void> {
      const { event: before } = await keys.load(access);
      if ((event === 'ForgotPassword') !== (before === 'ForgotPassword')) {
        throw new ApiError('session.not_supported_for_forgot_password');
      }
      await this.takeUp(access, event);
    },

    /** Goes on as something else: what was proven stays, who it is has to be asked again. */
    async takeUp(access: FlowAccess, event: FlowEvent): Promise<void> {
      const flow = await keys.load(access);
      if (flow.event !== event) await flows.change(access, { event: flow.event }, { event, ...nothingKnown });
    },

    /**
     * Sends a code. Whether codes serve the event is asked when one says who it is, as at Logto.
     * @throws ApiError `session.invalid_interaction_type`, `session.captcha_required`, `session.email_blocklist.*`, `connector.*`,
     * `request.message_rate_limited`
     */
    async sendCode(access: FlowAccess, { event, ...send }: FlowCode) {
      const flow = await keys.load(access);
      if (flow.event !== event) throw new ApiError('session.invalid_interaction_type');
      const policy = await experience.read();
      const { recipient } = send;
      const isForAccount = await lacks(flow, typeOf(recipient));
      if (isForAccount || event === 'Register') checkMayBeLinked(policy, recipient);
      const isDiscreet = !isForAccount && isSuppressedForStrangers(policy, event, recipient);
      const isSuppressed = isDiscreet && !(await users.find(identifierOf(recipient)));
      // As at Logto, where a sign-up that asks for no number makes of it a second step.
      const isAsked = codeIdentifiersFor(policy, 'Register').includes(typeOf(recipient));
      const usageType = isForAccount && !isAsked ? 'BindMfa' : event;
      const asked = { usageType, isDiscreet, isSuppressed, check: check.ofSend(flow, policy) };
      return verifications.sendCode({ ...send, ...asked, subject: subjectOf(flow) });
    },

    /** Spends a try on a code. @returns the new key @throws ApiError `verification_code.*` */
    async answerCode(access: FlowAccess, answer: CodeAnswer): Promise<string> {
      const flow = await keys.load(access);
      const givingBack = await verifications.answerCode(subjectOf(flow), answer);
      return flows.establish(access, { event: flow.event }, {}, givingBack);
    },

    /**
     * Checks a password. @returns the id of the verification, and the new key
     * @throws ApiError `session.invalid_credentials`, `request.sign_in_rate_limited`, `user.sign_in_method_not_enabled`
     */
    async checkPassword(
      access: FlowAccess,
      identifier: TypedIdentifier,
      typed: Typed,
    ): Promise<{ id: string; key: string }> {
      const flow = await keys.load(access);
      checkMayUsePassword(await experience.read(), nameOf(identifier));
      const { id } = await verifications.checkPassword(subjectOf(flow), identifier, typed);
      return { id, key: await flows.establish(access, { event: flow.event }) };
    },

    /**
     * Says who it is, by a complete verification; Register makes the account. Left out, it is the verification that was
     * given before.
     * @returns what the flow is
     * @throws ApiError `session.verification_failed`, `user.user_not_exist`, `user.suspended`,
     * `user.phone_already_in_use`, `user.email_already_in_use`, `session.email_blocklist.*`, `user.missing_profile`,
     * `session.captcha_required`
     */
    async identify(access: FlowAccess, verificationId?: string): Promise<FlowEvent> {
      const flow = await keys.load(access);
      const id = verificationId ?? flow.verification_id;
      if (flow.event !== 'Register') {
        if (!id) throw new ApiError('session.verification_session_not_found');
        await identification.identifyUser(access, flow, id);
        return flow.event;
      }
      // Told twice, for example by a double click, the account is made once.
      if (flow.user_id !== null) return flow.event;
      await check.require(flow);
      await identification.createUser(access, flow, id).catch(async (error: unknown) => {
        const { event, user_id: madeMeanwhile } = await keys.load(access);
        if (event !== 'Register' || madeMeanwhile === null) throw error;
      });
      return flow.event;
    },

    /**
     * Ends the flow. After ForgotPassword the account has its new password, and the flow goes on as a sign-in of its
     * owner, which a second submit ends. Otherwise the result is handed in, for `resume`; whatever happens in the flow
     * afterwards takes it back.
     * @param endSessions whether a new password ends the sessions that there are, and other sign-ins under way
     * @returns who signs in; after ForgotPassword `resetFor` instead
     * @throws ApiError `session.identifier_not_found`, `session.verification_failed`, `user.suspended`,
     * `session.captcha_required`, `session.mfa.require_mfa_verification`, `user.missing_mfa`,
     * `session.mfa.backup_code_required`, `user.backup_code_already_in_use`
     */
    async submit(
      access: FlowAccess,
      { endSessions = false, application, browser, asksInFull = false }: Submission = {},
    ): Promise<SubmittedSignIn | { resetFor: string }> {
      const flow = await keys.load(access);
      const { user_id: userId, password_digest: digest } = flow;
      if (userId === null) throw new ApiError('session.identifier_not_found');
      await check.require(flow);
      if (flow.event === 'ForgotPassword') {
        await reset(access, flow, { userId, digest, endSessions, application }).catch(async (error: unknown) => {
          // Told twice, for example by a double click, it is replaced once. Where what was proven counts on, that one
          // left the sessions.
          await keys.load(access);
          const isDone = digest !== null && (await users.getWithDigest(userId)).passwordDigest === digest;
          if (!isDone || (endSessions && (await identification.ifStillProven(flow, userId)))) throw error;
        });
        return { resetFor: userId };
      }
      const still = await identification.requireStillProven(flow, userId);
      const trusting = asksInFull ? undefined : browser?.client;
      const { isByBackupCode, ...settled } = await second.require(flow, still, trusting);
      await handIn(access, flow, { userId, ...settled, browser, application });
      const method = isByBackupCode ? 'backup-code' : still.method;
      const trust = settled.trusts && { trust: deps.trustedDevices.trustOf(flow.id, userId) };
      return { accountId: userId, event: flow.event, method, ...trust };
    },

    /**
     * Who signs in by the result that the browser with this key has handed in, while that holds, by what, since when
     * (seconds since the epoch), and when their sign-ins were last ended (milliseconds); otherwise nobody.
     */
    async resume(
      access: FlowAccess,
    ): Promise<{ accountId: string; methods: SignInMethods; signedInAt: number; validFrom: number } | undefined> {
      const now = platform.now();
      const flow = await findSignInFlow(store, keys.toStored(access));
      if (!flow || flow.user_id === null || flow.submitted_at === null) return undefined;
      const proven = await identification.ifStillProven(flow, flow.user_id);
      const rests = proven && (await second.restingOn(flow, proven));
      if (!rests) return undefined;
      const { validFrom, recipient, method } = proven;
      const typed = recipient ? methodOfFactor[typeOf(recipient)] : 'pwd';
      const methods: SignInMethods = { first: method === 'session' ? method : typed, second: rests.second };
      return { accountId: flow.user_id, methods, signedInAt: signInTime(now, validFrom), validFrom };
    },
  };
}
export type SignInFlows = ReturnType<typeof createSignInFlows>;

/** What the policy calls what somebody is known by. */
const nameOf = (identifier: TypedIdentifier): Identifier => {
  if ('phone' in identifier) return 'phone';
  return 'email' in identifier ? 'email' : 'username';
};

/**
 * When a session begins, in whole seconds as OpenID Connect counts: after the second in which those before it ended, so
 * that none of them passes for it.
 */
const signInTime = (now: number, validFrom: number) =>
  Math.max(Math.floor(now / 1000), Math.floor(validFrom / 1000) + 1);

const nothingKnown = { ...nothingChosen, verification_id: null, user_id: null };
