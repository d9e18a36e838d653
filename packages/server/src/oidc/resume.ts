import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import Provider, { type Adapter, type AdapterPayload, type KoaContextWithOIDC } from 'oidc-provider';
import { claimsOf, mayRestOn, type SignInMethods } from '../accounts/authentication-methods.ts';
import { readCookie } from './cookies.ts';
import type { UserSessions } from './sessions.ts';

/** The id of the interaction that a path below `/oidc` goes on with. */
export const resumedId = (path: string): string | undefined => /^\/auth\/([\w-]+)\/?(?:\?|$)/.exec(path)?.[1];

/**
 * Who signs in, by what, since when (seconds since the epoch), and when their sign-ins were last ended, as it was looked up
 * (milliseconds, 0 for never).
 */
export type SignedIn = { accountId: string; methods: SignInMethods; signedInAt: number; validFrom: number };

/** Who goes on with which interaction, which has its result. */
type Resumed = SignedIn & { id: string; interaction: AdapterPayload | undefined };

const allowed = new WeakMap<IncomingMessage, Resumed>();

/** Lets a request go on with this interaction. */
export const allowResume = (request: IncomingMessage, resumed: Resumed): void => void allowed.set(request, resumed);

/** Who signs in by the request under way, if anybody. */
export const currentSignIn = (): SignedIn | undefined => (Provider.ctx ? allowed.get(Provider.ctx.req) : undefined);

/** Whether somebody signs in by the request under way whose browser had no session. */
export const isOfNewSession = (): boolean =>
  currentSignIn() !== undefined && (Provider.ctx?.oidc?.session as { new?: boolean } | undefined)?.new === true;

/** Whether the request under way goes on with an interaction. */
export const isResuming = (): boolean => Provider.ctx?.oidc?.route === 'resume';

/**
 * The interaction with its result, for a request that was allowed to go on with it. This is asked where the interaction
 * is read, because a path has many spellings, and oidc-provider goes by its cookie anyway.
 */
export function handedIn(id: string): AdapterPayload | undefined {
  const resumed = Provider.ctx && allowed.get(Provider.ctx.req);
  return resumed?.id === id ? resumed.interaction : undefined;
}

/**
 * Lets the key of the flow take the place of the cookie that says to oidc-provider which interaction to go on with: that
 * one has a path of its own, so that it cannot be bound to this host, and is one more thing to plant.
 */
export function doWithoutResumeCookie(provider: Provider) {
  const resume = provider.cookieName('resume');
  return (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const { cookies } = ctx;
    const { get, set } = cookies;
    const replaced: Pick<typeof cookies, 'get' | 'set'> = {
      get: (name, options) => (name === resume ? allowed.get(ctx.req)?.id : get.call(cookies, name, options)),
      set: (name, value, options) => (name === resume ? cookies : set.call(cookies, name, value, options)),
    };
    Object.assign(cookies, replaced);
    return next();
  };
}

/**
 * The interaction with its result, which it gets not before it is gone on with: until then that belongs to what was
 * proven. Makes room for whoever signs in, too: a session of somebody else in this browser ends, and a session that ended
 * meanwhile no longer matters. oidc-provider would ask to sign out first, on a page that needs a script. A second factor
 * that was added to a session goes with that one alone, and leaves it as old as it is; and it is none that the session
 * rests on, be it that this comes second only since the flow began.
 */
export async function handIn(
  provider: Provider,
  sessions: UserSessions,
  request: Pick<FastifyRequest, 'raw'>,
  { id, accountId, methods, signedInAt }: SignedIn & { id: string },
): Promise<AdapterPayload | undefined> {
  const interaction = await (provider.Interaction as unknown as { adapter: Adapter }).adapter.find(id);
  if (!interaction) return undefined;
  const cookie = readCookie(provider, request, 'session');
  const session = cookie === undefined ? undefined : await provider.Session.find(cookie);
  if (session?.accountId && session.accountId !== accountId) await sessions.leave(session.accountId, session.uid);
  const isTheirs = interaction.session?.uid === session?.uid && session?.accountId === accountId;
  const isAdded = methods.first === 'session';
  const isRepeated = methods.second !== undefined && mayRestOn(session?.amr ?? [], methods.second);
  if (isAdded && (!isTheirs || isRepeated)) return undefined;
  const ts = isAdded ? session?.loginTs : signedInAt;
  return {
    ...interaction,
    session: isTheirs ? interaction.session : undefined,
    // A sign-in answers every prompt that was asked for.
    result: { login: { accountId, ts, ...claimsOf(methods, session?.amr) }, consent: {}, create: {} },
  };
}
