import { languages } from '@sesame/pages';
import { expect, test } from 'vitest';
import { defaultFraudPolicy } from '../../../experience/fraud-policy.ts';
import { likelyCountry } from './likely-country.ts';

test.each([
  ['de-AT,de;q=0.9,en-US;q=0.8', 'AT'],
  ['en-US;q=0.5, pt-BR', 'BR'],
  ['zh-Hant-HK', 'HK'],
  ['ja', 'JP'],
  ['ja,en-US;q=0.9,en;q=0.8', 'JP'],
  ['ko;q=0.5, fa', 'IR'],
  ['zh-Hant', 'TW'],
  ['zh-Hans, en-US', 'CN'],
  ['en', 'US'],
  ['en,en-GB;q=0.9', 'GB'],
  ['eo', 'PT'],
  ['eo, uk', 'UA'],
  ['es-419, es', 'PT'],
  ['es-419, es-MX;q=0.9', 'MX'],
  ['en-ZZ', 'PT'],
  ['*', 'PT'],
  ['', 'PT'],
  [undefined, 'PT'],
  ['x'.repeat(5000), 'PT'],
])('%j begins with %s', (acceptLanguage, country) => {
  expect(likelyCountry(acceptLanguage, { defaultCountry: 'PT', fraudPolicy: defaultFraudPolicy })).toBe(country);
});

test('every language of the pages begins with a country', () => {
  const startsOf = (defaultCountry: 'PT' | 'BR') =>
    languages.map((language) => likelyCountry(language, { defaultCountry, fraudPolicy: defaultFraudPolicy }));
  expect(startsOf('PT')).toEqual(startsOf('BR'));
});

test('a country that gets no codes is passed over', () => {
  const countries = { mode: 'allow' as const, list: ['PT' as const, 'CH' as const] };
  const policy = { defaultCountry: 'PT' as const, fraudPolicy: { ...defaultFraudPolicy, countries } };
  expect(likelyCountry('de-AT,de-CH;q=0.9', policy)).toBe('CH');
  expect(likelyCountry('de-AT', policy)).toBe('PT');
});
