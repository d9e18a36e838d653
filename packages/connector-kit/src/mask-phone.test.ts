import fc from 'fast-check';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { maskPhone, maskPhonesIn } from './mask-phone.ts';

test.each([
  ['+8613800138000'],
  ['8613800138000'],
  ['13800138000'],
  ['+86 138 0013 8000'],
  ['+86-138-0013-8000'],
  ['(212) 555-0100'],
  ['+1 (212) 555-0100'],
  ['+49.170.1234567'],
  ['5550100'],
  ['138.0013.8000'],
  ['138 / 0013 / 8000'],
  ['138\u00a00013\u00a08000'],
  ['138\u20110013\u20138000'],
  ['138\u200b0013\u200b8000'],
  ['138_0013_8000'],
  ["138'0013'8000"],
  ['１３８００１３８０００'],
  ['١٣٨٠٠١٣٨٠٠٠'],
  ['¹³⁸⁰⁰¹³⁸⁰⁰⁰'],
  ['①③⑧⓪⓪①③⑧⓪⓪⓪'],
  ['1380-01-38000'],
  ['1380-01-13800'],
  ['138.0.0.138/000'],
  ['138.0.0.13 8000'],
])('masks %s in any sentence', (phone) => {
  const masked = maskPhonesIn(`The number ${phone} is not reachable.`);
  expect(masked).toMatch(/^The number (\+\d{1,3} )?•••( \d\d)? is not reachable\.$/);
  expect(masked).not.toContain(phone);
  expect(masked.match(/\p{N}/gu)?.length).toBeLessThan(phone.match(/\p{N}/gu)?.length ?? 0);
});

test.each([
  '1380013800013800138000',
  '+86 1380013800013800138000',
  '8613800138000861380013800086138001380008613800138000',
  '１３８００１３８０００１３８００１３８０００',
  'tel1380013800013800138000',
])('masks what is longer than a number in %s', (text) => {
  expect(maskPhonesIn(text)).toMatch(/••• \d\d$/);
  expect(maskPhonesIn(`a ${text}, b`)).not.toMatch(/\p{N}{7}/u);
});

test.each([
  ['No account (13800138000) here', 'No account (••• 00) here'],
  ['no account (+8613800138000)', 'no account (+86 ••• 00)'],
  ['number ((212) 555-0100)', 'number (••• 00)'],
  ['to (+1 (212) 555-0100): failed', 'to (+1 ••• 00): failed'],
  ['13800138000 (400)', '(••• 00)'],
  ['(code 138) 0013 8000', '(code ••• 00)'],
  ['（13800138000）', '（••• 00）'],
  ['（138）0013 8000', '（••• 00）'],
  ['[13800138000] <13800138000> {13800138000}', '[••• 00] <••• 00> {••• 00}'],
  ['[+86] 138 0013 8000', '[+86 ••• 00]'],
])('the brackets around a number stay: %s', (text, masked) => {
  expect(maskPhonesIn(text)).toBe(masked);
});

test.each(['tel13800138000', 'p_13800138000', '13800138000x', 'a13800138000b', '%2B8613800138000', 'sms|13800138000'])(
  'masks the number in %s',
  (text) => {
    expect(maskPhonesIn(text)).toMatch(/••• 00x?b?$/);
  },
);

test.each(['2026-11-26T10:15:00Z13800138000', '2026-11-26 10:15:13800138000', '1990-01-01T13:80013800138000'])(
  'masks the number after the time in %s',
  (text) => {
    expect(maskPhonesIn(text)).toMatch(/••• 00$/);
  },
);

test.each([
  '01a2182f-4123-7123-8123-123456789012',
  '2026-01-31',
  '2026-11-26T13:45:01.123Z',
  '192.168.100.200',
  '192.168.100.0/24',
  '192.168.100.200, 203.0.113.9:8080',
  'auth0|5f7c8ec7c33c6c0041234567',
  '2001:db8:0:0::/64',
  'connector.set-up',
  'AC00000000000000000000000000000000',
])('leaves %s as it is', (text) => {
  expect(maskPhonesIn(text)).toBe(text);
});

test.each([
  ['+8613800138000', '+86 ••• 00'],
  ['+15005550075', '+1 ••• 75'],
  ['+97150', '+971 •••'],
  ['+971501234567', '+971 ••• 67'],
  ['+2341234567', '+234 ••• 67'],
  ['+2901234', '+290 •••'],
  ['8613800138000', '••• 00'],
  ['+86 ••• 00', '+86 ••• 00'],
  ['', '•••'],
])('%s is masked as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked);
});

test('every calling code is shown as a whole', () => {
  const codes = [
    ...new Set([...getCountries().map((country) => getCountryCallingCode(country)), '800', '870', '881', '882', '979']),
  ];
  expect(codes.length).toBeGreaterThan(200);
  expect(codes.map((code) => maskPhone(`+${code}12345678`))).toEqual(codes.map((code) => `+${code} ••• 78`));
});

test('at least four digits of every number are hidden', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (phone) => {
      expect(phone.length - 1 - maskPhone(phone).replace(/\D/g, '').length).toBeGreaterThanOrEqual(4);
    }),
  );
});
