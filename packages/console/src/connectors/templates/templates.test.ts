import { defaultContentTemplates, defaultMailsIn } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { pathOfTemplate, readTemplates } from './read-templates.ts';
import { carryOver, errorsIn, findingsOf, groupByUsage, newTemplate } from './templates.ts';

const policy = { lifetimeSeconds: 600, codeLength: 6 };

test.each(['', '[', '{}', '[1]', '[null]', '[{}]', '[{"usageType": 1}]', '[{"usageType": "a", "locale": 1}]'])(
  'takes %j for no list of templates',
  (text) => {
    expect(readTemplates(text)).toBeUndefined();
  },
);

test('reads one mail for each usage type as templates', () => {
  const written = { subject: '{{code}} is your code', html: '<p>{{code}}</p>', text: '{{code}}' };
  const text = JSON.stringify({ Generic: written, SignIn: { template: 'sign-in', variables: {} } });
  const templates = readTemplates(text, 'deliveries') ?? [];
  expect(templates).toMatchObject([
    { usageType: 'Generic', subject: written.subject, content: written.html, contentType: 'text/html' },
    { usageType: 'SignIn' },
  ]);
  expect(templates[1]?.content).toBeUndefined();
  expect(findingsOf('Email', templates, policy, 'deliveries')).toEqual([]);
  expect(pathOfTemplate('deliveries', templates, 0)).toEqual(['Generic', 'html']);
  expect(errorsIn(JSON.stringify({ Generic: { ...written, html: '<p>No code</p>' } }), 'deliveries')).toBe(1);
  for (const none of ['[]', '{}', '{"Generic":1}', '1', '{']) expect(readTemplates(none, 'deliveries')).toBeUndefined();
});

test('copes with fields of a wrong type', () => {
  const text = '[{"usageType":"SignIn","content":1,"templateCode":["x"]},{"usageType":"Generic","content":{}}]';
  expect(findingsOf('Sms', readTemplates(text) ?? [], policy).map(({ rule }) => rule)).toEqual([
    'missing-usage-type',
    'missing-usage-type',
  ]);
});

test('does not take empty ids for one that is shared', () => {
  const templates = defaultContentTemplates.map(({ usageType }) => ({ usageType, templateCode: '' }));
  expect(findingsOf('Sms', templates, policy)).toEqual([]);
});

test('groups by usage type, the needed ones first, even where they are missing', () => {
  const templates = [{ usageType: 'Link' }, { usageType: 'Generic' }, { usageType: 'Generic', locale: 'de' }];
  expect(groupByUsage(templates)).toEqual([
    { usageType: 'Register', indexes: [] },
    { usageType: 'SignIn', indexes: [] },
    { usageType: 'ForgotPassword', indexes: [] },
    { usageType: 'Generic', indexes: [1, 2] },
    { usageType: 'Link', indexes: [0] },
  ]);
});

test('makes a new template in the likeness of the others', () => {
  const coded = [
    { usageType: 'SignIn', templateCode: { china: 'SMS_1', overseas: 'SMS_2' }, templateParams: ['code'] },
  ];
  expect(newTemplate('Sms', coded, { usageType: 'SignIn', locale: 'de' })).toEqual({
    usageType: 'SignIn',
    locale: 'de',
    templateCode: { china: '', overseas: '' },
    templateParams: ['code'],
  });
  expect(newTemplate('Sms', [], { usageType: 'Link' })).toEqual({ usageType: 'Link', content: '' });
});

test('begins a text in another language with ours, and else with the one that is there', () => {
  const texts = [{ usageType: 'SignIn', content: 'Code {{code}}' }];
  const german = 'Ihr Code zur Anmeldung lautet {{code}}. Er gilt 10 Minuten.';
  expect(newTemplate('Sms', texts, { usageType: 'SignIn', locale: 'de' })).toMatchObject({
    locale: 'de',
    content: german,
  });
  expect(newTemplate('Sms', texts, { usageType: 'SignIn', locale: 'sw' })).toMatchObject({ content: 'Code {{code}}' });
});

test('carries texts over, and nothing else', () => {
  const texts = [{ usageType: 'SignIn', locale: 'de', content: 'Code {{code}}', type: 1 }];
  const codes = [{ usageType: 'SignIn', templateCode: 'SMS_1' }];
  expect(carryOver('Sms', defaultContentTemplates, texts)).toEqual({
    templates: [{ usageType: 'SignIn', locale: 'de', content: 'Code {{code}}' }],
    isCarried: true,
  });
  for (const [own, other] of [
    [texts, codes],
    [codes, texts],
    [codes, codes],
    [texts, []],
    [texts, undefined],
  ]) {
    expect(carryOver('Sms', own, other)).toEqual({ templates: own, isCarried: false });
  }
});

test('another language for a mail begins with our mail, not with our text for SMS', () => {
  const mails = [{ usageType: 'SignIn', subject: 'Hi', content: '{{code}}', contentType: 'text/html' }];
  const german = defaultMailsIn('de').find(({ usageType }) => usageType === 'SignIn');
  expect(newTemplate('Email', mails, { usageType: 'SignIn', locale: 'de' })).toEqual(german);
  expect(newTemplate('Email', mails, { usageType: 'SignIn', locale: 'sw' })).toEqual({ ...mails[0], locale: 'sw' });
});
