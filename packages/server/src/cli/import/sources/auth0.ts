import { type PasswordHash, readAuth0Hash, readPasswordHash } from '../password-hash.ts';
import { ifAny, isYes, type Source, type SourceRecord, textOf, timeOf, withRest } from '../source.ts';

/** Exports of users (a JSON text a line), files for Auth0's own import, and the hashes that its support sends. */
export const auth0: Source = {
  read({ user_id: userId, _id: oid, ...record }) {
    const {
      phone_number: phone,
      name,
      username,
      picture,
      blocked,
      created_at: createdAt,
      last_login: lastLogin,
    } = record;
    const { email, email_verified: emailVerified } = record;
    const isVerified = isYes(emailVerified) === true;
    const { given_name: givenName, family_name: familyName, nickname } = record;
    const { password_hash: bcrypt, passwordHash, custom_password_hash: custom, mfa_factors: factors } = record;
    const id = idOf(userId, oid);
    const isSmsUser = id?.startsWith('sms|') === true;
    const hash = textOf(bcrypt) ?? textOf(passwordHash);
    const digest = custom ? readAuth0Hash(custom as SourceRecord) : hash && readPasswordHash(hash);
    const isLost = (custom || hash) && !digest;
    return {
      id,
      user: {
        primaryPhone: textOf(phone) ?? (isSmsUser ? textOf(name) : undefined),
        primaryEmail: isVerified ? textOf(email) : undefined,
        username: textOf(username),
        // Users by SMS are called by their numbers.
        name: isSmsUser && /^\+?\d+$/.test(String(name)) ? undefined : textOf(name),
        avatar: textOf(picture),
        profile: ifAny({
          givenName: textOf(givenName),
          familyName: textOf(familyName),
          nickname: isSmsUser ? undefined : textOf(nickname),
        }),
        isSuspended: isYes(blocked),
        createdAt: timeOf(createdAt),
        lastSignInAt: timeOf(lastLogin),
        // A file of hashes adds to users who are there.
        customData: oid ? undefined : withRest(id, restOf(record, isVerified ? ['email', 'email_verified'] : [])),
        ...((digest || undefined) as PasswordHash),
        totpSecret: secretOf(factors),
      },
      notes: [
        ...(isLost ? ['The password hash is of a kind that Sesame cannot check; the user needs a new password.'] : []),
        ...(hasOthers(factors) ? ['Second factors other than an authenticator app are left behind.'] : []),
      ],
    };
  },
};

type Factor = { totp?: { secret?: unknown } };
const listOf = (factors: unknown) => (Array.isArray(factors) ? (factors as Factor[]) : []);

/** Of the authenticator app, which Auth0's own import knows. */
const secretOf = (factors: unknown) => textOf(listOf(factors).find(({ totp }) => totp)?.totp?.secret);
const hasOthers = (factors: unknown) => listOf(factors).length > (secretOf(factors) === undefined ? 0 : 1);

/** Support's files name users by the id without the connection. */
function idOf(userId: unknown, oid: unknown): string | undefined {
  const bare = textOf((oid as SourceRecord | undefined)?.$oid);
  return textOf(userId) ?? (bare && `auth0|${bare}`);
}

const taken = [
  ...[
    'phone_number',
    'name',
    'username',
    'picture',
    'blocked',
    'created_at',
    'last_login',
    'given_name',
    'family_name',
  ],
  ...['nickname', 'password_hash', 'passwordHash', 'custom_password_hash', 'mfa_factors'],
];
const restOf = (record: SourceRecord, alsoTaken: readonly string[]): SourceRecord =>
  Object.fromEntries(Object.entries(record).filter(([name]) => ![...taken, ...alsoTaken].includes(name)));
