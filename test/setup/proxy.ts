import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of a server. */
export type Proxy = { url: string; close: () => Promise<void> };

/** What a proxy changes: headers that it sets on answers, and headers of requests that it takes away. */
export type ProxyChanges = { sets?: Record<string, string>; drops?: string[] };

/** A proxy that an operator has told to tell no referrers. Browsers then say `Origin: null` of every form. */
export const noReferrer: ProxyChanges = { sets: { 'referrer-policy': 'no-referrer' } };

/** The same in front of a browser that is too old to say where a request comes from. */
export const noReferrerOfOldBrowser: ProxyChanges = { ...noReferrer, drops: ['sec-fetch-site'] };

/** Starts one on 127.0.0.1. */
export async function startProxy(target: string, { sets = {}, drops = [] }: ProxyChanges): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const server = createServer((asked, answer) => {
    const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !drops.includes(name)));
    const { method, url: path } = asked;
    const passed = request({ hostname, port, method, path, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, { ...reply.headers, ...sets });
      reply.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
