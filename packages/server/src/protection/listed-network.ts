import { BlockList, isIPv6 } from 'node:net';
import { groupsOf, toAddress } from './networks.ts';
import { networksAround } from './scopes.ts';

/**
 * A network of any size in one spelling: that of its first address, and where decisions name networks as large, theirs. Of
 * IPv6, an address alone stands for its /64. `undefined` for what is none.
 * @example listedNetwork('203.0.113.9/24') // '203.0.113.0/24'
 */
export function listedNetwork(text: string): string | undefined {
  const [given = '', length, ...more] = text.split('/');
  const address = toAddress(given);
  if (address === undefined || more.length > 0 || !/^\d{1,3}$/.test(length ?? '0')) return undefined;
  const names = networksAround(address);
  const bits = bitsOf(given, address, length);
  const most = isIPv6(address) ? 128 : 32;
  if (bits > most) return undefined;
  if (length === undefined || (bits === 32 && most === 32)) return names[0];
  return names.find((name) => name.endsWith(`/${bits}`)) ?? `${firstAddress(address, bits)}/${bits}`;
}

/** How many bits of an address a network has; of IPv4 that comes inside IPv6, those of IPv4. */
function bitsOf(given: string, address: string, length: string | undefined): number {
  if (length === undefined) return isIPv6(address) ? 64 : 32;
  return isIPv6(given) && !isIPv6(address) ? Math.max(0, Number(length) - 96) : Number(length);
}

/** The address with nothing but zeros after so many bits. */
function firstAddress(address: string, bits: number): string {
  const size = isIPv6(address) ? 16 : 8;
  const parts = isIPv6(address) ? groupsOf(address).map((group) => Number.parseInt(group, 16)) : address.split('.');
  const kept = parts.map((part, index) => {
    const cleared = size - Math.min(size, Math.max(0, bits - index * size));
    return (Number(part) >> cleared) << cleared;
  });
  return size === 8 ? kept.join('.') : (toAddress(kept.map((group) => group.toString(16)).join(':')) ?? address);
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
    list.addSubnet(address, bitsOf(given, address, length), familyOf(address));
  }
  return list;
}

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
