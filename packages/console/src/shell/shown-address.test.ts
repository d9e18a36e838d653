import { domainToASCII } from 'node:url';
import { expect, test } from 'vitest';
import { shownAddress } from './shown-address.ts';

const kept = (address: string) => {
  const [local, domain = ''] = address.split('@');
  return `${local}@${domainToASCII(domain)}`;
};

test.each([
  'ali@example.com',
  'juergen@bücher.example',
  'ali@mail.bücher-2.example',
  'ivan@почта.рф',
  'ivan@почта.example',
  'li@例え.jp',
  'li@ドメイン名例.jp',
  'wang@中文.中国',
  'kim@한국.kr',
  'noor@مثال.مصر',
  'dana@דוגמה.co.il',
  'asha@उदाहरण.भारत',
  'eleni@ελληνικά.gr',
])('%s is shown as it was typed', (address) => {
  expect(shownAddress(kept(address))).toBe(address);
});

test.each([
  ['Latin with a Cyrillic letter', 'ali@pаypal.com'],
  ['Cyrillic with a Latin letter', 'ali@почтa.рф'],
  ['Latin with Greek', 'ali@gοogle.com'],
  ['Cyrillic alone that looks Latin', 'ali@аррӏе.com'],
  ['Greek alone that looks Latin', 'ali@νικο.com'],
  ['Han with Cyrillic', 'ali@中п.com'],
  ['a script of no language of today', 'ali@𐌰𐌱.com'],
])('%s stays in ASCII', (_, address) => {
  expect(kept(address)).toContain('xn--');
  expect(shownAddress(kept(address))).toBe(kept(address));
});

test.each(['ali@xn--', 'ali@xn--a.example', 'ali@xn--bcher-kvaaa999.example', 'a•••@xn--99zzzz-.example', ''])(
  'what stands for nothing stays: %j',
  (address) => {
    expect(shownAddress(address)).toBe(address);
  },
);
