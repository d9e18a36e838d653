import type { KoaContextWithOIDC } from 'oidc-provider';
import { flowLifetimeMs } from '../store/sign-in-flows.ts';
import { cookiesOf, hostCookieAttributes, hostCookieName } from './cookies.ts';

/** A browser that starts over again and again keeps this many keys at most. */
const maxFlows = 10;
const prefix = 'sesame_flow_';

/** Whose key: a flow at a server. */
type FlowAt = { id: string; publicUrl: string };

/** The cookie that holds the key of a flow, so that two tabs do not get into each other's way. */
export const flowCookieName = ({ id, publicUrl }: FlowAt): string => hostCookieName(publicUrl, `${prefix}${id}`);

/** It comes along when an application sends the browser back to a page. */
export const flowCookieAttributes = (publicUrl: string) => ({
  ...hostCookieAttributes(publicUrl, 'lax'),
  maxAge: flowLifetimeMs / 1000,
});

/** The key of a flow, if the header of cookies has it. */
export function readFlowKey(header: string | undefined, flow: FlowAt): string | undefined {
  const wanted = flowCookieName(flow);
  return cookiesOf(header).find(([name]) => name === wanted)?.[1] || undefined;
}

/** Gives the key of a new flow to the browser; when it has too many, the old ones are taken away. */
export function setFlowKey({ cookies, req }: KoaContextWithOIDC, flow: FlowAt, key: string): void {
  const { maxAge, ...attributes } = flowCookieAttributes(flow.publicUrl);
  const start = hostCookieName(flow.publicUrl, prefix);
  const others = cookiesOf(req.headers.cookie).filter(([name]) => name.startsWith(start));
  if (others.length >= maxFlows) {
    for (const [name] of others) cookies.set(name, null, { ...attributes, signed: false });
  }
  cookies.set(flowCookieName(flow), key, { ...attributes, maxAge: maxAge * 1000, signed: false });
}
