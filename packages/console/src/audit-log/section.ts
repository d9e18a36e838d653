import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { addressOf } from '../shell/address.ts';
import { IconHistory } from '../shell/icons.tsx';
import { readAuditLogSearch } from './audit-log-api.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'audit-log',
  validateSearch: addressOf(readAuditLogSearch),
  component: lazyRouteComponent(() => import('./audit-log-page.tsx'), 'AuditLogPage'),
});

/** Audit log: what administrators and applications changed. */
export const auditLog = {
  path: '/audit-log',
  label: 'sections.auditLog',
  icon: IconHistory,
  pages: [listRoute],
  screens: [],
} as const satisfies Section;
