import type { UserProfile } from '../accounts/user-fields.ts';

/** The claims of a profile, as OpenID Connect calls them, and as the API does. */
const names = {
  family_name: 'familyName',
  given_name: 'givenName',
  middle_name: 'middleName',
  nickname: 'nickname',
  preferred_username: 'preferredUsername',
  profile: 'profile',
  website: 'website',
  gender: 'gender',
  birthdate: 'birthdate',
  zoneinfo: 'zoneinfo',
  locale: 'locale',
} as const satisfies Record<string, keyof UserProfile>;

/** The names of the claims about a profile, but for the address, which has a scope of its own. */
export const profileClaimNames = Object.keys(names);

/**
 * What is known of a profile as claims.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 */
export function profileClaims({ address, ...profile }: UserProfile): Record<string, unknown> {
  const known = Object.entries(names).filter(([, field]) => profile[field] !== undefined);
  const { streetAddress: street_address, postalCode: postal_code, ...rest } = address ?? {};
  return {
    ...Object.fromEntries(known.map(([claim, field]) => [claim, profile[field]])),
    ...(address && { address: { ...rest, street_address, postal_code } }),
  };
}
