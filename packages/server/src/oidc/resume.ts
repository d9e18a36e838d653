import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import Provider from 'oidc-provider';
import { readCookie } from './cookies.ts';
import type { UserSessions } from './sessions.ts';

/** The id of the interaction that a path below `/oidc` goes on with. */
export const resumedId = (path: string): string | undefined => /^\/auth\/([\w-]+)\/?(?:\?|$)/.exec(path)?.[1];

const allowed = new WeakMap<IncomingMessage, string>();

/** Lets a request go on with this interaction. */
export const allowResume = (request: IncomingMessage, id: string): void => void allowed.set(request, id);

/**
 * Whether the request under way may read an interaction: one that goes on with it has to be allowed to. This is asked
 * where the interaction is read, because a path has many spellings, and oidc-provider goes by its cookie anyway.
 */
export function mayReadInteraction(id: string): boolean {
  const { ctx } = Provider;
  return ctx?.oidc?.route !== 'resume' || allowed.get(ctx.req) === id;
}

/** Who signs in, and since when (seconds since the epoch). */
export type SignedIn = { accountId: string; signedInAt: number };

/**
 * Gives an interaction its result, not before it is gone on with: until then it belongs to what was proven. Makes room
 * for whoever signs in, too: a session of somebody else in this browser ends, and a session that ended meanwhile no
 * longer matters. oidc-provider would ask to sign out first, on a page that needs a script.
 */
export async function handIn(
  provider: Provider,
  sessions: UserSessions,
  request: Pick<FastifyRequest, 'raw'>,
  { id, accountId, signedInAt }: SignedIn & { id: string },
): Promise<void> {
  const interaction = await provider.Interaction.find(id);
  if (!interaction) return;
  // A sign-in answers every prompt that was asked for.
  interaction.result = { login: { accountId, ts: signedInAt }, consent: {}, create: {} };
  const cookie = readCookie(provider, request, 'session');
  const session = cookie === undefined ? undefined : await provider.Session.find(cookie);
  if (session?.accountId && session.accountId !== accountId) await sessions.leave(session.accountId, session.uid);
  if (interaction.session && (interaction.session.uid !== session?.uid || session.accountId !== accountId)) {
    interaction.session = undefined;
  }
  await interaction.persist();
}
