import type { TFunction } from 'i18next';
import { eventName } from '../i18n/event-text.ts';
import { listText } from '../i18n/list-text.ts';
import type { TextKey } from '../i18n/text-key.ts';
import { usageName } from '../i18n/usage-text.ts';
import { countryName } from '../lists/countries.ts';

/** A field that was changed or given, by its place (`color.primaryColor`), with what was there before and after. */
export type Change = { field: string; before?: unknown; after?: unknown; isSecret?: boolean };

/** What fields are called on the pages where they are changed: by their place, or by its end alone. */
const names: Record<string, TextKey | undefined> = {
  'accountNotices.email': 'signInExperience.notices.byEmail',
  'accountNotices.sms': 'signInExperience.notices.bySms',
  accessTokenTtl: 'resources.fields.accessTokenTtl',
  'always.networks': 'protection.listed.lists.always',
  'always.prefixes': 'protection.listed.lists.always',
  customAllowlist: 'signInExperience.ways.customAllowlist',
  customBlocklist: 'signInExperience.ways.customBlocklist',
  blockSubaddressing: 'signInExperience.ways.blockSubaddressing',
  code: 'protection.tests.code',
  codeLength: 'signInExperience.code.codeLength',
  config: 'auditLog.field.config',
  content: 'auditLog.field.content',
  connectors: 'protection.prices.connector',
  'countries.list': 'auditLog.field.countryList',
  'countries.mode': 'auditLog.field.countryMode',
  countries: 'protection.countries.title',
  currency: 'protection.prices.currency',
  customCss: 'signInExperience.css.field',
  customData: 'users.fields.customData',
  customPhrases: 'signInExperience.texts.title',
  darkFavicon: 'signInExperience.brand.darkFavicon',
  darkLogoUrl: 'signInExperience.brand.darkLogoUrl',
  darkPrimaryColor: 'signInExperience.brand.darkPrimaryColor',
  defaultCountry: 'signInExperience.content.defaultCountry',
  description: 'applications.fields.description',
  difficulty: 'protection.check.difficulty',
  enabled: 'webhooks.fields.enabled',
  entry: 'protection.listed.entry',
  events: 'webhooks.fields.events',
  expirationDuration: 'signInExperience.code.expirationDuration',
  expiresAt: 'protection.tests.until',
  factor: 'protection.prices.factor',
  fallbackLanguage: 'signInExperience.content.fallback',
  favicon: 'signInExperience.brand.favicon',
  authenticator: 'users.authenticator.label',
  backupCodes: 'users.backupCodes.label',
  devices: 'users.follow.devices.title',
  trustedDevices: 'users.follow.trusted.title',
  'trustedDevicePolicy.enabled': 'signInExperience.second.trustsBrowsers',
  'trustedDevicePolicy.durationDays': 'signInExperience.second.durationDays',
  'fraudPolicy.mode': 'protection.policy.mode',
  hasPassword: 'auditLog.field.hasPassword',
  headers: 'webhooks.fields.headers',
  host: 'auditLog.field.host',
  idTokenTtl: 'applications.tokens.idTokenTtl.label',
  indicator: 'resources.fields.indicator',
  isAdmin: 'applications.fields.isAdmin',
  isDarkModeEnabled: 'signInExperience.brand.darkMode',
  isDefault: 'resources.default',
  isLocked: 'auditLog.field.isLocked',
  isSuppressed: 'auditLog.field.isSuppressed',
  isSuspended: 'users.suspended',
  list: 'protection.listed.list',
  logoUrl: 'signInExperience.brand.logoUrl',
  machinesOnly: 'resources.scopes.machinesOnly',
  maxCostPerDay: 'protection.caps.maxCostPerDay',
  maxCostPerHour: 'protection.caps.maxCostPerHour',
  maxCostPerMonth: 'protection.caps.maxCostPerMonth',
  maxMessagesPerDay: 'protection.caps.maxMessagesPerDay',
  maxMessagesPerHour: 'protection.caps.maxMessagesPerHour',
  maxMessagesPerMonth: 'protection.caps.maxMessagesPerMonth',
  maxRetryAttempts: 'signInExperience.code.maxRetryAttempts',
  maxSendsPerAddress: 'signInExperience.limits.maxSendsPerAddress',
  maxSendsPerRecipient: 'signInExperience.limits.maxSendsPerRecipient',
  maxSendsTotal: 'signInExperience.limits.maxSendsTotal',
  name: 'applications.fields.name',
  messages: 'sections.messages',
  'never.networks': 'protection.listed.lists.never',
  'never.prefixes': 'protection.listed.lists.never',
  newCodeEachTime: 'signInExperience.code.newCodeEachTime',
  note: 'protection.tests.note',
  originBoundCodes: 'signInExperience.code.originBound',
  perCountry: 'protection.caps.eachOf',
  postLogoutRedirectUris: 'applications.fields.postLogoutRedirectUris',
  primaryColor: 'signInExperience.brand.primaryColor',
  primaryEmail: 'users.fields.primaryEmail',
  primaryPhone: 'users.fields.primaryPhone',
  otherRecipients: 'signInExperience.accountCenter.otherRecipients',
  otherPhones: 'users.fields.otherPhones',
  otherEmails: 'users.fields.otherEmails',
  privacyPolicyUrl: 'signInExperience.content.privacyPolicyUrl',
  profile: 'auditLog.field.profile',
  redirectUris: 'applications.fields.redirectUris',
  refreshTokenTtlInDays: 'applications.tokens.refreshTokenTtlInDays.label',
  resendInterval: 'signInExperience.limits.resendInterval',
  role: 'administrators.fields.role',
  rotateRefreshToken: 'applications.tokens.rotateRefreshToken.label',
  scope: 'resources.scopes.name',
  sendWindow: 'signInExperience.limits.sendWindow',
  skipMfaOnSignIn: 'auditLog.field.skipMfaOnSignIn',
  signInMode: 'signInExperience.ways.mode',
  signingKey: 'auditLog.field.signingKey',
  sessions: 'users.follow.sessions.title',
  siteKey: 'protection.check.siteKey',
  state: 'protection.column.state',
  supportEmail: 'signInExperience.content.supportEmail',
  supportWebsiteUrl: 'signInExperience.content.supportWebsiteUrl',
  termsOfUseUrl: 'signInExperience.content.termsOfUseUrl',
  twoStep: 'administrators.fields.twoStep',
  type: 'applications.fields.type',
  unknownSessionRedirectUrl: 'signInExperience.content.unknownSessionRedirectUrl',
  url: 'webhooks.fields.url',
  usageType: 'messages.column.usageType',
  username: 'users.fields.username',
  'usernamePolicy.caseSensitive': 'auditLog.field.usernamePolicy.caseSensitive',
  'usernamePolicy.minLength': 'auditLog.field.usernamePolicy.minLength',
  'usernamePolicy.maxLength': 'auditLog.field.usernamePolicy.maxLength',
  'allowedChars.lowercase': 'auditLog.field.usernamePolicy.lowercase',
  'allowedChars.uppercase': 'auditLog.field.usernamePolicy.uppercase',
  'allowedChars.numbers': 'auditLog.field.usernamePolicy.numbers',
  'allowedChars.underscore': 'auditLog.field.usernamePolicy.underscore',
  wrongCodes: 'auditLog.field.wrongCodes',
  wrongPasswords: 'auditLog.field.wrongPasswords',
  agreeToTermsPolicy: 'signInExperience.content.agreement',
  'languageInfo.autoDetect': 'signInExperience.content.autoDetect',
  'signUp.identifiers': 'signInExperience.ways.signUp',
  'signUp.password': 'signInExperience.ways.password',
  'signIn.methods': 'signInExperience.ways.signIn',
  'mfa.factors': 'signInExperience.second.title',
  'mfa.policy': 'signInExperience.second.policy',
  forgotPasswordMethods: 'signInExperience.ways.forgot',
  'passwordPolicy.length.min': 'signInExperience.passwords.minLength',
  'passwordPolicy.length.max': 'signInExperience.passwords.maxLength',
  'passwordPolicy.characterTypes.min': 'signInExperience.passwords.characterTypes',
  'rejects.pwned': 'signInExperience.passwords.pwned',
  'rejects.repetitionAndSequence': 'signInExperience.passwords.repetitionAndSequence',
  'rejects.userInfo': 'signInExperience.passwords.userInfo',
  'rejects.words': 'signInExperience.passwords.words',
  waitSeconds: 'protection.check.waitSeconds',
  managementScopes: 'applications.rights.label',
  'fields.customData': 'signInExperience.accountCenter.field.customData',
  'fields.name': 'signInExperience.accountCenter.field.name',
  'fields.profile': 'signInExperience.accountCenter.field.profile',
  'fields.username': 'signInExperience.accountCenter.field.username',
  'fields.avatar': 'signInExperience.accountCenter.field.avatar',
  'fields.email': 'signInExperience.accountCenter.field.email',
  'fields.phone': 'signInExperience.accountCenter.field.phone',
  'fields.password': 'signInExperience.accountCenter.field.password',
  'fields.mfa': 'signInExperience.accountCenter.field.mfa',
};

const identifiers: Record<string, TextKey> = {
  phone: 'signInExperience.ways.identifier.phone',
  email: 'signInExperience.ways.identifier.email',
  username: 'signInExperience.ways.identifier.username',
};

/** Words for what can be chosen, by the end of the place of its field. */
const choices: Record<string, Record<string, TextKey>> = {
  'fraudPolicy.mode': {
    off: 'protection.policy.modes.off',
    record: 'protection.policy.modes.record',
    enforce: 'protection.policy.modes.enforce',
  },
  'countries.mode': { allow: 'auditLog.field.onlyThese', deny: 'auditLog.field.allButThese' },
  agreeToTermsPolicy: {
    Automatic: 'signInExperience.content.agreements.Automatic',
    ManualRegistrationOnly: 'signInExperience.content.agreements.ManualRegistrationOnly',
    Manual: 'signInExperience.content.agreements.Manual',
  },
  'mfa.factors': {
    PhoneVerificationCode: 'signInExperience.second.by.phone',
    EmailVerificationCode: 'signInExperience.second.by.email',
    Totp: 'signInExperience.second.by.totp',
    BackupCode: 'signInExperience.second.backupCodes',
  },
  'signUp.identifiers': identifiers,
  'methods.identifier': identifiers,
  managementScopes: {
    all: 'applications.rights.all',
    codes: 'applications.rights.scope.codes',
    users: 'applications.rights.scope.users',
    read: 'applications.rights.scope.read',
  },
  signInMode: {
    SignInAndRegister: 'signInExperience.ways.modes.SignInAndRegister',
    SignIn: 'signInExperience.ways.modes.SignIn',
    Register: 'signInExperience.ways.modes.Register',
  },
  list: { always: 'protection.listed.lists.always', never: 'protection.listed.lists.never' },
  role: { owner: 'shell.role.owner', operator: 'shell.role.operator', viewer: 'shell.role.viewer' },
  state: { live: 'connectors.inUse' },
  type: {
    Traditional: 'applications.types.Traditional.name',
    SPA: 'applications.types.SPA.name',
    Native: 'applications.types.Native.name',
    MachineToMachine: 'applications.types.MachineToMachine.name',
  },
};

/** What users do with a field of their account; the fields have names of their own. */
const ofAccountField = /(^|\.)fields\.\w+$/;
const controls: Record<string, TextKey> = {
  Off: 'signInExperience.accountCenter.control.Off',
  ReadOnly: 'signInExperience.accountCenter.control.ReadOnly',
  Edit: 'signInExperience.accountCenter.control.Edit',
};

const ofEnd = <Value>(table: Record<string, Value>, field: string): Value | undefined => {
  const parts = field.split('.');
  return parts.map((_, index) => table[parts.slice(index).join('.')]).find((found) => found !== undefined);
};

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isGroupList = (value: unknown): value is object[] =>
  Array.isArray(value) && value.length > 0 && value.every(isGroup);

/** Of two lists of groups what only one of them has; both whole, where they only differ in their order. */
function withoutCommon(before: object[], after: object[]): { before: object[]; after: object[] } {
  const without = (list: object[], other: object[]) => {
    const known = new Set(other.map((each) => JSON.stringify(each)));
    return list.filter((each) => !known.has(JSON.stringify(each)));
  };
  const differing = { before: without(before, after), after: without(after, before) };
  return differing.before.length + differing.after.length > 0 ? differing : { before, after };
}

/** A change of a group of fields as a change of each that differs. */
export function leavesOf(change: Change): Change[] {
  const { field, before, after, isSecret } = change;
  if (isSecret) return [change];
  if (isGroupList(before) && isGroupList(after)) return [{ ...change, ...withoutCommon(before, after) }];
  if (!isGroup(before) && !isGroup(after)) return [change];
  const [old, now] = [before, after].map((value) => (isGroup(value) ? value : {})) as [object, object];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => {
    const values = [old, now].map((group) => (group as Record<string, unknown>)[key]);
    if (JSON.stringify(values[0]) === JSON.stringify(values[1])) return [];
    return leavesOf({
      field: `${field}.${key}`,
      ...('before' in change && { before: values[0] }),
      ...('after' in change && { after: values[1] }),
    });
  });
}

/**
 * What a field is called: as on the page where it is changed, or by its own name.
 *
 * @param labels what a connector calls the fields of its configuration, by their keys
 */
export function fieldText(t: TFunction, field: string, labels: Readonly<Record<string, string>> = {}): string {
  const [group = '', ...rest] = field.split('.');
  const [key = ''] = rest;
  // Of a secret there is its key alone.
  const label = group === 'config' ? labels[key] : labels[field];
  const own = ofEnd(names, field);
  if (label === undefined && own) return say(t, own);
  // What is in a group that people fill themselves has names of theirs.
  const known = group === 'config' || label === undefined ? names[group] : 'auditLog.field.config';
  const name = label ?? rest.join('.');
  return known && name !== '' ? t('lists.named', { name: say(t, known), value: name }) : field;
}

/** A value in words, without the signs of JSON. */
export function valueText(t: TFunction, language: string, field: string, value: unknown): string {
  const nothing = t('auditLog.change.none');
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return t(value ? 'auditLog.change.yes' : 'auditLog.change.no');
  if (Array.isArray(value)) {
    // What has parts of its own is told apart by standing on lines of its own.
    if (value.length > 1 && value.some(isGroup))
      return value.map((each) => valueText(t, language, field, each)).join('\n');
    return (
      listText(
        language,
        value.map((each) => valueText(t, language, field, each)),
      ) || nothing
    );
  }
  if (isGroup(value)) {
    const parts = Object.entries(value).map(([name, of]) => {
      const place = `${field}.${name}`;
      const own = ofEnd(names, place);
      return t('lists.named', { name: own ? say(t, own) : name, value: valueText(t, language, place, of) });
    });
    return parts.join(t('auditLog.change.next')) || nothing;
  }
  if (typeof value === 'number' && field.endsWith('expiresAt')) {
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(value);
  }
  if (typeof value !== 'string') return String(value);
  if (/(^|\.)(countries(\.list)?|defaultCountry)$/.test(field) && /^[A-Z]{2}$/.test(value)) {
    return countryName(value, language);
  }
  if (/(^|\.)events$/.test(field)) return eventName(t, value);
  if (/(^|\.)usageType$/.test(field)) return usageName(t, value);
  const chosen = (ofAccountField.test(field) ? controls : ofEnd(choices, field))?.[value];
  return chosen ? say(t, chosen) : value;
}

// The keys are those of the tables, whose texts take no values.
const say = (t: TFunction, key: TextKey) => (t as (key: string) => string)(key);
