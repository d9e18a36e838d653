import { defaultMails } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { sentInstead } from './sent-instead.ts';

const template = (usageType: string, locale?: string) => ({
  usageType,
  ...(locale && { locale }),
  content: '{{code}}',
});
const own = { de: { SignIn: template('SignIn', 'de') }, 'zh-CN': { Register: template('Register', 'zh-CN') } };
const templates = [template('SignIn'), template('Generic'), template('Generic', 'fr')];

test.each([
  ['SignIn', 'de-AT', 'en', 'own', 'de'],
  ['SignIn', 'fr', 'de', 'own', 'de'],
  ['SignIn', 'fr', 'en', 'connector', undefined],
  ['Register', 'zh', 'en', 'own', 'zh-CN'],
  ['Register', 'fr', 'en', 'connector', 'fr'],
  ['ForgotPassword', 'de', 'en', 'connector', undefined],
])(
  'who is sent a mail for %s in %s gets a text, where the fallback is %s',
  (usageType, locale, fallbackLanguage, from, in_) => {
    const found = sentInstead({ usageType, locale, own, fallbackLanguage, templates });
    expect([found?.from, found?.template.locale]).toEqual([from, in_]);
  },
);

test('a connector that was left with our mails sends them in the language of the person', () => {
  const asked = { usageType: 'SignIn', own: {}, fallbackLanguage: 'en', templates: defaultMails };
  const found = (locale: string) => sentInstead({ ...asked, locale });
  expect(found('de-AT')).toMatchObject({ from: 'ours', template: { locale: 'de' } });
  expect(found('en')).toMatchObject({ from: 'connector' });
});

test('nobody can tell where the connector has no texts', () => {
  expect(
    sentInstead({ usageType: 'Generic', locale: 'de', own, fallbackLanguage: 'en', templates: [] }),
  ).toBeUndefined();
});
