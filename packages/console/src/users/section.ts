import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { pageNumberIn } from '../lists/paging.ts';
import { addressOf, oneOfNamed } from '../shell/address.ts';
import { IconUsers } from '../shell/icons.tsx';

/** What the list can be in the order of, beside when users were made. */
const orders = ['name', 'username', 'primaryPhone', 'primaryEmail', 'lastSignInAt'];

/** What the list of users has in its address. */
type UserSearch = ListSearch & { search?: string; anywhere?: string; suspended?: string };

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'users',
  validateSearch: addressOf(
    (search): UserSearch => ({
      ...readTexts(search, ['search']),
      ...oneOfNamed('anywhere', ['yes'], search),
      ...oneOfNamed('suspended', ['true', 'false'], search),
      ...readListSearch(search, orders),
    }),
  ),
  component: lazyRouteComponent(() => import('./users-page.tsx'), 'UsersPage'),
});
const createUserRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'create',
  component: lazyRouteComponent(() => import('./create-user.tsx'), 'CreateUser'),
});
const userRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'users/$userId',
  validateSearch: addressOf(({ signIns }): { signIns?: number } => {
    const page = pageNumberIn(signIns);
    return page === undefined ? {} : { signIns: page };
  }),
  component: lazyRouteComponent(() => import('./user-page.tsx'), 'UserPage'),
});
const passwordRoute = createRoute({
  getParentRoute: () => userRoute,
  path: 'password',
  component: lazyRouteComponent(() => import('./set-password.tsx'), 'SetPassword'),
});
const deleteRoute = createRoute({
  getParentRoute: () => userRoute,
  path: 'delete',
  component: lazyRouteComponent(() => import('./delete-user.tsx'), 'DeleteUser'),
});

/** Users: the list, the dialog that creates one, and the page of a user. */
export const users = {
  path: '/users',
  label: 'sections.users',
  icon: IconUsers,
  pages: [listRoute.addChildren([createUserRoute]), userRoute.addChildren([passwordRoute, deleteRoute])],
  screens: [],
} as const satisfies Section;
