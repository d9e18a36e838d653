import { emailProblems } from '@sesame/connector-kit';

/** What forms and lists of every section say. */
export const forms = {
  unsaved: 'There are unsaved changes.',
  save: 'Save changes',
  saved: 'Saved.',
  discard: 'Discard',
  fixFields: 'Put the marked fields right, then save again.',
  withLeft_one: '%{submit} – %{count} field left',
  withLeft_other: '%{submit} – %{count} fields left',
  invalid: {
    username: 'Give a username with the letters, digits and marks that are allowed.',
    primaryPhone: 'Give a phone number with its country code, for example +8613800138000.',
    redirectUris: 'Give an address in full, with https; http is only for localhost. Leave out * and #.',
    postLogoutRedirectUris: 'Give an address in full, with https; http is only for localhost. Leave out * and #.',
    indicator: 'Give an absolute URI without # and commas, for example https://api.example.com.',
    accessTokenTtl: 'Give whole seconds, at least 1 and at most 2,592,000 (30 days).',
    corsAllowedOrigins: 'Give an origin in full, without a path and *, for example https://app.example.com.',
    idTokenTtl: 'Give whole seconds, at least 1 and at most 315,360,000 (10 years).',
    refreshTokenTtlInDays: 'Give whole days, from 1 to 180.',
  },
  /** As the server says it. */
  email: emailProblems,
  css: {
    'too-long': 'The stylesheet has %{found} bytes; it may have 65,536.',
    syntax: 'Line %{line}: %{found}.',
    'at-rule': 'Line %{line}: %{found} is not taken here.',
    function: 'Line %{line}: %{found} is not taken here.',
    url: 'Line %{line}: %{found} is not taken here. Give data:image/… or a path of this server.',
    property: 'Line %{line}: %{found} is not taken here.',
  },
  password: {
    rules: 'At least 8 characters, and nothing that others would guess.',
    show: 'Show or hide the password',
    wrong: 'The password is wrong.',
    too_short_one: 'Use at least %{count} character.',
    too_short_other: 'Use at least %{count} characters.',
    too_long_one: 'Use at most %{count} character.',
    too_long_other: 'Use at most %{count} characters.',
    character_types: 'Use at least %{limit} of these: lower-case letters, capitals, digits, symbols.',
    pwned: 'This is one of the most common passwords. Choose one that others would not guess.',
    restricted: {
      repetition: 'Do not repeat one character.',
      sequence: 'Do not use a plain sequence, such as 12345678.',
      words: 'Do not use words that are easily guessed here.',
      user_info: 'Do not use the name, the username, the phone number or the email address.',
    },
  },
} as const;
