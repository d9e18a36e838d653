import { BlockList, isIPv6 } from 'node:net';
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

/** Lists change rarely, and are looked at with each send. */
const blockLists = new WeakMap<readonly string[], BlockList>();

/** Whether an address is in one of these networks, of any size; of IPv6, an address alone stands for its /64. */
export function isInNetworks(networks: readonly string[], text: string): boolean {
  const address = networks.length > 0 && toAddress(text);
  if (!address) return false;
  const list = blockLists.get(networks) ?? blockListOf(networks);
  blockLists.set(networks, list);
  return list.check(address, familyOf(address));
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [given = '', length] = network.split('/');
    const address = toAddress(given);
    if (address === undefined) continue;
    const bits = length === undefined ? (isIPv6(address) ? 64 : 32) : Number(length);
    // IPv4 inside IPv6 has its bits at the end.
    const own = length !== undefined && isIPv6(given) && !isIPv6(address) ? Math.max(0, bits - 96) : bits;
    list.addSubnet(address, own, familyOf(address));
  }
  return list;
}

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
