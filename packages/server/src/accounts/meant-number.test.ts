import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { mayBeMeant, patternsOf, readMeantNumber } from './meant-number.ts';

const isMeant = (typed: string, e164: string) => {
  const meant = readMeantNumber(typed);
  return meant !== undefined && mayBeMeant(meant, e164);
};

describe('a number is meant', () => {
  const chinese = '+8613928930011';
  const british = '+447400100005';
  test.each([
    ['13928930011', chinese],
    ['139 2893 0011', chinese],
    ['139-2893-0011', chinese],
    ['(139) 2893.0011', chinese],
    ['+86 139 2893 0011', chinese],
    ['86 13928930011', chinese],
    ['0086 139 2893 0011', chinese],
    ['0086139', chinese],
    ['+86139', chinese],
    ['930011', chinese],
    ['0011', chinese],
    ['89 30', chinese],
    ['１３９２８９３００１１', chinese],
    ['٠٠١١', chinese],
    ['tel:139-2893-0011', chinese],
    ['\u202d139 2893 0011\u202c', chinese],
    ['07400 100005', british],
    ['(0) 7400-100005', british],
    ['(07400) 100005', british],
    ['+44 (0)7400 100005', british],
    ['0044 (0)7400 100005', british],
    ['44 7400/100005', british],
    ['०७४०० १००००५', british],
    ['07400', british],
    ['0005', british],
    ['00005', british],
    ['100005', british],
    ['0151 234', '+4915123456789'],
    ['06 123456', '+3906123456'],
    ['+39 (0)6 123456', '+3906123456'],
    ['8 912 345-67-89', '+79123456789'],
    ['06 20 123 4567', '+36201234567'],
    ['8 912', '+79123456789'],
    ['8 (912) 34', '+79123456789'],
    ['+7 8 912', '+79123456789'],
    ['8 701 23', '+77012345678'],
    ['06 20 12', '+36201234567'],
    ['8 029 12', '+375291234567'],
    ['011 15 12', '+5491112345678'],
    ['+49 (0151) 23', '+4915123456789'],
    ['0044 07400 1', british],
    ['0338 12', '+393381234567'],
    ['06 12', '+39061234567'],
    ['+39 06 12', '+39061234567'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['(415) 555-0132', '+14155550132'],
    ['1 415 555 0132', '+14155550132'],
  ])('by %j it is %s', (typed, e164) => {
    expect(isMeant(typed, e164)).toBe(true);
  });

  test.each([
    ['', chinese],
    ['+', chinese],
    ['abc', chinese],
    ['139x', chinese],
    ['+139', chinese],
    ['8 139', '+861392893001'],
    ['0151', '+5511912345678'],
    ['13928930012', chinese],
    ['1'.repeat(20), '+11111111111'],
  ])('by %j it is not %s', (typed, e164) => {
    expect(isMeant(typed, e164)).toBe(false);
  });

  test.each(getCountries())('as it is written at home in %s', (country: CountryCode) => {
    const example = getExampleNumber(country, examples);
    for (const typed of [example?.formatNational(), example?.formatInternational(), example?.number]) {
      expect({ typed, isMeant: isMeant(typed ?? '', example?.number ?? '') }).toEqual({ typed, isMeant: true });
    }
  });
});

test.each(getCountries())(
  'a number is meant by its beginning as it is written at home in %s',
  (country: CountryCode) => {
    const example = getExampleNumber(country, examples);
    const written = example?.formatNational() ?? '';
    const begun = [6, 8].map((count) => new RegExp(String.raw`^(?:\D*\d){${count}}`).exec(written)?.[0] ?? written);
    for (const typed of [...begun, ...begun.map((each) => `+${example?.countryCallingCode} ${each}`)]) {
      expect({ typed, isMeant: isMeant(typed, example?.number ?? '') }).toEqual({ typed, isMeant: true });
    }
  },
);

test('patterns say the same', () => {
  const patterns = (typed: string) => patternsOf(readMeantNumber(typed) ?? { whole: [], starts: [], parts: [] });
  expect(patterns('+86139')).toEqual(['+86139%']);
  expect(patterns('0151')).toEqual(['%0151%', '%151%']);
  expect(patterns('0011')).toEqual(['%0011%', '+11%']);
  expect(patterns('3194')).toEqual(['%3194%']);
  expect(patterns('8 912 345-67-89')).toContain('+79123456789');
  expect(patterns('8 912 34')).toContain('+791234%');
  expect(patterns('x')).toEqual([]);
});
