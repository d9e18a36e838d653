import type { KoaContextWithOIDC } from 'oidc-provider';

/** A browser that starts over again and again keeps this many keys at most. */
const maxFlows = 10;
const prefix = 'sesame_flow_';
const maxAgeSeconds = 60 * 60;

/** The cookie that holds the key of a flow, so that two tabs do not get into each other's way. */
export const flowCookieName = (id: string): string => `${prefix}${id}`;

/** No script can read it; it comes along when an application sends the browser back to a page. */
export const flowCookieAttributes = (publicUrl: string) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: publicUrl.startsWith('https:'),
  maxAge: maxAgeSeconds,
});

/** The key of a flow, if the header of cookies has it. */
export function readFlowKey(header: string | undefined, id: string): string | undefined {
  return cookiesOf(header).find(([name]) => name === flowCookieName(id))?.[1] || undefined;
}

/** Gives the key of a new flow to the browser; when it has too many, the old ones are taken away. */
export function setFlowKey({ cookies, req }: KoaContextWithOIDC, id: string, key: string, publicUrl: string): void {
  const { maxAge, ...attributes } = flowCookieAttributes(publicUrl);
  const others = cookiesOf(req.headers.cookie).filter(([name]) => name.startsWith(prefix));
  if (others.length >= maxFlows) {
    for (const [name] of others) cookies.set(name, null, { ...attributes, signed: false });
  }
  cookies.set(flowCookieName(id), key, { ...attributes, maxAge: maxAge * 1000, signed: false });
}

function cookiesOf(header = ''): [name: string, value: string][] {
  return header.split(';').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return [name.trim(), value.trim()];
  });
}
