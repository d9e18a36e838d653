import { CommandError } from '../../command-error.ts';
import { readPasswordHash } from '../password-hash.ts';
import { listOf, type Source, textOf, withRest } from '../source.ts';

/**
 * Users as the dashboard of Clerk exports them, as CSV, or as JSON with the same names.
 * @see https://clerk.com/docs/guides/development/migrating/export-from-clerk
 */
export const clerk: Source = {
  checkHeader(header) {
    if (header.includes('id') && header.includes('primary_phone_number')) return;
    throw new CommandError(
      'The first line has to name the columns of Clerk’s export: id, primary_phone_number and so on.',
    );
  },
  read({ id: givenId, first_name: first, last_name: last, username, totp_secret: totpSecret, ...rest }) {
    const { primary_phone_number: phone, verified_phone_numbers: phones, unverified_phone_numbers: openPhones } = rest;
    const {
      primary_email_address: email,
      verified_email_addresses: emails,
      unverified_email_addresses: openEmails,
    } = rest;
    const id = textOf(givenId);
    const [hash, givenName, familyName] = [rest.password_digest, first, last].map(textOf);
    const digest = hash && readPasswordHash(hash);
    const ownPhones = verified(phone, phones, openPhones);
    const ownEmails = verified(email, emails, openEmails);
    return {
      id,
      user: {
        ...(ownPhones && { primaryPhone: ownPhones.primary, otherPhones: ownPhones.others }),
        ...(ownEmails && { primaryEmail: ownEmails.primary, otherEmails: ownEmails.others }),
        username: textOf(username),
        name: [givenName, familyName].filter(Boolean).join(' ') || undefined,
        profile: givenName || familyName ? { givenName, familyName } : undefined,
        totpSecret: textOf(totpSecret),
        customData: withRest(id, {
          unverified_phone_numbers: listOf(openPhones),
          unverified_email_addresses: listOf(openEmails),
        }),
        ...(digest || {}),
      },
      notes:
        hash && !digest
          ? ['The password hash is of a kind that Sesame cannot check; the user needs a new password.']
          : [],
    };
  },
};

/** The primary one first, where it is verified; else the first of those that are. */
function verified(primary: unknown, given: unknown, open: unknown): { primary: string; others: string[] } | undefined {
  const first = textOf(primary)?.trim();
  const isOpen = first !== undefined && (listOf(open) ?? []).includes(first);
  const all = [...new Set([...(first === undefined || isOpen ? [] : [first]), ...(listOf(given) ?? [])])];
  const [main, ...others] = all;
  return main === undefined ? undefined : { primary: main, others };
}
