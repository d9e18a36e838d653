import { expect, test } from 'vitest';
import { likelyCountry } from './likely-country.ts';

test.each([
  ['de-AT,de;q=0.9,en-US;q=0.8', 'AT'],
  ['en-US;q=0.5, pt-BR', 'BR'],
  ['zh-Hant-HK', 'HK'],
  ['en', 'PT'],
  ['es-419, es', 'PT'],
  ['es-419, es-MX;q=0.9', 'MX'],
  ['en-ZZ', 'PT'],
  ['*', 'PT'],
  ['', 'PT'],
  [undefined, 'PT'],
  ['x'.repeat(5000), 'PT'],
])('%j begins with %s', (acceptLanguage, country) => {
  expect(likelyCountry(acceptLanguage, 'PT')).toBe(country);
});
