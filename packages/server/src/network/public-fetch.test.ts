import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress, PrivateTarget } from './public-addresses.ts';
import { createPublicFetch } from './public-fetch.ts';

describe('addresses of the public internet', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700:4700::1111',
    '64:ff9b::808:808',
  ])('%s is one', (address) => expect(isPublicAddress(address)).toBe(true));
  test.each([
    ...[
      '127.0.0.1',
      '127.8.9.1',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
      '169.254.169.254',
    ],
    ...['100.64.0.1', '192.0.0.8', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      'fec0::1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '64:ff9b::a00:1', '::127.0.0.1'],
  ])('%s is none', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('requests to the public internet alone', () => {
  let server: Server;
  let port: number;
  let requests = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      requests += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  const post = (url: string, lookup?: LookupFunction) =>
    createPublicFetch({ ...(lookup && { lookup }) })(url, {
      ...{ method: 'POST', headers: {}, body: '{}', redirect: 'manual', signal: AbortSignal.timeout(5_000) },
    });
  const named =
    (...addresses: string[]): LookupFunction =>
    (_name, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  test.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:7f00:1]',
    'localhost',
    'a.localhost',
    'localhost.',
  ])('do not go to %s', async (host) => {
    await expect(post(`http://${host}:${port}/`)).rejects.toThrow(PrivateTarget);
  });

  test('do not go where a name leads to a private address, nor to the private one of several', async () => {
    await expect(post(`http://receiver.example:${port}/`, named('127.0.0.1'))).rejects.toThrow(PrivateTarget);
    await expect(post(`https://receiver.example:${port}/`, named('::ffff:127.0.0.1'))).rejects.toThrow(PrivateTarget);
    // 192.88.99.1 and the like are no more than names here: nothing listens at the one that is left.
    const asked = post(`http://receiver.example:${port}/`, named('127.0.0.1', '255.255.255.255'));
    await expect(asked).rejects.toThrow(PrivateTarget);
  });

  test('connect to the address that was checked: a name that leads elsewhere the next time gains nothing', async () => {
    let looks = 0;
    const rebinding: LookupFunction = (name, options, callback) => {
      looks += 1;
      return named(looks === 1 ? '127.0.0.1' : '8.8.8.8')(name, options, callback);
    };
    await expect(post(`http://receiver.example:${port}/`, rebinding)).rejects.toThrow(PrivateTarget);
    expect(looks).toBe(1);
    expect(requests).toBe(0);
  });
});
