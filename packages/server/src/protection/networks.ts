import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A network of many may do so many times what a single one may. */
export const largerNetworkFactor = 4;

/** A network that limits count an address under, and how many times the allowance of a single one it has. */
export type Network = { name: string; factor: number };

/**
 * An IP address in one spelling: IPv6 as RFC 5952 writes it, without a zone; IPv4 also where it comes inside IPv6,
 * mapped (RFC 4291, 2.5.5.2) or through NAT64 (RFC 6052). `undefined` for what is no address.
 * @example toAddress('::FFFF:192.0.2.1') // '192.0.2.1'
 */
export function toAddress(text: string): string | undefined {
  const [address = ''] = text.split('%', 1);
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  const embedded = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'].includes(groups.slice(0, 6).join(':'));
  return embedded ? groups.slice(6).flatMap(bytesOf).join('.') : canonical(address);
}

/**
 * The networks that every limit counts an address under. IPv4: the address, and its /24. IPv6: the /64, which one
 * household or server usually has to itself, and the /48, which one site may have (RFC 6177); the larger ones with a
 * larger allowance. What is no address is a network of its own.
 */
export function networksOf(text: string): [Network, Network] {
  const address = toAddress(text) ?? '';
  const groups = isIPv6(address) ? groupsOf(address) : [];
  const names =
    groups.length > 0
      ? [`${groups.slice(0, 4).join(':')}::/64`, `${groups.slice(0, 3).join(':')}::/48`]
      : [address, `${address.replace(/\d+$/, '0')}/24`];
  return [
    { name: names[0] as string, factor: 1 },
    { name: names[1] as string, factor: largerNetworkFactor },
  ];
}

/** A network that many share around an address or a network, as people read it: a /24 of IPv4, a /48 of IPv6. */
export function networkOfMany(name: string): string {
  const address = name.replace(/\/64$/, '');
  return toAddress(address) === undefined ? name : networksOf(address)[1].name;
}

/** This machine, and networks that anybody may have at home (RFC 1918, RFC 3927, RFC 4193, RFC 4291). */
const around = new BlockList();
for (const [address, bits] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  around.addSubnet(address, bits, 'ipv4');
}
around.addAddress('::1', 'ipv6');
around.addSubnet('fc00::', 7, 'ipv6');
around.addSubnet('fe80::', 10, 'ipv6');

/** Whether an address is of this machine or a private network. */
export function isPrivate(text: string): boolean {
  const address = toAddress(text);
  return address !== undefined && around.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** The parser of URLs writes an address in one way: lower case, no leading zeros, an IPv4 end in hexadecimals. */
const canonical = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

/** The eight groups of an IPv6 address, in hexadecimals without leading zeros. */
export function groupsOf(address: string): string[] {
  const [start = '', end] = canonical(address).split('::');
  const groups = start === '' ? [] : start.split(':');
  const rest = end ? end.split(':') : [];
  const zeros = Array.from({ length: 8 - groups.length - rest.length }, () => '0');
  return [...groups, ...zeros, ...rest];
}

function bytesOf(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}
