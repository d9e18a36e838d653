import type { AdministratorRole } from '../store/tables/administrators.ts';

/**
 * What an administrator may do. A viewer reads, without phone numbers and codes; an operator changes everything but
 * administrators and what keeps secrets; an owner does that too.
 */
export type Role = AdministratorRole;

/** From the least to the most. */
export const roles = ['viewer', 'operator', 'owner'] as const satisfies readonly Role[];

/** Whether a role is at least the one that something takes. */
export const mayAs = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
