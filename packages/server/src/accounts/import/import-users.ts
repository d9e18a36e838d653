import { ApiError } from '../../errors.ts';
import { newId, type Platform } from '../../platform.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import { addingAuthenticator, endingAuthenticator } from '../../store/authenticators.ts';
import { endingIdleBackupCodes } from '../../store/backup-codes.ts';
import { endingOidcModels } from '../../store/ended-sessions.ts';
import { insertUsersUnlessTaken } from '../../store/imported-users.ts';
import { addingOtherRecipient, mostOthers, type OtherKind, otherRecipientsLock } from '../../store/other-recipients.ts';
import { isUnmet } from '../../store/requirement.ts';
import type { Store } from '../../store/store.ts';
import type { OtherRecipientsTable } from '../../store/tables/users.ts';
import { changeUser, findUser, suspending, takenField, type UserRow } from '../../store/users.ts';
import { deleteAuthenticatorVerifications, deletePasswordVerifications } from '../../store/verifications.ts';
import { rowOf as appRowOf } from '../authenticators.ts';
import { rowOf } from '../other-recipients.ts';
import { changedBy, newUserId, nobody, type RecipientGiver } from '../user-record.ts';
import { createIdentities, type Identities } from './identities.ts';
import { type ImportedRow, readImportedUser } from './imported-user.ts';
import { createSeenIdentifiers } from './seen-identifiers.ts';

/** A user to import, and the line of the file. */
export type ImportLine = {
  line: number;
  user: unknown;
  /** For a user without an id: the same each time the file is read, so that an import can be begun again. */
  idOfLine?: string | undefined;
};

/** What became of a line. A user who exists is left alone, unless the import is to change such users. */
export type ImportOutcome = { line: number } & (
  | { status: 'created' | 'updated' | 'exists'; id: string }
  | { status: 'failed'; error: ApiError }
);

/** How lines are taken. */
export type ImportOptions = {
  /** Users who exist, by id, number, address or username, get what the line says. */
  upsert: boolean;
  /** Nothing is written. */
  dryRun: boolean;
};

/** An import under way. */
export type UserImport = {
  /** Takes some lines, a few hundred so that others have their turn. @returns what became of each, in their order */
  take: (lines: readonly ImportLine[]) => Promise<ImportOutcome[]>;
  close: () => void;
};

/** What an import needs; the keys are asked for where a line brings the secret of an authenticator app along. */
export type ImportDeps = { store: Store; platform: Platform; secretKeys: Pick<SecretKeys, 'encrypt'> };

/** A line that can be read, and the id of a user that it would make. */
type Candidate = ImportedRow & { line: number; isNamed: boolean; id: string };

/** Begins an import. Lines with the id, the number, the address or the username of an earlier line are refused. */
export function beginImport(
  { store, platform, secretKeys }: ImportDeps,
  { upsert, dryRun }: ImportOptions,
): UserImport {
  const seen = createSeenIdentifiers();

  function read({ line, user, idOfLine }: ImportLine): Candidate | ImportOutcome {
    return unlessRefused(line, () => {
      const row = readImportedUser(user);
      const { phone: primaryPhone, email_key: primaryEmail, username } = row.changes;
      const named = { id: row.id, primaryPhone, primaryEmail, username };
      for (const [field, value] of Object.entries(named) as [Field, string][]) {
        const before = value ? seen.claim(`${field}:${value}`, line) : undefined;
        if (before !== undefined) throw taken(field, `Line ${before} has the same ${field}.`);
      }
      for (const { kind, key } of row.others) {
        const before = seen.claim(`${primaryFields[kind]}:${key}`, line);
        if (before !== undefined) throw taken(primaryFields[kind], `Line ${before} has ${key}, too.`);
      }
      return { ...row, line, isNamed: row.id !== undefined, id: row.id ?? idOfLine ?? newUserId(platform) };
    });
  }

  /** What is to become of a line, as things are. */
  function decide(candidate: Candidate, known: Identities): ImportOutcome {
    const { line, isNamed, id } = candidate;
    const { phone, email_key: email, username } = candidate.changes;
    return unlessRefused(line, () => {
      const named = known.byPhone(phone) ?? known.byEmail(email) ?? known.byUsername(username);
      const alike = upsert && !isNamed ? named : undefined;
      const owner = known.byId(id) ?? alike;
      if (owner && !upsert) return { line, status: 'exists', id: owner };
      for (const [field, other] of [
        ['primaryPhone', known.byPhone(phone)],
        ['primaryEmail', known.byEmail(email)],
        ['username', known.byUsername(username)],
      ] as const) {
        if (other !== undefined && other !== owner) throw taken(field, `The user ${other} has this ${field}.`);
      }
      for (const { kind, key } of candidate.others) {
        const other = ownerOf(known, kind)(key);
        if (other !== undefined && other !== owner) throw taken(primaryFields[kind], `The user ${other} has ${key}.`);
      }
      return { line, status: owner ? 'updated' : 'created', id: owner ?? id };
    });
  }

  const appOf = (userId: string, secret: string | null | undefined, now: number) =>
    secret ? appRowOf(userId, { id: newId(platform), secret, timeStep: 0 }, { secretKeys, now }) : undefined;

  const othersOf = (userId: string, { others }: Candidate, now: number): OtherRecipientsTable[] =>
    others.map(({ kind, address }) => rowOf({ userId, kind, by: importer }, address, { id: newId(platform), now }));

  /**
   * What is void after the same change of one user is void here: proofs by another password, and from before a
   * suspension.
   */
  async function update(candidate: Candidate, known: Identities, id: string): Promise<ImportOutcome> {
    const { line, changes, totpSecret } = candidate;
    // What is the user's already stays as it is.
    const missing = candidate.others.filter(({ kind, key }) => ownerOf(known, kind)(key) === undefined);
    try {
      const now = platform.now();
      const app = appOf(id, totpSecret, now);
      const added = othersOf(id, { ...candidate, others: missing }, now);
      const { is_suspended: isSuspended, password_digest: digest } = changes;
      const given = {
        ...changedBy(changes, importer),
        // It was set elsewhere.
        ...(digest !== undefined && { password_set_at: null }),
      };
      const { is_suspended: _, ...others } = changes;
      const [changed] = await store.atomically(
        [
          changeUser(store, id, { ...others, ...given, updated_at: now }),
          ...(isSuspended === undefined ? [] : suspending(store, id, isSuspended ? 1 : 0, now)),
          ...(digest === undefined ? [] : [deletePasswordVerifications(store, id)]),
          ...(totpSecret === undefined
            ? []
            : [endingAuthenticator(store, id), deleteAuthenticatorVerifications(store, id)]),
          ...(app ? addingAuthenticator(store, app) : []),
          // Where nothing is left that they stand in for.
          ...endingIdleBackupCodes(store, id, ['phone', 'email', 'totp']),
          ...(isSuspended ? endingOidcModels(store, id, {}, now) : []),
          ...added.flatMap((row) =>
            addingOtherRecipient(store, row, row.phone === null ? 'email' : 'phone', mostOthers),
          ),
        ],
        added.length > 0 ? [otherRecipientsLock] : [],
      );
      return changed.length > 0
        ? { line, status: 'updated', id }
        : { line, status: 'failed', error: new ApiError('entity.not_found') };
    } catch (error) {
      if (isUnmet(error)) {
        const isThere = (await findUser(store, 'id', id)) !== undefined;
        return {
          line,
          status: 'failed',
          error: new ApiError(isThere ? 'user.too_many_recipients' : 'entity.not_found'),
        };
      }
      const field = takenField(error);
      if (!field) throw error;
      return { line, status: 'failed', error: new ApiError(`user.${field}_already_in_use`) };
    }
  }

  async function write(
    candidates: readonly Candidate[],
    decided: readonly ImportOutcome[],
    knownBefore: Identities,
  ): Promise<ImportOutcome[]> {
    const now = platform.now();
    const added = candidates.filter((_, index) => decided[index]?.status === 'created');
    const made = await insertUsersUnlessTaken(
      store,
      added.map((candidate) => toRow(candidate, now)),
      {
        apps: added.flatMap(({ id, totpSecret }) => appOf(id, totpSecret, now) ?? []),
        others: added.flatMap((candidate) => othersOf(candidate.id, candidate, now)),
      },
    );
    const missed = added.filter(({ id }) => !made.has(id));
    // Somebody has signed up with the same number in between.
    const known = await createIdentities(store, missed);
    return Promise.all(
      candidates.map((candidate, index) => {
        const outcome = decided[index] as ImportOutcome;
        if (outcome.status === 'updated') return update(candidate, knownBefore, outcome.id);
        return outcome.status === 'created' && !made.has(outcome.id) ? decide(candidate, known) : outcome;
      }),
    );
  }

  return {
    async take(lines) {
      const outcomes = lines.map(read);
      const candidates = outcomes.filter((each) => 'changes' in each);
      const known = await createIdentities(store, candidates);
      const decided = candidates.map((candidate) => decide(candidate, known));
      const settled = (dryRun ? decided : await write(candidates, decided, known)).values();
      return outcomes.map((each) => ('changes' in each ? (settled.next().value as ImportOutcome) : each));
    },
    close: seen.close,
  };
}

const importer: RecipientGiver = { type: 'server', id: 'import' };

const primaryFields = { phone: 'primaryPhone', email: 'primaryEmail' } as const;

const ownerOf = (known: Identities, kind: OtherKind) => (kind === 'phone' ? known.byPhone : known.byEmail);

type Field = 'id' | 'primaryPhone' | 'primaryEmail' | 'username';

const codes = {
  id: 'entity.id_in_use',
  primaryPhone: 'user.phone_already_in_use',
  primaryEmail: 'user.email_already_in_use',
  username: 'user.username_already_in_use',
} as const;

const taken = (field: Field, message: string) => new ApiError(codes[field], { message });

function unlessRefused<T>(line: number, read: () => T): T | (ImportOutcome & { status: 'failed' }) {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError) return { line, status: 'failed', error };
    throw error;
  }
}

/** What somebody with this id had proven before they were deleted is void. */
const toRow = ({ id, changes, createdAt }: Candidate, now: number): UserRow => ({
  ...nobody,
  password_digest: null,
  ...changes,
  id,
  sessions_valid_from: now,
  created_at: createdAt ?? now,
  updated_at: now,
});
