import { CommandError } from '../../command-error.ts';
import { readPasswordHash } from '../password-hash.ts';
import { parsedOf, type Source, textOf, timeOf, withRest } from '../source.ts';

/** Rows of `auth.users`, as JSON or as CSV with a header. */
export const supabase: Source = {
  checkHeader(header) {
    if (header.includes('id') && header.includes('phone')) return;
    throw new CommandError('The first line has to name the columns of auth.users: export them with a header.');
  },
  read(
    { id: givenId, phone, encrypted_password: hash, created_at: createdAt, last_sign_in_at: lastSignIn, ...rest },
    now,
  ) {
    const id = textOf(givenId);
    const { banned_until: banned, deleted_at: deleted, email, email_confirmed_at: emailConfirmed } = rest;
    const { phone_confirmed_at: phoneConfirmed, raw_app_meta_data: app, raw_user_meta_data: user } = rest;
    const text = textOf(hash);
    const digest = text && readPasswordHash(text);
    const isConfirmed = textOf(emailConfirmed) !== undefined;
    return {
      id,
      user: {
        primaryPhone: textOf(phone),
        primaryEmail: isConfirmed ? textOf(email) : undefined,
        isSuspended: (timeOf(banned) ?? 0) > now || textOf(deleted) !== undefined || undefined,
        createdAt: timeOf(createdAt),
        lastSignInAt: timeOf(lastSignIn),
        customData: withRest(id, {
          ...(isConfirmed ? {} : { email }),
          email_confirmed_at: emailConfirmed,
          phone_confirmed_at: phoneConfirmed,
          banned_until: banned,
          deleted_at: deleted,
          raw_app_meta_data: parsedOf(app),
          raw_user_meta_data: parsedOf(user),
        }),
        ...(digest || {}),
      },
      notes: [
        ...(text && !digest
          ? ['The password hash is of a kind that Sesame cannot check; the user needs a new password.']
          : []),
        ...(textOf(deleted) ? ['The user was deleted there, and is suspended here.'] : []),
      ],
    };
  },
};
