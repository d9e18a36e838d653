import i18next from 'i18next';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { fieldText, leavesOf, valueText } from './field-text.ts';

const english = i18next.createInstance();
await english.init({ resources: { en: { translation: en } }, lng: 'en', interpolation: { prefix: '%{', suffix: '}' } });
const { t } = english;

test.each([
  ['fraudPolicy.maxMessagesPerDay', 'Messages a day'],
  ['verificationCodePolicy.expirationDuration', 'Valid for, in seconds'],
  ['oidcClientMetadata.redirectUris', 'Redirect URIs'],
  ['customData.plan', 'Custom data: plan'],
  ['config.endpoint', 'Configuration: endpoint'],
  ['twoStep', 'Two steps'],
  ['passwordPolicy.length.min', 'At least, in characters'],
  ['signUp.password', 'Password'],
  ['managementScopes', 'This application may do'],
  ['accountNotices.sms', 'By SMS where no email can be sent'],
  ['fields.name', 'Name'],
  ['usernamePolicy.minLength', 'Usernames: at least, in characters'],
  ['usernamePolicy.allowedChars.numbers', 'Usernames: digits'],
  ['of.newer.versions', 'of.newer.versions'],
])('%s is called %s', (field, text) => {
  expect(fieldText(t, field)).toBe(text);
});

test('what is configured is called as in the form of the connector', () => {
  const labels = { endpoint: 'Endpoint URL', authToken: 'Auth token' };
  expect(fieldText(t, 'config.endpoint', labels)).toBe('Configuration: Endpoint URL');
  expect(fieldText(t, 'authToken', labels)).toBe('Configuration: Auth token');
  expect(fieldText(t, 'config.ofNewer', labels)).toBe('Configuration: ofNewer');
  expect(fieldText(t, 'state', labels)).toBe('State');
});

test.each([
  ['fraudPolicy.mode', 'record', 'Record'],
  ['fraudPolicy.countries.list', ['ID', 'DE'], 'Indonesia, Germany'],
  ['fraudPolicy.perCountry', [{ countries: ['DE'], maxCostPerDay: 5 }], 'Countries: Germany; Money a day: 5'],
  ['type', 'SPA', 'Single-page application'],
  ['fields.phone', 'ReadOnly', 'Shown'],
  ['fields.social', 'Off', 'Not shown'],
  ['redirectUris', [], 'nothing'],
  [
    'managementScopes',
    ['codes', 'read'],
    'Send codes and check them, Read everything but secrets and the development inbox',
  ],
  ['agreeToTermsPolicy', 'Manual', 'By a box to tick, at sign-up and sign-in'],
  ['mfa.factors', ['BackupCode'], 'Backup codes'],
  ['enabled', true, 'yes'],
  ['role', 'viewer', 'Viewer'],
  ['events', ['User.Created'], 'A user was created'],
  [
    'config.templates',
    [{ usageType: 'SignIn', content: 'It is {{code}}' }],
    'Usage type: SignIn; Text: It is {{code}}',
  ],
  [
    'config.templates',
    [
      { usageType: 'SignIn', content: 'It is {{code}}' },
      { usageType: 'Generic', content: 'Code, and more: {{code}}' },
      '…',
    ],
    'Usage type: SignIn; Text: It is {{code}}\nUsage type: Generic; Text: Code, and more: {{code}}\n…',
  ],
])('%s shows %j as %s', (field, value, text) => {
  expect(valueText(t, 'en', field, value)).toBe(text);
});

test('a group is told by those of its fields that differ', () => {
  expect(leavesOf({ field: 'color', before: { a: 1, b: { c: 2 } }, after: { a: 1, b: { c: 3, d: null } } })).toEqual([
    { field: 'color.b.c', before: 2, after: 3 },
    { field: 'color.b.d', before: undefined, after: null },
  ]);
  const templates = { before: [{ a: 1 }, { b: 1 }], after: [{ a: 1 }, { b: 2 }] };
  expect(
    leavesOf({ field: 'config', before: { templates: templates.before }, after: { templates: templates.after } }),
  ).toEqual([{ field: 'config.templates', before: [{ b: 1 }], after: [{ b: 2 }] }]);
  const turned = { field: 'templates', before: templates.before, after: templates.before.toReversed() };
  expect(leavesOf(turned)).toEqual([turned]);
  expect(leavesOf({ field: 'config', after: { endpoint: 'x' } })).toEqual([{ field: 'config.endpoint', after: 'x' }]);
  expect(leavesOf({ field: 'config', before: { key: 'x' }, isSecret: true })).toHaveLength(1);
});
