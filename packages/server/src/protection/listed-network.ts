import { isIPv6 } from 'node:net';
import { toAddress } from './networks.ts';
import { networksAround } from './scopes.ts';

/**
 * A network in the spelling that decisions name it in: IPv4 addresses, /24 and /16; IPv6 /64, which an address alone
 * stands for, /48 and /32. `undefined` for any other.
 * @example listedNetwork('203.0.113.9/24') // '203.0.113.0/24'
 */
export function listedNetwork(text: string): string | undefined {
  const [address = '', length, ...more] = text.split('/');
  const known = toAddress(address);
  if (known === undefined || more.length > 0) return undefined;
  const names = networksAround(known);
  if (length === undefined || (length === '32' && !isIPv6(known))) return names[0];
  return names.find((name) => name.endsWith(`/${length}`));
}
