import { isIPv6 } from 'node:net';

/**
 * The network that limits count an address under: itself for IPv4, the /64 for IPv6, which one household or server
 * usually has to itself (RFC 6177).
 * @example clientNetwork('2001:db8::1') // '2001:db8:0:0::/64'
 */
export function clientNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [withoutZone = ''] = address.split('%');
  if (!isIPv6(withoutZone)) return address;
  // The parser of URLs writes an address in one way: lower case, no leading zeros, an IPv4 end in hexadecimals.
  const [start = '', end] = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1).split('::');
  const groups = start === '' ? [] : start.split(':');
  const rest = end ? end.split(':') : [];
  const zeros = Array.from({ length: 8 - groups.length - rest.length }, () => '0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}
