import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { TooManyRequests } from './admission.ts';
import { type OidcViews, pageOf } from './views.ts';

/** Where browsers come by themselves; everything else is called by programs. */
const pageRoutes = new Set(['authorization', 'resume', 'end_session', 'end_session_confirm', 'end_session_success']);

/** Says why a request is refused: to a browser with a page, to everything else in JSON. */
export function createRefusals(views: OidcViews) {
  async function render(ctx: KoaContextWithOIDC, out: ErrorOut, cause: Error): Promise<void> {
    const { error, error_description: description } = out;
    const waitSeconds = cause instanceof TooManyRequests ? cause.retryAfterSeconds : undefined;
    if (waitSeconds !== undefined) ctx.set('retry-after', String(waitSeconds));
    if (pageRoutes.has(ctx.oidc?.route) && ctx.accepts('json', 'html') === 'html') {
      ctx.body = await views.failed({ ...pageOf(ctx), error, description, waitSeconds });
      return;
    }
    ctx.type = 'json';
    ctx.body = out;
  }

  return {
    render,

    /** oidc-provider writes a session after the answer, where it renders no errors any more. */
    async afterAnswer(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
      try {
        await next();
      } catch (cause) {
        if (!(cause instanceof TooManyRequests)) throw cause;
        const { status, error, error_description } = cause;
        ctx.status = status;
        await render(ctx, { error, ...(error_description && { error_description }) }, cause);
      }
    },
  };
}
