import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/**
 * Blocks that are on no public network.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const special = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(address, bits, 'ipv4');
}
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(address, bits, 'ipv6');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
/** Addresses of version 4 in those of version 6: as they are, and as a translator writes them (RFC 6052). */
const embedding = new BlockList();
embedding.addSubnet('::ffff:0:0', 96, 'ipv6');
embedding.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !special.check(address, 'ipv4');
  if (embedding.check(address, 'ipv6')) return isPublicAddress(embedded(address));
  return global6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** The last 32 bits as an address of version 4. */
function embedded(address: string): string {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [high = '0', low = '0'] = written.split(':').slice(-2);
  const bits = (Number.parseInt(high || '0', 16) * 65_536 + Number.parseInt(low || '0', 16)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** A target is on no public network. */
export class PrivateTarget extends Error {
  override readonly name = 'PrivateTarget';
}

/** @throws PrivateTarget for a URL that names an address which is on no public network, or this machine */
export function checkPublicHost(url: string | URL): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isPrivate = isIP(host) ? !isPublicAddress(host) : /(^|\.)localhost$/i.test(host);
  if (isPrivate) throw new PrivateTarget(`${host} is on no public network.`);
}

/**
 * Looks names up for connections to the public internet alone. A connection is made to an address that was checked here:
 * a name that answers otherwise the next time gains nothing by it.
 * @param exempt names that are reached wherever they are, such as that of a proxy
 */
export function createPublicLookup(exempt: readonly string[] = [], lookup: LookupFunction = systemLookup) {
  const publicLookup: LookupFunction = (hostname, options, callback) => {
    if (exempt.includes(hostname)) return lookup(hostname, options, callback);
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = (Array.isArray(found) ? found : []).filter(({ address }) => isPublicAddress(address));
      const [first] = addresses;
      if (!first) return callback(new PrivateTarget(`${hostname} is on no public network.`), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  return publicLookup;
}
