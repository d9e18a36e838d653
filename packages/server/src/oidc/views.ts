import type { KoaContextWithOIDC } from 'oidc-provider';
import { parseLocales } from '../locale.ts';

/** What every page of this room is drawn with. */
export type OidcPage = {
  /** The languages that the application asks for, the best first (BCP 47). */
  uiLocales: string[];
  /** The header of the browser. */
  acceptLanguage: string;
  /** Styles in the page count only under this nonce (Content Security Policy). */
  nonce: string;
};

/** A request that was refused; where it helps to wait, the time is in seconds. */
export type FailedPage = OidcPage & {
  error: string;
  description: string | undefined;
  waitSeconds?: number | undefined;
};

/** The pages of this room, as HTML; what they look like comes from outside. */
export type OidcViews = {
  /**
   * Asks whether to sign out: a form that posts `xsrf` to `action`, with `logout=yes` if so, and without it to stay
   * signed in.
   */
  signOut: (page: OidcPage & { action: string; xsrf: string }) => string | Promise<string>;
  /** Says that the sign-out is done, where the application named no page to go on to. */
  signedOut: (page: OidcPage) => string | Promise<string>;
  /** Says that a request cannot be answered; `error` and `description` are for the application's developer. */
  failed: (page: FailedPage) => string | Promise<string>;
};

/** What a page is drawn with that answers this request; `guardPages` has chosen the nonce. */
export function pageOf(ctx: KoaContextWithOIDC): OidcPage {
  return {
    uiLocales: parseLocales(ctx.oidc?.params?.ui_locales),
    acceptLanguage: ctx.get('accept-language'),
    nonce: String(ctx.state.nonce),
  };
}

/** Pages without a look, for where there are no hosted pages. */
export const plainViews: OidcViews = {
  signOut: ({ action, xsrf }) =>
    page(
      'Sign out?',
      `<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<button type="submit" name="logout" value="yes">Sign out</button>
<button type="submit">Stay signed in</button></form>`,
    ),
  signedOut: () => page('You are signed out.'),
  failed: ({ error, description }) =>
    page('This did not work.', `<p>${escapeHtml(description ?? '')}</p><p><code>${escapeHtml(error)}</code></p>`),
};

const page = (title: string, body = '') => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><h1>${title}</h1>${body}</body>
</html>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
