import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { frameRoute, rootRoute, signedInRoute, signInRoute } from './frame/root-routes.ts';
import { sections } from './sections.ts';
import { BrokenPage } from './shell/broken-page.tsx';
import { LostPage } from './shell/missing-page.tsx';
import { markNavigation } from './shell/page-heading.tsx';
import { PageSkeleton } from './shell/page-skeleton.tsx';

/** The bare address leads to the first section. */
const startRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: sections[0].path, replace: true });
  },
});

const pages = sections.flatMap((section) => [...section.pages]);
const screens = sections.flatMap((section) => [...section.screens]);

/** Every page of the Console under `/console`. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    signedInRoute.addChildren([frameRoute.addChildren([startRoute, ...pages]), ...screens]),
  ]),
  basepath: '/console',
  context: { sections },
  // What was shown or chosen on the page of one thing is not about the next one.
  defaultRemountDeps: ({ params }) => params,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: LostPage,
  notFoundMode: 'root',
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 150,
  scrollRestoration: true,
});

router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged) markNavigation();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
