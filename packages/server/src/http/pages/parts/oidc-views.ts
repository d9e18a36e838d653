import { messagePage, signOutPage } from '@sesame/pages';
import type { OidcPage, OidcViews } from '../../../oidc/views.ts';
import type { Platform } from '../../../platform.ts';
import { type LookDeps, pageContext, readLook } from './visit.ts';

/** The pages of OpenID Connect, in the look of the others. */
export function createOidcViews({ platform, ...look }: LookDeps & { platform: Platform }): OidcViews {
  const contextOf = async (page: OidcPage) => pageContext(await readLook(look), { platform, ...page });

  return {
    signOut: async ({ action, xsrf, ...page }) =>
      signOutPage(await contextOf(page), { form: { action, hidden: { xsrf } } }),

    signedOut: async (page) => messagePage(await contextOf(page), { message: 'signed-out' }),

    async failed({ error, description, waitSeconds, ...page }) {
      const context = await contextOf(page);
      if (error === 'session_not_found') return messagePage(context, { message: 'flow-over' });
      if (waitSeconds !== undefined) return messagePage(context, { message: 'too-many-requests', waitSeconds });
      if (error === 'server_error') return messagePage(context, { message: 'failed' });
      const details = description === undefined ? error : `${error}: ${description}`;
      return messagePage(context, { message: 'application-error', details });
    },
  };
}
