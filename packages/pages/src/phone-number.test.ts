import { parsePhone } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { countryOf, formatRecipient, toPhoneField } from './phone-number.ts';

test('what a field starts with reads as the same number', () => {
  for (const phone of [
    '+14155550132',
    '+8613800138000',
    '+4915123456789',
    '+447400123456',
    '+3906123456',
    '+80012345678',
  ]) {
    const { country, number } = toPhoneField(phone, 'US');
    expect(parsePhone(number, country)?.e164).toBe(phone);
  }
  expect(toPhoneField(undefined, 'CN')).toEqual({ country: 'CN', number: '' });
  expect(toPhoneField('nonsense', 'CN')).toEqual({ country: 'CN', number: '' });
});

test('numbers are printed for readers abroad', () => {
  expect(formatRecipient('+14155550132')).toBe('+1 415 555 0132');
  expect(formatRecipient('+8613800138000')).toBe('+86 138 0013 8000');
  expect(formatRecipient('<b>')).toBe('<b>');
  expect(formatRecipient('Jo@example.com')).toBe('Jo@example.com');
  expect(formatRecipient('Jo@mail.xn--bcher-kva.example')).toBe('Jo@mail.bücher.example');
  expect(formatRecipient('L•••@xn--fsqu00a.xn--0zwm56d')).toBe('L•••@例子.测试');
  expect(formatRecipient('jo@xn--.example')).toBe('jo@xn--.example');
});

test('a number tells its country', () => {
  expect([countryOf('+14165550132'), countryOf('+8613800138000'), countryOf('x')]).toEqual(['CA', 'CN', undefined]);
});
