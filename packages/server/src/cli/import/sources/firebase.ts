import { CommandError } from '../../command-error.ts';
import type { HashConfig } from '../hash-config.ts';
import { isYes, parsedOf, type Source, type SourceRecord, textOf, timeOf, withRest } from '../source.ts';

const providers = ['google', 'facebook', 'twitter', 'github'].flatMap((name) =>
  ['Id', 'Email', 'Name', 'Photo'].map((what) => `${name}${what}`),
);
/** Of `firebase auth:export --format=csv`, which writes no header. */
const columns = [
  ...['localId', 'email', 'emailVerified', 'passwordHash', 'salt', 'displayName', 'photoUrl'],
  ...providers,
  ...['createdAt', 'lastSignedInAt', 'phoneNumber', 'disabled', 'customAttributes'],
];

/** What `firebase auth:export` writes. */
export const firebase = (hashConfig: HashConfig | undefined): Source => ({
  columns,
  read({ localId, phoneNumber, displayName, photoUrl, createdAt, lastSignedInAt, disabled, ...rest }) {
    const id = textOf(localId);
    const { email, passwordHash, salt, emailVerified, customAttributes, ...others } = rest;
    const isVerified = isYes(emailVerified) === true;
    return {
      id,
      user: {
        primaryPhone: textOf(phoneNumber),
        primaryEmail: isVerified ? textOf(email) : undefined,
        name: textOf(displayName),
        avatar: textOf(photoUrl),
        isSuspended: isYes(disabled),
        createdAt: timeOf(createdAt),
        lastSignInAt: timeOf(lastSignedInAt),
        customData: withRest(id, {
          ...(isVerified ? {} : { email, emailVerified: isYes(emailVerified) }),
          ...others,
          customAttributes: parsedOf(customAttributes),
        }),
        ...(passwordHash ? digestOf({ passwordHash, salt }, hashConfig) : {}),
      },
    };
  },
});

function digestOf({ passwordHash, salt }: SourceRecord, hashConfig: HashConfig | undefined) {
  if (!hashConfig) {
    throw new CommandError(
      'There are password hashes in this file. Say with --hash-config where the password hash parameters of the project are; the console of Firebase shows them under Authentication, Users.',
    );
  }
  const { signerKey, saltSeparator, rounds, memCost } = hashConfig;
  const args = [String(salt ?? ''), signerKey, saltSeparator, rounds, memCost, '@'];
  return {
    passwordAlgorithm: 'Legacy' as const,
    passwordDigest: JSON.stringify(['firebase-scrypt', args, String(passwordHash)]),
  };
}
