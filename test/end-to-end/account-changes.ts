/** A request that changes something of an account. */
export type Change = { method: string; path: string; body?: object };
/** One of each kind, with the scopes that it takes and the fields of the account center. */
export const accountChanges: Record<string, Change & { scopes: string[]; fields: string[] }> = {
  name: { method: 'PATCH', path: '/my-account', body: { name: 'Cassim' }, scopes: ['profile'], fields: ['name'] },
  username: {
    method: 'PATCH',
    path: '/my-account',
    body: { username: 'cassim' },
    scopes: ['profile'],
    fields: ['username'],
  },
  'custom data': {
    method: 'PATCH',
    path: '/my-account',
    body: { customData: {} },
    scopes: ['profile', 'custom_data'],
    fields: ['customData'],
  },
  profile: {
    method: 'PATCH',
    path: '/my-account/profile',
    body: { nickname: 'Cassim' },
    scopes: ['profile'],
    fields: ['profile'],
  },
  address: {
    method: 'PATCH',
    path: '/my-account/profile',
    body: { address: { country: 'CN' } },
    scopes: ['profile', 'address'],
    fields: ['profile'],
  },
  'the number': {
    method: 'POST',
    path: '/my-account/primary-phone',
    body: { phone: '+8613800138000', newIdentifierVerificationRecordId: 'none' },
    scopes: ['phone'],
    fields: ['phone'],
  },
  'no number': { method: 'DELETE', path: '/my-account/primary-phone', scopes: ['phone'], fields: ['phone'] },
  'the address': {
    method: 'POST',
    path: '/my-account/primary-email',
    body: { email: 'cassim@example.com', newIdentifierVerificationRecordId: 'none' },
    scopes: ['email'],
    fields: ['email'],
  },
  'no address': { method: 'DELETE', path: '/my-account/primary-email', scopes: ['email'], fields: ['email'] },
  'the password': {
    method: 'POST',
    path: '/my-account/password',
    body: { password: 'forty thieves outside' },
    scopes: [],
    fields: ['password'],
  },
  'the picture': {
    method: 'PATCH',
    path: '/my-account',
    body: { avatar: null },
    scopes: ['profile'],
    fields: ['avatar'],
  },
  'the second step': {
    method: 'PATCH',
    path: '/my-account/mfa-settings',
    body: { skipMfaOnSignIn: true },
    scopes: ['identities'],
    fields: ['mfa'],
  },
  'backup codes': {
    method: 'POST',
    path: '/my-account/mfa-verifications',
    body: { type: 'BackupCode', codes: [] },
    scopes: ['identities'],
    fields: ['mfa'],
  },
  'no backup codes': {
    method: 'DELETE',
    path: '/my-account/mfa-verifications/any',
    scopes: ['identities'],
    fields: ['mfa'],
  },
};
