import { describe, expect, test } from 'vitest';
import { countryOf, formatPhone, readPhoneField, toPhoneField } from './phone-number.ts';

describe('reading a phone field', () => {
  test.each([
    ['US', '(415) 555-0132', '+14155550132'],
    ['US', ' 415 555 0132 ', '+14155550132'],
    ['US', '415.555.0132', '+14155550132'],
    ['US', '+49 1512 3456789', '+4915123456789'],
    ['US', '011 49 1512 3456789', '+4915123456789'],
    ['DE', '0151 23456789', '+4915123456789'],
    ['DE', '0049 151 23456789', '+4915123456789'],
    ['CN', '138 0013 8000', '+8613800138000'],
    ['CN', '１３８００１３８０００', '+8613800138000'],
    ['CN', '＋86 138‑0013‑8000', '+8613800138000'],
    ['GB', '07400 123456', '+447400123456'],
    ['XX', '+14155550132', '+14155550132'],
  ])('in %s, %s is %s', (country, number, phone) => {
    expect(readPhoneField({ country, number })).toBe(phone);
  });

  test.each([
    ['US', ''],
    ['US', 'ada'],
    ['US', '12'],
    ['US', '415555013a'],
    ['US', '+'],
    ['US', '+0'],
    ['US', '1'.repeat(65)],
    ['XX', '4155550132'],
    ['US', '<script>'],
  ])('in %s, %j is no number', (country, number) => {
    expect(readPhoneField({ country, number })).toBeUndefined();
  });
});

test('what a field starts with reads as the same number', () => {
  for (const phone of [
    '+14155550132',
    '+8613800138000',
    '+4915123456789',
    '+447400123456',
    '+3906123456',
    '+80012345678',
  ]) {
    expect(readPhoneField(toPhoneField(phone, 'US'))).toBe(phone);
  }
  expect(toPhoneField(undefined, 'CN')).toEqual({ country: 'CN', number: '' });
  expect(toPhoneField('nonsense', 'CN')).toEqual({ country: 'CN', number: '' });
});

test('numbers are printed for readers abroad', () => {
  expect(formatPhone('+14155550132')).toBe('+1 415 555 0132');
  expect(formatPhone('+8613800138000')).toBe('+86 138 0013 8000');
  expect(formatPhone('<b>')).toBe('<b>');
});

test('a number tells its country', () => {
  expect([countryOf('+14165550132'), countryOf('+8613800138000'), countryOf('x')]).toEqual(['CA', 'CN', undefined]);
});
