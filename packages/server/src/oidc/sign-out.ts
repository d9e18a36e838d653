import type { KoaContextWithOIDC } from 'oidc-provider';
import type { UserSessions } from './sessions.ts';
import { type OidcViews, pageOf } from './views.ts';

type Deps = { sessions: UserSessions; views: OidcViews };

/**
 * Signs out at once when the application shows the ID token of this very session: nobody else can have sent the
 * browser here. Otherwise the person is asked (OpenID Connect RP-Initiated Logout 1.0, section 2).
 */
export async function signOut(ctx: KoaContextWithOIDC, { sessions, views }: Deps): Promise<void> {
  const { session, provider, entities } = ctx.oidc;
  if (!session?.accountId) return;
  const hinted = (entities.IdTokenHint as { payload: { sub?: string; aud?: string } } | undefined)?.payload;
  const isTheirs = hinted?.sub === session.accountId && session.grantIdFor(hinted.aud ?? '') !== undefined;
  if (!isTheirs) {
    const action = ctx.oidc.urlFor('end_session_confirm');
    ctx.body = await views.signOut({ ...pageOf(ctx), action, xsrf: String(session.state?.secret) });
    return;
  }
  await sessions.leave(session.accountId, session.uid);
  await session.destroy();
  ctx.cookies.set(provider.cookieName('session'), null, { httpOnly: true, sameSite: 'lax' });
  ctx.redirect(placeAfter(ctx));
  ctx.status = 303;
}

function placeAfter({ oidc }: KoaContextWithOIDC): string {
  const { post_logout_redirect_uri: uri, state } = oidc.params ?? {};
  // oidc-provider has compared it with those of the application.
  if (typeof uri !== 'string') return oidc.urlFor('end_session_success');
  const url = new URL(uri);
  if (typeof state === 'string') url.searchParams.set('state', state);
  return url.href;
}
