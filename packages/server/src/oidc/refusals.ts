import { type ErrorOut, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { TooManyRequests } from './admission.ts';
import { type OidcViews, pageOf } from './views.ts';

/** Where browsers come by themselves; everything else is called by programs. */
const pageRoutes = new Set(['authorization', 'resume', 'end_session', 'end_session_confirm', 'end_session_success']);

/** What oidc-provider says of a failure that is none of the caller's doing. */
const serverError = { status: 500, error: 'server_error', error_description: 'oops! something went wrong' };

/** Says why a request is refused: to a browser with a page, to everything else in JSON. */
export function createRefusals(views: OidcViews) {
  async function render(ctx: KoaContextWithOIDC, out: ErrorOut, cause: Error): Promise<void> {
    const { error, error_description: description } = out;
    const waitSeconds = cause instanceof TooManyRequests ? cause.retryAfterSeconds : undefined;
    if (pageRoutes.has(ctx.oidc?.route) && ctx.accepts('json', 'html') === 'html') {
      ctx.body = await views.failed({ ...pageOf(ctx), error, description, waitSeconds });
      return;
    }
    ctx.type = 'json';
    ctx.body = out;
  }

  return {
    render,

    /** Sessions and tokens are written after the answer, where oidc-provider renders no errors any more. */
    async afterAnswer(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
      try {
        await next();
      } catch (cause) {
        if (!(cause instanceof Error) || !ctx.oidc) throw cause;
        const isRefused = cause instanceof errors.OIDCProviderError;
        const { status, error, error_description } = isRefused ? cause : serverError;
        ctx.remove('location');
        ctx.status = status;
        await render(ctx, { error, ...(error_description && { error_description }) }, cause);
        if (!isRefused) ctx.oidc.provider.emit('server_error', ctx, cause);
      }
    },
  };
}
