import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import { toAddress } from '../protection/networks.ts';

/** Whether an address is that of a proxy whose word is taken; a socket whose client has left has none. */
export type IsTrusted = (address: string | undefined) => boolean;

/** Networks that are never on the internet, by the names that the setting takes for them. */
const namedNetworks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** @param proxies as `SESAME_TRUSTED_PROXIES` has them: addresses, networks and names of networks */
export function createIsTrusted(proxies: readonly string[]): IsTrusted {
  if (proxies.length === 0) return () => false;
  const trusted = new BlockList();
  for (const network of proxies.flatMap((proxy) => namedNetworks[proxy] ?? proxy)) {
    const [text = '', length] = network.split('/');
    const address = toAddress(text) ?? '';
    const bits = isIPv4(address) ? 32 : 128;
    // An IPv4 network inside IPv6 (::ffff:10.0.0.0/104) is the network of its last 32 bits.
    const inside = bits === 32 && text.includes(':') ? 96 : 0;
    trusted.addSubnet(address, length === undefined ? bits : Math.max(0, Number(length) - inside), familyOf(address));
  }
  return (text) => {
    const address = toAddress(text ?? '');
    return address !== undefined && trusted.check(address, familyOf(address));
  };
}

/**
 * Where a request comes from, for every limit and the log, in one spelling: the nearest address that is not a trusted
 * proxy's. What a proxy wrote that is no address counts as the proxy itself; so does nothing at all.
 */
export function clientAddress({ socket, headers }: IncomingMessage, isTrusted: IsTrusted): string {
  // Node joins several lines of the header in their order.
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  let address = toAddress(socket.remoteAddress ?? '') ?? '';
  while (isTrusted(address)) {
    const before = readForwarded(forwarded.pop() ?? '');
    if (before === undefined) break;
    address = before;
  }
  return address;
}

/** An address as proxies write it: also in quotes, in brackets, and with a port. */
export function readForwarded(element: string): string | undefined {
  const text = element
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const bracketed = /^\[(.*)\](?::\d*)?$/.exec(text)?.[1];
  if (bracketed !== undefined) return toAddress(bracketed);
  return toAddress(text) ?? toAddress(text.replace(/:\d*$/, ''));
}

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
