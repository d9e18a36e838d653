import { expect, test } from 'vitest';
import { isInNetworks, listedNetwork } from './listed-network.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9/32', '203.0.113.9'],
  ['203.0.113.9/24', '203.0.113.0/24'],
  ['203.0.113.9/16', '203.0.0.0/16'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:DB8:0:1::7', '2001:db8:0:1::/64'],
  ['2001:db8::/48', '2001:db8:0::/48'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['203.0.113.0/8', undefined],
  ['203.0.113.0/24/1', undefined],
  ['203.0.113', undefined],
  ['everybody', undefined],
  ['', undefined],
])('%j is kept as %j', (typed, kept) => {
  expect(listedNetwork(typed)).toBe(kept);
});

test.each([
  ['203.0.112.0/20', '203.0.113.9', '203.0.128.1'],
  ['203.0.113.9/24', '203.0.113.200', '203.0.114.9'],
  ['203.0.113.9', '::ffff:203.0.113.9', '203.0.113.8'],
  ['::ffff:203.0.113.0/120', '203.0.113.9', '203.0.114.9'],
  ['2001:DB8:0:1::7', '2001:db8:0:1::8', '2001:db8:0:2::7'],
  ['2001:db8::/44', '2001:db8:f::1', '2001:db8:10::1'],
])('%s holds %s, and not %s', (network, within, without) => {
  const networks = ['192.0.2.1', network];
  expect([within, without, 'everybody'].map((address) => isInNetworks(networks, address))).toEqual([
    true,
    false,
    false,
  ]);
});
