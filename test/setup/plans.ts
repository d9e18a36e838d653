import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Store } from '../../packages/server/src/store/store.ts';

type Statement = { sql: string; parameters: readonly unknown[] };

/** How the database goes about every statement that something reads through `store.reader`. */
export async function plansOf(store: Store, read: (store: Store) => Promise<unknown>): Promise<string[]> {
  const statements: Statement[] = [];
  const reader = store.reader.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
  });
  const executor = reader.getExecutor();
  const execute = executor.executeQuery;
  executor.executeQuery = (query) => {
    statements.push(query);
    return execute.call(executor, query) as never;
  };
  Object.defineProperty(reader, 'getExecutor', { value: () => executor });
  await read({ ...store, reader });
  expect(statements.length).toBeGreaterThan(0);
  return Promise.all(statements.map((statement) => planOf(store, statement)));
}

/** How the database goes about a statement. */
export async function planOf({ kind, reader, db }: Store, { sql: text, parameters }: Statement): Promise<string> {
  const query = {
    sql: (kind === 'SQLite' ? 'explain query plan ' : 'explain ') + text,
    parameters,
    query: sql`select 1`.toOperationNode() as never,
    queryId: { queryId: 'plan' } as never,
  };
  const run = (on: Pick<Store['db'], 'executeQuery'>) => on.executeQuery<Record<string, unknown>>(query);
  const { rows } =
    kind === 'SQLite'
      ? await run(reader)
      : await db.transaction().execute(async (transaction) => {
          // For so few rows PostgreSQL would take none.
          await sql`set local enable_seqscan = off`.execute(transaction);
          return run(transaction);
        });
  return rows.map((line) => line.detail ?? line['QUERY PLAN']).join('\n');
}
