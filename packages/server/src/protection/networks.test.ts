import { describe, expect, test } from 'vitest';
import { networkOfMany, networksOf, toAddress } from './networks.ts';

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0001:0002::FFFF', '2001:db8:1:2::ffff'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
  ])('%s is %s', (text, address) => {
    expect(toAddress(text)).toBe(address);
  });

  test.each([
    '',
    'unknown',
    '_hidden',
    '192.0.2',
    '192.0.2.256',
    '010.0.0.1',
    '1.2.3.4:80',
    '[::1]',
    'g::1',
    '1::2::3',
  ])('%j is none', (text) => {
    expect(toAddress(text)).toBeUndefined();
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:DB8:0001:0002::ffff', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['::1', '0:0:0:0::/64', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
])('%s counts under %s, and with a larger allowance under %s', (address, single, larger) => {
  expect(networksOf(address)).toEqual([
    { name: single, factor: 1 },
    { name: larger, factor: 4 },
  ]);
});

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['203.0.113.0/24', '203.0.113.0/24'],
  ['2001:db8:1:2::3', '2001:db8:1::/48'],
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::/32', '2001:db8::/32'],
])('the network of many around %s is %s', (name, expected) => {
  expect(networkOfMany(name)).toBe(expected);
});
