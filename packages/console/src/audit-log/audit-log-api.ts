import { api, unwrapPage } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { oneOf } from '../shell/address.ts';

/** A change; `at` is in milliseconds since the epoch. */
export type Entry = paths['/api/audit-log']['get']['responses'][200]['content']['application/json'][number];

const filters = ['search', 'actorType', 'actorId', 'action', 'subjectType', 'subjectId'] as const;

/** Who changes things. */
export const actorTypes = [
  'administrator',
  'application',
  'server',
  'network',
] as const satisfies Entry['actor']['type'][];

/** What the list has in its address. */
export type AuditLogSearch = ListSearch & { [Name in (typeof filters)[number]]?: string };

/** Reads the filters from an address. */
export const readAuditLogSearch = (search: Record<string, unknown>): AuditLogSearch => ({
  ...readTexts({ ...search, actorType: oneOf(actorTypes, search.actorType) }, filters),
  ...readListSearch(search),
});

/** The filters as the API has them. */
export const auditLogQueryOf = (search: AuditLogSearch) => readTexts(search, filters);

/** A page of the changes that match. @throws ApiError */
export const readAuditLog = (query: object) => unwrapPage<Entry>(api.GET('/api/audit-log', { params: { query } }));
