import { randomBytes } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errorCatalogue } from '../errors.ts';
import { formActionSources } from './sign-in-request.ts';

type Next = () => Promise<void>;

/** Seconds after which it makes sense to try again when the database is away. */
export const unavailableRetryAfter = 5;

/** Only what the pages of this room need: logos may be anywhere, styles in the page carry the nonce. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    ...["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data: https:"],
    ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
  ].join('; ');

/** A nonce for one response. */
export const newNonce = (): string => randomBytes(16).toString('base64');

/** Gives pages a Content Security Policy that lets them lead back to the application that sent the browser here. */
export async function guardPages(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  // oidc-provider adds the digest of its own script, so the policy is there before it answers.
  ctx.state.nonce = newNonce();
  ctx.set('content-security-policy', contentSecurityPolicy(ctx.state.nonce));
  await next();
  if (!ctx.response.is('html')) return;
  const { session, client, params } = ctx.oidc ?? {};
  const asked = params?.redirect_uri;
  // Only where it may really lead: a page about a refused request has no business elsewhere.
  const isRegistered = typeof asked === 'string' && client?.redirectUriAllowed(asked);
  const target = session?.state?.postLogoutRedirectUri ?? (isRegistered ? asked : undefined);
  const sources = typeof target === 'string' ? formActionSources(target) : [];
  const policy = ctx.response.get('content-security-policy');
  ctx.set(
    'content-security-policy',
    policy.replace("form-action 'self'", ["form-action 'self'", ...sources].join(' ')),
  );
}

/** Says errors in the words of the other APIs too, beside those of OAuth 2.0: `code` and `message`. */
export async function nameErrors(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  await next();
  if (ctx.status === 404 && !ctx.body) {
    const { status, message, hint } = errorCatalogue['entity.not_found'];
    ctx.status = status;
    ctx.body = { code: 'entity.not_found', message: `${message} ${hint}` };
    return;
  }
  const { error, error_description: description } = (ctx.body ?? {}) as Record<string, unknown>;
  if (ctx.status < 400 || typeof error !== 'string') return;
  ctx.body = { ...(ctx.body as object), code: `oidc.${error}`, message: description ?? error };
}

/** Answers that the database is away. */
export function sayUnavailable(ctx: KoaContextWithOIDC): void {
  ctx.status = errorCatalogue['system.unavailable'].status;
  ctx.set('retry-after', String(unavailableRetryAfter));
}
