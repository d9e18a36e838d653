/** What of the Management API an application may be given, the narrowest first. */
export const managementScopeNames = ['codes', 'users', 'read', 'all'] as const;
export type ManagementScope = (typeof managementScopeNames)[number];

/**
 * What an operation asks of an access token: sending and checking codes; users, to read or to change; reading anything
 * else; or everything, for what changes the server or tells secrets.
 */
export type OperationScope = 'codes' | 'users:read' | 'users' | 'read' | 'all';

const opened: Record<ManagementScope, readonly OperationScope[]> = {
  codes: ['codes'],
  users: ['users', 'users:read'],
  read: ['read', 'users:read'],
  all: ['codes', 'users:read', 'users', 'read', 'all'],
};

/** What they say of themselves. */
export const managementScopeTexts: Record<ManagementScope, string> = {
  codes: 'Send codes and check them.',
  users: 'Read and change users, end their sessions, unlock their numbers.',
  read: 'Read everything that an administrator may see, but for secrets and the development inbox.',
  all: 'Everything in the Management API.',
};

const isManagementScope = (name: string): name is ManagementScope =>
  managementScopeNames.some((scope) => scope === name);

/** The scopes of the Management API among these names. */
export const managementScopesIn = (names: Iterable<string>): ManagementScope[] => [...names].filter(isManagementScope);

/** What these scopes open together: an operation is open if each of the lists has a scope that lets it be called. */
export function openedBy(...lists: Iterable<string>[]): ReadonlySet<OperationScope> {
  const each = lists.map((names) => managementScopesIn(names).flatMap((scope) => opened[scope]));
  return new Set(opened.all.filter((operation) => each.every((some) => some.includes(operation))));
}

/** The scopes that let an operation be called, the narrowest first; one of them is enough. */
export const scopesOpening = (operation: OperationScope): ManagementScope[] =>
  managementScopeNames.filter((scope) => opened[scope].includes(operation));
