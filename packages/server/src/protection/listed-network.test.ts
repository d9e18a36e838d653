import { expect, test } from 'vitest';
import { listedNetwork } from './listed-network.ts';

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
