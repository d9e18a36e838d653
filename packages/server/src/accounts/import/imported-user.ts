import { canReceiveSms, parseEmail, parsePhone } from '@sesame/connector-kit';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { checkJson } from '../../kept-json.ts';
import { joined } from '../../refusals.ts';
import { rightFields } from '../../right-fields.ts';
import { mostOthers, type OtherKind } from '../../store/other-recipients.ts';
import { issuesOfKeys, strictly } from '../../strict-schema.ts';
import { checkForeignDigest, digestRefusals } from '../password-digests/read-digest.ts';
import { readTotpSecret } from '../totp.ts';
import { digestFields, userFields, userIdPattern } from '../user-fields.ts';
import { toChanges, userRefusals } from '../user-record.ts';

const time = z.int().min(0).max(8_640_000_000_000_000).describe('Milliseconds since the epoch.');
const maxDigestLength = 1024;

/** A user as an import brings it along. */
export const importedUser = strictly(
  z.object({
    id: z
      .string()
      .regex(userIdPattern, 'An id has up to 128 letters, digits and -_|. and does not begin with | or a dot.')
      .optional()
      .describe('The id from before. Without it, the user gets a new one.'),
    ...userFields,
    otherPhones: z
      .array(z.string().max(64).refine(mayGetSms, 'Give phone numbers with their country codes, that take SMS.'))
      .max(mostOthers)
      .nullish()
      .describe('Phone numbers beside the primary one.'),
    otherEmails: z
      .array(z.string().max(320).refine(parseEmail, 'Give email addresses, for example ali@example.com.'))
      .max(mostOthers)
      .nullish()
      .describe('Email addresses beside the primary one.'),
    passwordDigest: digestFields.passwordDigest.unwrap().unwrap().max(maxDigestLength).nullish(),
    passwordAlgorithm: digestFields.passwordAlgorithm,
    totpSecret: z
      .string()
      .refine((given) => readTotpSecret(given) !== undefined, 'Give 16 to 128 characters of base32.')
      .nullish()
      .describe('Of the authenticator app.'),
    isSuspended: z.boolean().optional(),
    createdAt: time.optional(),
    lastSignInAt: time.nullish(),
  }),
);
export type ImportedUser = z.input<typeof importedUser>;

/** What an import writes of a user; what the line does not say is missing. */
export type ImportedRow = {
  id: string | undefined;
  changes: ReturnType<typeof changesOf>;
  createdAt: number | undefined;
  /** Numbers and addresses beside the primary ones, as they are looked up. */
  others: { kind: OtherKind; address: string; key: string }[];
  /** Of the authenticator app; null for one that is to go. */
  totpSecret: string | null | undefined;
};

/** Reads a line of an import. @throws ApiError that says what is wrong with it */
export function readImportedUser(value: unknown): ImportedRow {
  checkJson(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'A line is a user as a JSON object, for example {"primaryPhone": "+8613800138000"}.';
    throw new ApiError('guard.invalid_input', { issues: [{ in: 'body', path: '', message }] });
  }
  const parsed = importedUser.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) => {
      const described = { in: 'body', path: issue.path.join('.'), message: issue.message };
      return issue.code === 'unrecognized_keys' ? issuesOfKeys(described, issue.keys) : [described];
    });
    const right: Partial<ReadUser> = rightFields(
      importedUser,
      value,
      issues.map(({ path }) => path),
    );
    throw joined(new ApiError('guard.invalid_input', { issues }), refusalsIn(right));
  }
  const refusals = refusalsIn(parsed.data);
  const [first] = refusals;
  if (first) throw joined(first, refusals);
  const { id, createdAt, totpSecret } = parsed.data;
  const changes = changesOf(parsed.data);
  const others = othersIn(parsed.data).filter(({ key }) => key !== changes.phone && key !== changes.email_key);
  return { id, createdAt, totpSecret: totpSecret && readTotpSecret(totpSecret), changes, others };
}

type ReadUser = z.infer<typeof importedUser>;

const refusalsIn = (fields: Partial<ReadUser>) => [...userRefusals(fields), ...digestRefusals(fields)];

/** Each once, in whatever spelling. */
function othersIn({ otherPhones, otherEmails }: ReadUser): ImportedRow['others'] {
  const all = [
    ...(otherPhones ?? []).map((address) => ({
      kind: 'phone' as const,
      address,
      key: parsePhone(address)?.e164 ?? '',
    })),
    ...(otherEmails ?? []).map((address) => ({ kind: 'email' as const, address, key: parseEmail(address)?.key ?? '' })),
  ];
  return all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index);
}

function mayGetSms(typed: string): boolean {
  const phone = parsePhone(typed);
  return phone !== undefined && canReceiveSms(phone);
}

function changesOf({
  totpSecret: _,
  otherPhones: _phones,
  otherEmails: _emails,
  isSuspended,
  lastSignInAt,
  passwordDigest,
  passwordAlgorithm,
  ...fields
}: ReadUser) {
  return {
    ...toChanges(fields),
    ...(passwordDigest !== undefined && { password_digest: checkForeignDigest({ passwordDigest, passwordAlgorithm }) }),
    ...(isSuspended !== undefined && { is_suspended: isSuspended ? 1 : 0 }),
    ...(lastSignInAt !== undefined && { last_sign_in_at: lastSignInAt }),
  };
}
