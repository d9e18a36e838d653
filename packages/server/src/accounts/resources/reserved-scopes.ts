/** Scopes that mean something without a resource: what is asked for by them is about the user. */
export const reservedScopes: ReadonlySet<string> = new Set([
  ...['openid', 'offline_access', 'profile', 'email', 'address', 'phone'],
  ...['custom_data', 'identities', 'urn:logto:scope:trusted_devices'],
]);
