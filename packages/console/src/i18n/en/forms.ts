/** What forms and lists of every section say. */
export const forms = {
  unsaved: 'There are unsaved changes.',
  save: 'Save changes',
  saved: 'Saved.',
  discard: 'Discard',
  invalid: {
    username: 'Give a username with the letters, digits and marks that are allowed.',
    primaryPhone: 'Give a phone number with its country code, for example +8613800138000.',
    redirectUris: 'Give an address in full, with https; http is only for localhost. Leave out * and #.',
    postLogoutRedirectUris: 'Give an address in full, with https; http is only for localhost. Leave out * and #.',
    indicator: 'Give an absolute URI without # and commas, for example https://api.example.com.',
    accessTokenTtl: 'Give whole seconds, at least 1 and at most 2,592,000 (30 days).',
  },
  password: {
    rules: 'At least 8 characters, and nothing that others would guess.',
    show: 'Show or hide the password',
    wrong: 'The password is wrong.',
    too_short: 'Use at least 8 characters.',
    too_long: 'Use at most 256 characters.',
    too_common: 'This is one of the most common passwords. Choose one that others would not guess.',
    same_as_username: 'The password may not be the username.',
    same_as_phone: 'The password may not be the phone number.',
    repeated_character: 'The password may not be one character repeated.',
    sequence: 'The password may not be a plain sequence, such as 12345678.',
  },
} as const;
