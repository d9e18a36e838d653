import { createRootRouteWithContext, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { restOfTexts } from '../i18n/index.ts';
import { SignedIn } from '../session/signed-in.tsx';
import { addressOf } from '../shell/address.ts';
import type { Section } from './section.ts';

/** The root of everything; its context holds what the navigation shows. */
export const rootRoute = createRootRouteWithContext<{ sections: readonly Section[] }>()();

/** Where to sign in; `redirect` is the page to go to afterwards. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: addressOf(({ redirect }): { redirect?: string } => (isOwnPath(redirect) ? { redirect } : {})),
  component: lazyRouteComponent(() => import('../session/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything that takes a session. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location: { pathname }, context: { sections } }) => {
    const rest = restOfTexts();
    // The first page is shown without them, and they come meanwhile.
    if (pathname !== '/' && !pathname.endsWith(sections[0]?.path ?? '')) await rest;
    else rest.catch(() => {});
  },
  component: SignedIn,
});

/** Pages with the navigation around them. */
export const frameRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'frame',
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});

/** A link from elsewhere must not lead to elsewhere after the sign-in. */
function isOwnPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/console(?=[/?#]|$)/.test(value);
}
