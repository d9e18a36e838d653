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
  'email_templates',
  'test_numbers',
  'hooks',
] as const;

/** What only rolls a transaction back (`requirement.ts`) is no change. */
const change = new RegExp(
  `^\\s*(?:insert into|update|delete from) "?(?:${heldTables.join('|')})\\b(?!.*\\bselect 'requirement')`,
  'i',
);

type Statement = { readonly sql: string };

/** Counts the statements of this process that may have changed rows of these tables, each once it is over. */
export function createChanges() {
  let count = 0;
  const note = ({ sql }: Statement): void => {
    if (change.test(sql)) count += 1;
  };
  return {
    count: () => count,
    note,

    /** Runs statements in a transaction, and notes them when it is over, before anybody hears of it. */
    noting:
      <Query extends Statement, Rest extends unknown[], Result>(
        run: (queries: readonly Query[], ...rest: Rest) => Promise<Result>,
      ) =>
      async (queries: readonly Query[], ...rest: Rest): Promise<Result> => {
        try {
          return await run(queries, ...rest);
        } finally {
          // After a failure as well: nobody knows whether a lost connection had committed before.
          for (const query of queries) note(query);
        }
      },
  };
}
