import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { knownBrowser, newDevices } from '../../../../test/setup/clients.ts';
import { toAddress } from '../protection/networks.ts';
import type { Store } from '../store/store.ts';
import { tellClients } from './client.ts';
import { createIsTrusted, readForwarded } from './client-address.ts';

const proxies = ['loopback', '10.0.0.0/8', '2001:db8:ff::/48', '::ffff:198.51.100.0/120'];
const app = Fastify({ trustProxy: createIsTrusted(proxies) });
app.register(cookie, { hook: false });
const devices = newDevices({} as Store);
tellClients(app, { devices, isTrusted: createIsTrusted(proxies), settings: { publicUrl: 'http://localhost' } });
app.get('/', ({ ip, client }) => ({ ip, address: client.address, accounts: client.marks.map(({ id }) => id) }));
/** The client leaves before somebody asks who it was. */
app.get('/left', (request) => {
  Object.defineProperty(request.raw.socket, 'remoteAddress', { value: undefined });
  const { ip = null, host, protocol, client } = request;
  return { address: client.address, ip, host, protocol };
});
afterEach(() => app.ready());

/** Where the server takes a request for coming from: for the log, and for limits. */
async function clientOf(forwarded: string | undefined, remoteAddress = '127.0.0.1') {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const { ip, address } = (await app.inject({ url: '/', remoteAddress, headers })).json();
  expect(address).toBe(toAddress(ip));
  return address;
}

describe('a forwarded address is read as proxies write it', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['192.0.2.1:52044', '192.0.2.1'],
    ['"192.0.2.1:52044"', '192.0.2.1'],
    ['192.0.2.1:', '192.0.2.1'],
    ['[192.0.2.1]:52044', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['2001:db8:1:2:3:4:5:6:52044', '2001:db8:1:2:3:4:5:6'],
    ['[fe80::1%25eth0]:443', 'fe80::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%s', async (element, address) => {
    expect(readForwarded(element)).toBe(address);
    expect(await clientOf(element)).toBe(address);
    expect(await clientOf(`203.0.113.66, ${element}`), 'what the client made up is not looked at').toBe(address);
    expect(await clientOf(`${element}, 10.1.2.3:80, [::ffff:10.9.9.9]:80`), 'behind more proxies').toBe(address);
  });

  test.each([
    '',
    ' ',
    'unknown',
    '_gazonk',
    'sign-in.example.com',
    '1.2.3',
    '1.2.3.4.5',
    '[::1',
    '::1]:80',
    'null',
    '💥',
  ])('what is no address (%j) counts as the proxy that sent it', async (element) => {
    expect(readForwarded(element)).toBeUndefined();
    expect(await clientOf(element)).toBe('127.0.0.1');
    expect(await clientOf(`203.0.113.66, ${element}`)).toBe('127.0.0.1');
    expect(await clientOf(`203.0.113.66, ${element}, 10.1.2.3`)).toBe('10.1.2.3');
  });

  test('several lines of the header are one list', async () => {
    const headers = { 'x-forwarded-for': ['203.0.113.66', '192.0.2.1:80, 10.1.2.3'] as unknown as string };
    const reply = await app.inject({ url: '/', remoteAddress: '::ffff:127.0.0.1', headers });
    expect(reply.json().address).toBe('192.0.2.1');
  });

  test.each([
    ['192.0.2.9', '192.0.2.9'],
    ['2001:db8:fe::1', '2001:db8:fe::1'],
  ])('only proxies that are trusted are believed: not %s', async (remoteAddress, address) => {
    expect(await clientOf('203.0.113.66', remoteAddress)).toBe(address);
  });

  test.each(['127.9.9.9', '::1', '10.255.0.1', '::ffff:10.0.0.1', '2001:db8:ff:1::1', '198.51.100.200'])(
    '%s is trusted',
    async (remoteAddress) => {
      expect(await clientOf('192.0.2.1', remoteAddress)).toBe('192.0.2.1');
      expect(await clientOf(undefined, remoteAddress)).not.toBe('192.0.2.1');
    },
  );

  test('without proxies the header means nothing', () => {
    const isTrusted = createIsTrusted([]);
    expect(['127.0.0.1', '::1', '', 'unknown'].some(isTrusted)).toBe(false);
  });
});

test('a request brings the accounts that its browser has signed in to, and nothing that it made up', async () => {
  const cookieOf = devices.mark(knownBrowser(devices, { type: 'user', id: 'ali' }), { type: 'user', id: 'cassim' });
  const accountsOf = async (value: string) =>
    (await app.inject({ url: '/', headers: { cookie: `a=1; sesame_device=${value}; b=%E4` } })).json().accounts;
  expect(await accountsOf(cookieOf)).toEqual(['cassim', 'ali']);
  for (const madeUp of ['', '.', cookieOf.slice(1), cookieOf.replace('.', ''), `${cookieOf}A`, 'x'.repeat(9000)]) {
    expect(await accountsOf(madeUp)).toEqual([]);
  }
});

test('a client that leaves is still who it was', async () => {
  const forwarded = { for: '192.0.2.7', host: 'sign-in.example.com', proto: 'https' };
  const headers = Object.fromEntries(Object.entries(forwarded).map(([name, value]) => [`x-forwarded-${name}`, value]));
  const left = (given: object) => app.inject({ url: '/left', ...given }).then((reply) => reply.json());
  // Of whom nothing is known any more, nothing more is believed.
  const unknown = { ip: null, host: 'localhost:80', protocol: 'http' };
  expect(await left({ remoteAddress: '192.0.2.7' })).toEqual({ address: '192.0.2.7', ...unknown });
  expect(await left({ remoteAddress: '127.0.0.1', headers })).toEqual({ address: '192.0.2.7', ...unknown });
});
