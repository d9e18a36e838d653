import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { seeded } from '../../../bench/traces/random.ts';
import { typeOf } from './phone-type.ts';

test('tells the type of each number as the library does, in every country and in none', () => {
  const random = seeded(7);
  const callingCodes = [
    ...getCountries().map((country) => getCountryCallingCode(country)),
    '800',
    '808',
    '870',
    '878',
    '881',
    '882',
    '883',
    '888',
    '979',
  ];
  const numbers = callingCodes.flatMap((callingCode) =>
    Array.from({ length: 60 }, (_, tried) => `+${callingCode}${random.digits(6 + (tried % 6))}`),
  );
  const phones = numbers.flatMap((number) => parsePhoneNumberFromString(number) ?? []);
  expect(phones.map((phone) => [phone.number, typeOf(phone)])).toEqual(
    phones.map((phone) => [phone.number, phone.getType()]),
  );
  expect(new Set(phones.map(typeOf)).size).toBe(12);
});
