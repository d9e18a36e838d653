import type { ImportedUser } from '../../../accounts/import/imported-user.ts';
import { isYes, listOf, type Source, textOf, timeOf, withRest } from '../source.ts';

/** Users as `GET /api/users` of Logto, or of Sesame, shows them; with `includePasswordHash=true`, their passwords too. */
export const logto: Source = {
  read({ id: givenId, primaryPhone, username, name, avatar, customData, profile, ...rest }) {
    const id = textOf(givenId);
    const { passwordDigest, passwordAlgorithm, createdAt, lastSignInAt, isSuspended, hasPassword } = rest;
    const { primaryEmail, otherPhones, otherEmails, identities, ssoIdentities, mfaVerificationFactors: factors } = rest;
    const digest = textOf(passwordDigest);
    return {
      id,
      user: {
        primaryPhone: textOf(primaryPhone),
        primaryEmail: textOf(primaryEmail),
        otherPhones: listOf(otherPhones),
        otherEmails: listOf(otherEmails),
        username: textOf(username),
        name: textOf(name),
        avatar: textOf(avatar),
        profile: (profile ?? undefined) as ImportedUser['profile'],
        isSuspended: isYes(isSuspended),
        createdAt: timeOf(createdAt),
        lastSignInAt: timeOf(lastSignInAt),
        customData: withRest(id, { identities, ssoIdentities }, (customData ?? {}) as object),
        ...(digest && {
          passwordDigest: digest,
          passwordAlgorithm: passwordAlgorithm as ImportedUser['passwordAlgorithm'],
        }),
      },
      notes: [
        ...(hasPassword === true && !digest
          ? ['The password is not in the file: export it with includePasswordHash=true.']
          : []),
        ...(Array.isArray(factors) && factors.length > 0 ? ['The second factors are left behind.'] : []),
      ],
    };
  },
};
