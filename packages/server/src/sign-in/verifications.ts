import { linkUsageTypes, type UsageType } from '@sesame/connector-kit';
import type { User, UserIdentifier } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { SignInExperience, SignInExperienceStore } from '../experience/sign-in-experience.ts';
import { keptAt, type Recipient, type RecipientKey } from '../messaging/recipient.ts';
import type { Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowKey } from '../store/sign-in-flows.ts';
import { type Alongside, nothingAlongside, type Store } from '../store/store.ts';
import type { VerificationsTable } from '../store/tables/sign-ins.ts';
import {
  deleteVerification,
  findVerification,
  forgettingOldest,
  forgettingVerifications,
  insertVerification,
  listVerifications,
  mostVerifications,
} from '../store/verifications.ts';
import type { CodeLinks, LinkedEvent } from '../verification/code-link.ts';
import type { AskedCheck, Wording } from '../verification/requests.ts';
import type { Verification as Codes } from '../verification/verification.ts';
import type { NetworkLimits } from './network-limits.ts';
import { isBeforeSend, isOurs, withCode } from './refused-sends.ts';
import { typeOf } from './user-recipients.ts';
import {
  addressIn,
  asTyped,
  freshMs,
  hasBegun,
  isOfCode,
  keyIn,
  nobody,
  secondUsage,
  type Verification,
  verificationOf,
} from './verification-row.ts';

/** Asks for a code in the name of a subject: `flow:<id>` or `user:<id>`. */
export type SendCode = {
  subject: string;
  recipient: Recipient;
  usageType: UsageType;
  wording: Wording;
  client: Client;
  /** Whether it goes to what the account has, which nobody has typed. */
  isUntyped?: boolean;
  isSuppressed?: boolean;
  isDiscreet?: boolean;
  /** Whether a person is there, where that may be asked. */
  check?: AskedCheck;
};

/** An answer to the code of a verification. */
export type CodeAnswer = {
  id: string;
  /** Where the code went, if the caller is to have it right; no key for what no code can go to. */
  recipient?: (Pick<RecipientKey, 'channel'> & Partial<RecipientKey>) | undefined;
  code: string;
  client: Client;
};

type Deps = {
  store: Store;
  platform: Platform;
  experience: SignInExperienceStore;
  codes: Codes;
  users: Users;
  networks: NetworkLimits;
  codeLinks: CodeLinks;
  /** Where the hosted pages are; codes may be bound to its host. */
  publicUrl: string;
};

/** What end users prove: that a phone or a mailbox is theirs, or that they know a password or have a backup code. */
export function createVerifications({
  store,
  platform,
  experience,
  codes,
  users,
  networks,
  codeLinks,
  publicUrl,
}: Deps) {
  const { protocol, host } = new URL(publicUrl);
  const boundTo = ({ originBoundCodes }: SignInExperience) =>
    (originBoundCodes ?? protocol === 'https:') ? host : undefined;

  /** What makes the link to the page for a code; only sign-ins have one. */
  function linkOf({ subject, usageType }: SendCode, verification: string) {
    const [, flow] = /^flow:(.*)$/.exec(subject) ?? [];
    if (flow === undefined || !isLinked(usageType)) return undefined;
    return (made: { code: string; expiresAt: number }) =>
      codeLinks.linkTo({ flow, event: usageType, verification, ...made });
  }

  /**
   * The verification that a new code belongs to: the one that still waits for a code to this recipient, or a new one, which
   * is written with the message, or before it.
   */
  async function reserve({
    subject,
    recipient,
    usageType,
    isUntyped,
  }: SendCode): Promise<{ id: string; writing: Promise<unknown> | undefined }> {
    const rows = await listVerifications(store, subject);
    const waiting = rows.find(
      (row) => keyIn(row) === recipient.key && row.usage_type === usageType && row.verified_at === null,
    );
    if (waiting) return { id: waiting.id, writing: undefined };
    const id = platform.randomUUID();
    const is_untyped = isUntyped ? 1 : 0;
    const waits = {
      ...nobody,
      [typeOf(recipient)]: recipient.address,
      is_untyped,
      created_at: platform.now(),
      verified_at: null,
    };
    const inserting = insertVerification(store, { id, subject, usage_type: usageType, ...waits });
    if (rows.length < mostVerifications) return { id, writing: store.eventually(inserting, [subject]) };
    return { id, writing: store.atomically([inserting, forgettingOldest(store, { subject })], [subject]) };
  }

  const verifications = {
    /**
     * Sends a code; asked again for the same recipient, the new code replaces the old under the same id.
     * @throws ApiError `phone.country_not_served`, `request.sending_paused`, `request.message_rate_limited`, `connector.*`
     */
    async sendCode(request: SendCode): Promise<{ id: string; codeExpiresAt: number; resendAfter: number }> {
      const bound = boundTo(await experience.read());
      const { id, writing } = await reserve(request);
      const { subject: _, isUntyped: __, ...send } = request;
      const start = { ...send, flow: id, boundTo: bound, linkTo: linkOf(request, id) };
      const starting = codes.start(start).catch(async (error: unknown) => {
        // Whoever goes on asking in vain leaves nothing behind; what may be out can be answered.
        if (writing) await (isBeforeSend(error) ? deleteVerification(store, id) : writing);
        // Nobody has to show again that a person is there because something failed here.
        if (isOurs(error)) await send.check?.giveBack?.().catch(() => {});
        throw withCode(error, id);
      });
      const [{ expiresAt, resendAfter }] = await Promise.all([starting, writing]);
      return { id, codeExpiresAt: expiresAt, resendAfter };
    },

    /**
     * Spends a try on the code of a verification; a right one completes it.
     * @returns what has to be written after that: it was no guess
     * @throws ApiError `session.verification_session_not_found`, `verification_code.*`, `request.sign_in_rate_limited`
     */
    async answerCode(subject: string, answer: CodeAnswer): Promise<Alongside> {
      const row = await findVerification(store, subject, answer.id);
      const address = row && isOfCode(row) ? addressIn(row) : null;
      // Whoever was told which recipients are wrong would find out the one that is masked.
      const isGuessed = row?.is_untyped === 1 && answer.recipient !== undefined;
      if (!row || !address || isGuessed) throw new ApiError('session.verification_session_not_found');
      const recipient = keptAt(address);
      const { client, code, recipient: said = recipient } = answer;
      if (said.channel !== recipient.channel || said.key !== recipient.key) {
        throw new ApiError(`verification_code.${typeOf(recipient)}_mismatch`);
      }
      // Who is known there has a counter for the recipient; its network may be shared with strangers.
      const isStranger = !(await codes.isKnown(client, recipient));
      if (isStranger) await networks.charge('code', client);
      await codes.answer({ recipient, flow: row.id, code, client });
      return isStranger ? networks.givingBack('code', client) : nothingAlongside;
    },

    /** Whether the code of a link is still to be typed: neither was it, nor has another one taken its place. */
    async awaitsCode(subject: string, { id, code }: Pick<CodeAnswer, 'id' | 'code'>): Promise<boolean> {
      const row = await findVerification(store, subject, id);
      const address = row && isOfCode(row) && row.verified_at === null ? addressIn(row) : null;
      return address ? codes.isPending({ recipient: keptAt(address), flow: id, code }) : false;
    },

    /**
     * Checks a password; a right one makes a complete verification.
     * @throws ApiError `session.invalid_credentials`, `request.sign_in_rate_limited`
     */
    async checkPassword(
      subject: string,
      identifier: UserIdentifier,
      typed: { password: string; client: Client },
    ): Promise<{ id: string; user: User }> {
      const id = platform.randomUUID();
      const user = await users.findByPassword(identifier, typed, (found) => [
        insertVerification(store, { ...this.ofPassword(subject, found.id), ...asTyped(identifier), id }),
        forgettingOldest(store, { subject }),
      ]);
      if (!user) throw new ApiError('session.invalid_credentials');
      return { id, user };
    },

    /** That somebody knows the password of a user, to be recorded by `inserting`. */
    ofPassword(subject: string, userId: string): VerificationsTable {
      const now = platform.now();
      const common = { id: platform.randomUUID(), subject, usage_type: 'SignIn', ...nobody };
      return { ...common, user_id: userId, created_at: now, verified_at: now };
    },

    /** That somebody is signed in, to be recorded by `inserting`; another factor has to come second. */
    ofSession: (subject: string, session: { accountId: string; id: string }): VerificationsTable => ({
      ...verifications.ofPassword(subject, session.accountId),
      session_id: session.id,
    }),

    /** That something of a user came second, to be recorded by `inserting`; as it is, a backup code. */
    ofSecondFactor: (subject: string, userId: string): VerificationsTable => ({
      ...verifications.ofPassword(subject, userId),
      usage_type: secondUsage,
    }),

    /** Keeps what is kept of backup codes that are shown to a user. @returns the id of the verification */
    async ofNewBackupCodes(subject: string, userId: string, digests: readonly string[]): Promise<string> {
      const row = { ...verifications.ofSecondFactor(subject, userId), backup_codes: JSON.stringify(digests) };
      await store.atomically([insertVerification(store, row), forgettingOldest(store, { subject })]);
      return row.id;
    },

    /** What is kept of backup codes that were shown to a user; undefined where they no longer count. */
    async backupCodesOf(subject: string, userId: string, id: string): Promise<string[] | undefined> {
      const row = await findVerification(store, subject, id);
      return row?.user_id === userId && row.backup_codes ? JSON.parse(row.backup_codes) : undefined;
    },

    /** Keeps a username and a password that are to make an account. @returns the id of the verification */
    async ofNewIdentity(subject: string, identity: { username: string; passwordDigest: string }): Promise<string> {
      const now = platform.now();
      const id = platform.randomUUID();
      const known = { ...nobody, username: identity.username, password_digest: identity.passwordDigest };
      const row = { id, subject, usage_type: 'Register', ...known, created_at: now, verified_at: now };
      await store.atomically([insertVerification(store, row), forgettingOldest(store, { subject })]);
      return id;
    },

    /** What is kept of the password that is to make an account. */
    digestOf: async (subject: string, id: string): Promise<string | null> =>
      (await findVerification(store, subject, id))?.password_digest ?? null,

    /** The statement that records a verification, for a transaction with others. */
    inserting: (verification: VerificationsTable) => insertVerification(store, verification),

    /** The verification with this id, if it belongs to the subject. */
    async find(subject: string, id: string): Promise<Verification | undefined> {
      const row = await findVerification(store, subject, id);
      return row && verificationOf(row, await experience.read(), platform.now());
    },

    /** The verifications of a subject, newest first; not those whose code was refused before it was made. */
    async list(subject: string): Promise<Verification[]> {
      const policy = await experience.read();
      const rows = await listVerifications(store, subject);
      return rows.filter(hasBegun).map((row) => verificationOf(row, policy, platform.now()));
    },

    /** When a verification stops being good: a pending one with its code. Milliseconds since the epoch. */
    expiryOf: (verification: Verification): number =>
      verification.verifiedAt === undefined && verification.type === 'code'
        ? verification.codeExpiresAt
        : (verification.verifiedAt ?? 0) + freshMs,

    /** The statement that forgets what was proven in a flow, while this is its key. */
    forgetting: (subject: string, { id, keyDigest }: SignInFlowKey) =>
      forgettingVerifications(store, { subject, id, keyDigest }),
  };
  return verifications;
}
export type Verifications = ReturnType<typeof createVerifications>;

const isLinked = (usageType: UsageType): usageType is LinkedEvent =>
  linkUsageTypes.some((linked) => linked === usageType);
