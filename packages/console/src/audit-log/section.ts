import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { pageNumberIn } from '../lists/paging.ts';
import { IconHistory } from '../shell/icons.tsx';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'audit-log',
  validateSearch: (search: Record<string, unknown>): { page?: number } => {
    const page = pageNumberIn(search.page);
    return page ? { page } : {};
  },
  component: lazyRouteComponent(() => import('./audit-log-page.tsx'), 'AuditLogPage'),
});

/** Audit log: what administrators and applications changed. */
export const auditLog = {
  path: '/audit-log',
  label: 'auditLog.navigation',
  icon: IconHistory,
  pages: [listRoute],
  screens: [],
} as const satisfies Section;
