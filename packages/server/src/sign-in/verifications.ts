import { linkUsageTypes, type UsageType } from '@sesame/connector-kit';
import type { User, UserIdentifier } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { mayBeOut } from '../connectors/connector-failure.ts';
import { ApiError } from '../errors.ts';
import type { Identifier } from '../experience/methods.ts';
import type { SignInExperience, SignInExperienceStore } from '../experience/sign-in-experience.ts';
import {
  type KeptRecipient,
  keptAt,
  type Recipient,
  type RecipientKey,
  readRecipient,
} from '../messaging/recipient.ts';
import type { Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Store } from '../store/store.ts';
import type { VerificationsTable } from '../store/tables/sign-ins.ts';
import {
  deleteVerification,
  deleteVerifications,
  findVerification,
  forgettingOldest,
  insertVerification,
  listVerifications,
  mostVerifications,
  type VerificationRow,
} from '../store/verifications.ts';
import type { CodeLinks, LinkedEvent } from '../verification/code-link.ts';
import { Undecided } from '../verification/guarding.ts';
import type { AskedCheck, Wording } from '../verification/requests.ts';
import type { Verification as Codes } from '../verification/verification.ts';
import type { NetworkLimits } from './network-limits.ts';
import { typeOf } from './user-recipients.ts';

/** What somebody proves, or is about to. Times are milliseconds since the epoch. */
export type Verification = {
  id: string;
  usageType: UsageType;
  createdAt: number;
  /** When it was completed, while that is fresh. */
  verifiedAt: number | undefined;
} & (
  | { type: 'code'; isUntyped: boolean; recipient: KeptRecipient; codeExpiresAt: number; resendAfter: number }
  | { type: 'password'; userId: string; typed: { type: Identifier | 'userId'; value: string } }
  | { type: 'new-identity'; username: string }
  | { type: 'backup-code'; userId: string }
  | { type: 'new-backup-codes'; userId: string }
);

/** What the code is for that comes after what says who it is. */
export const secondUsage = 'MfaVerification' satisfies UsageType;

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

/** How long a verification is good for once it is complete. */
const freshMs = 10 * 60_000;

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

  function toVerification(row: VerificationRow, { messageRateLimitPolicy }: SignInExperience): Verification {
    const { id, usage_type: usageType, created_at: createdAt, verified_at } = row;
    const isFresh = verified_at !== null && verified_at + freshMs > platform.now();
    const common = { id, usageType, createdAt, verifiedAt: isFresh ? verified_at : undefined };
    if (row.user_id !== null && usageType === secondUsage) {
      return { ...common, type: row.backup_codes === null ? 'backup-code' : 'new-backup-codes', userId: row.user_id };
    }
    if (row.user_id !== null) return { ...common, type: 'password', userId: row.user_id, typed: typedWith(row) };
    if (!isOfCode(row)) return { ...common, type: 'new-identity', username: row.username ?? '' };
    return {
      ...common,
      type: 'code',
      recipient: keptAt(addressIn(row) ?? ''),
      isUntyped: row.is_untyped === 1,
      codeExpiresAt: row.code_expires_at ?? createdAt,
      resendAfter: (row.code_sent_at ?? createdAt) + messageRateLimitPolicy.resendInterval * 1000,
    };
  }

  /** What makes the link to the page for a code; only sign-ins have one. */
  function linkOf({ subject, usageType }: SendCode, verification: string) {
    const [, flow] = /^flow:(.*)$/.exec(subject) ?? [];
    if (flow === undefined || !isLinked(usageType)) return undefined;
    return (made: { code: string; expiresAt: number }) =>
      codeLinks.linkTo({ flow, event: usageType, verification, ...made });
  }

  /** The verification that a new code belongs to: the one that still waits for a code to this recipient, or a new one. */
  async function reserve({
    subject,
    recipient,
    usageType,
    isUntyped,
  }: SendCode): Promise<{ id: string; isNew: boolean }> {
    const rows = await listVerifications(store, subject);
    const waiting = rows.find(
      (row) => keyIn(row) === recipient.key && row.usage_type === usageType && row.verified_at === null,
    );
    if (waiting) return { id: waiting.id, isNew: false };
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
    const isFull = rows.length >= mostVerifications;
    await store.atomically([inserting, ...(isFull ? [forgettingOldest(store, { subject })] : [])]);
    return { id, isNew: true };
  }

  const verifications = {
    /**
     * Sends a code; asked again for the same recipient, the new code replaces the old under the same id.
     * @throws ApiError `phone.country_not_served`, `request.sending_paused`, `request.message_rate_limited`, `connector.*`
     */
    async sendCode(request: SendCode): Promise<{ id: string; codeExpiresAt: number; resendAfter: number }> {
      const { id, isNew } = await reserve(request);
      const { subject: _, isUntyped: __, ...send } = request;
      const start = {
        ...send,
        flow: id,
        boundTo: boundTo(await experience.read()),
        linkTo: linkOf(request, id),
      };
      const { expiresAt, resendAfter } = await codes.start(start).catch(async (error: unknown) => {
        // Whoever goes on asking in vain leaves nothing behind.
        if (isNew && isBeforeSend(error)) await deleteVerification(store, id);
        // Nobody has to show again that a person is there because something failed here.
        if (isOurs(error)) await send.check?.giveBack?.().catch(() => {});
        throw withCode(error, id);
      });
      return { id, codeExpiresAt: expiresAt, resendAfter };
    },

    /**
     * Spends a try on the code of a verification; a right one completes it.
     * @throws ApiError `session.verification_session_not_found`, `verification_code.*`, `request.sign_in_rate_limited`
     */
    async answerCode(subject: string, answer: CodeAnswer): Promise<void> {
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
      if (isStranger) await networks.giveBack('code', client);
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

    /** That somebody has used up a backup code of a user, to be recorded by `inserting`. */
    ofBackupCode: (subject: string, userId: string): VerificationsTable => ({
      ...verifications.ofPassword(subject, userId),
      usage_type: secondUsage,
    }),

    /** Keeps what is kept of backup codes that are shown to a user. @returns the id of the verification */
    async ofNewBackupCodes(subject: string, userId: string, digests: readonly string[]): Promise<string> {
      const row = { ...verifications.ofBackupCode(subject, userId), backup_codes: JSON.stringify(digests) };
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
      return row && toVerification(row, await experience.read());
    },

    /** The verifications of a subject, newest first; not those whose code was refused before it was made. */
    async list(subject: string): Promise<Verification[]> {
      const policy = await experience.read();
      const rows = await listVerifications(store, subject);
      return rows.filter(hasBegun).map((row) => toVerification(row, policy));
    },

    /** When a verification stops being good: a pending one with its code. Milliseconds since the epoch. */
    expiryOf: (verification: Verification): number =>
      verification.verifiedAt === undefined && verification.type === 'code'
        ? verification.codeExpiresAt
        : (verification.verifiedAt ?? 0) + freshMs,

    /** Forgets what a subject has proven. */
    forget: (subject: string): Promise<void> => deleteVerifications(store, subject),
  };
  return verifications;
}
export type Verifications = ReturnType<typeof createVerifications>;

const isLinked = (usageType: UsageType): usageType is LinkedEvent =>
  linkUsageTypes.some((linked) => linked === usageType);

const nobody = {
  phone: null,
  email: null,
  username: null,
  user_id: null,
  password_digest: null,
  backup_codes: null,
  is_untyped: 0,
};

const isOfCode = ({ user_id, password_digest }: VerificationRow) => user_id === null && password_digest === null;

const hasBegun = ({ code_sent_at, verified_at }: VerificationRow) => code_sent_at !== null || verified_at !== null;

/** The columns for what was typed with a password; an id nobody types. */
function asTyped(identifier: UserIdentifier) {
  if ('phone' in identifier) return { phone: readRecipient(identifier.phone)?.address ?? null };
  if ('email' in identifier) return { email: readRecipient(identifier.email)?.address ?? null };
  return 'username' in identifier ? { username: identifier.username } : {};
}

/** Where the code went. */
const addressIn = ({ phone, email }: VerificationRow): string | null => phone ?? email;
const keyIn = (row: VerificationRow): string | undefined => addressIn(row)?.toLowerCase();

function typedWith({ phone, email, username, user_id }: VerificationRow) {
  if (phone !== null) return { type: 'phone' as const, value: phone };
  if (email !== null) return { type: 'email' as const, value: email };
  if (username !== null) return { type: 'username' as const, value: username };
  return { type: 'userId' as const, value: user_id ?? '' };
}

/** Whether a send failed by no refusal, but by the server. */
const isOurs = (error: unknown) => !(error instanceof ApiError) || error instanceof Undecided;

/** Names the verification of a code that may arrive although its send failed. */
function withCode(error: unknown, verificationId: string): unknown {
  if (!(error instanceof ApiError) || !mayBeOut(error)) return error;
  return new ApiError(error.code, { ...error.data, verificationId }, error.status);
}

/** Whether a send was refused before any limit counted it. */
const isBeforeSend = (error: unknown) => error instanceof ApiError && refusalsBeforeSend.includes(error.code);
const refusalsBeforeSend: readonly string[] = [
  'request.message_rate_limited',
  'request.sending_paused',
  'phone.cannot_receive_sms',
  'phone.country_not_served',
  'session.captcha_required',
];
