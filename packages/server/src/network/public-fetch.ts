import type { ProviderFetch } from '@sesame/connector-kit';
import { createProviderFetch, type FetchOptions } from './provider-fetch.ts';
import { checkPublicHost, createPublicLookup, PrivateTarget } from './public-addresses.ts';

/**
 * As `createProviderFetch`, to the public internet alone: the address that a name has is checked, and the one that was
 * checked is connected to. What goes through a proxy is looked up there; only what says by itself that it is private is
 * refused before. Rejects with `PrivateTarget`.
 */
export function createPublicFetch({ proxies = {}, lookup, ...options }: FetchOptions = {}): ProviderFetch {
  const proxyHosts = Object.entries(proxies).flatMap(([name, url]) =>
    /^no_proxy$/i.test(name) ? [] : [URL.parse(url)?.hostname ?? ''],
  );
  const fetch = createProviderFetch({ ...options, proxies, lookup: createPublicLookup(proxyHosts, lookup) });
  return async (url, init) => {
    checkPublicHost(url);
    const { hostname } = new URL(url);
    if (proxyHosts.includes(hostname)) throw new PrivateTarget(`${hostname} is a proxy.`);
    return fetch(url, init);
  };
}
