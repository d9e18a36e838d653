import { unknownName } from '../../../unknown-name.ts';
import { CommandError } from '../../command-error.ts';
import { readPasswordHash } from '../password-hash.ts';
import { isYes, listOf, parsedOf, type Source, textOf, timeOf } from '../source.ts';

const address = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];
const profile = [
  ...['familyName', 'givenName', 'middleName', 'nickname', 'preferredUsername', 'profile', 'website', 'gender'],
  ...['birthdate', 'zoneinfo', 'locale', ...address.map((name) => `address.${name}`)],
];
const columns = [
  ...[
    'id',
    'primaryPhone',
    'primaryEmail',
    'otherPhones',
    'otherEmails',
    'username',
    'name',
    'avatar',
    'passwordDigest',
    'passwordAlgorithm',
    'totpSecret',
    'isSuspended',
  ],
  ...['createdAt', 'lastSignInAt', ...profile.map((name) => `profile.${name}`)],
];
const ownColumn = /^customData\.[^.]+$/;

/** A table whose header names the fields of Sesame: `primaryPhone`, `profile.givenName`, `customData.anything`. */
export const csv: Source = {
  checkHeader(header) {
    const unknown = header.filter((name) => !columns.includes(name) && !ownColumn.test(name));
    if (unknown.length === 0) return;
    throw new CommandError(
      [...unknown.map((name) => unknownName(name, columns)), 'Call columns of your own customData.<name>.'].join(' '),
    );
  },
  read({
    id,
    otherPhones,
    otherEmails,
    isSuspended,
    createdAt,
    lastSignInAt,
    passwordDigest,
    passwordAlgorithm,
    ...record
  }) {
    const given = textOf(passwordDigest);
    const algorithm = textOf(passwordAlgorithm);
    const digest =
      given && (algorithm ? { passwordDigest: given, passwordAlgorithm: algorithm } : readPasswordHash(given));
    const user: Record<string, unknown> = {
      ...(textOf(isSuspended) && { isSuspended: isYes(isSuspended) }),
      otherPhones: listOf(otherPhones),
      otherEmails: listOf(otherEmails),
      createdAt: timeOf(createdAt),
      lastSignInAt: timeOf(lastSignInAt),
      // What has no known form is refused by name.
      ...(given && (digest ?? { passwordDigest: given })),
    };
    for (const [name, value] of Object.entries(record)) {
      if (textOf(value) !== undefined)
        setAt(user, name.split('.'), name.startsWith('customData.') ? parsedOf(value) : value);
    }
    return { id: textOf(id), user };
  },
};

function setAt(target: Record<string, unknown>, [first = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  target[first] ??= {};
  setAt(target[first] as Record<string, unknown>, rest, value);
}
