/** The tables of what rarely changes. A trigger on each says in `held_stamps` that it was changed. */
export const heldTables = [
  'settings',
  'connectors',
  'live_connectors',
  'applications',
  'resources',
  'resource_scopes',
  'default_resource',
  'signing_keys',
] as const;

/** What only rolls a transaction back (`requirement.ts`) is no change. */
const change = new RegExp(
  `^\\s*(?:insert into|update|delete from) "?(?:${heldTables.join('|')})\\b(?!.*\\bselect 'requirement')`,
  'i',
);

/** Whether a statement changes rows of these tables. */
export const changesHeld = (sql: string): boolean => change.test(sql);
