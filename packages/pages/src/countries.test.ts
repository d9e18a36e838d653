import metadata from 'libphonenumber-js/metadata.max.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { countriesIn, countryName } from './countries.ts';
import { languages } from './language.ts';

describe.each(languages)('the countries in %s', (language) => {
  const countries = countriesIn(language);

  test('all have a name and a calling code', () => {
    expect(countries.length).toBeGreaterThan(240);
    expect(countries.filter(({ name, id }) => name === '' || name === id)).toEqual([]);
    expect(countries.filter(({ callingCode }) => !/^[1-9]\d{0,2}$/.test(callingCode))).toEqual([]);
  });

  test('have the main country of each calling code that the library has', () => {
    const mains = Object.fromEntries(countries.filter(({ isMain }) => isMain).map((one) => [one.callingCode, one.id]));
    const expected = Object.entries(metadata.country_calling_codes).map(([code, [main]]) => [code, main]);
    expect(mains).toEqual(Object.fromEntries(expected.filter(([, main]) => main !== '001')));
  });
});

test('are in the order that readers expect', () => {
  const names = countriesIn('en').map(({ name }) => name);
  expect(names.indexOf('Åland Islands')).toBeLessThan(names.indexOf('Albania'));
  const chinese = countriesIn('zh-CN').map(({ name }) => name);
  expect(chinese.indexOf('阿根廷')).toBeLessThan(chinese.indexOf('中国'));
});

test('have names one by one', () => {
  expect([countryName('DE', 'en'), countryName('DE', 'zh-CN'), countryName('XX', 'en')]).toEqual([
    'Germany',
    '德国',
    'XX',
  ]);
});
