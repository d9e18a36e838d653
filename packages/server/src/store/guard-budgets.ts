import type { CompiledQuery } from 'kysely';
import { sql } from 'kysely';
import type { GuardBudgetsTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

const whole = ['level', 'sent', 'verified', 'recent', 'elsewhere', 'passed', 'failed'] as const;
const columns = [
  'scope',
  ...whole,
  'leak_ms',
  'closures',
  'closed_until',
  'verified_at',
  'updated_at',
  'kept_until',
] as const satisfies (keyof GuardBudgetsTable)[];
const others = columns.filter((column) => column !== 'scope');

/** The budgets as they stand in the database; nothing for one that was never used. */
export const selectBudgets = statement<readonly string[], GuardBudgetsTable>(
  (slot, db, scopes) =>
    db
      .selectFrom('guard_budgets')
      .select(columns)
      .where(
        'scope',
        'in',
        scopes.map((_, index) => slot((given) => given[index] ?? '')),
      ),
  ({ length }) => length,
);

const write = statement<readonly GuardBudgetsTable[]>(
  (slot, _, rows) => {
    const values = rows.map((_, index) => {
      const cells = columns.map((column) => slot((given) => given[index]?.[column] ?? null));
      return sql`(${sql.join(cells)})`;
    });
    const changes = others.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
    return sql`insert into guard_budgets (${sql.join(columns.map((column) => sql.ref(column)))})
      values ${sql.join(values)} on conflict (scope) do update set ${sql.join(changes)}`;
  },
  ({ length }) => length,
);

/** Few lengths, so that few statements are prepared. */
const lengths = [16, 4, 1];

/** Statements that write budgets as they are given; their figures may have fractions. */
export function writeBudgets(store: Pick<Store, 'db'>, budgets: readonly GuardBudgetsTable[]): CompiledQuery[] {
  const rows = budgets.map((budget) => {
    const row = { ...budget };
    for (const column of whole) row[column] = Math.round(row[column]);
    return row;
  });
  const queries: CompiledQuery[] = [];
  for (let from = 0; from < rows.length; ) {
    const length = lengths.find((one) => one <= rows.length - from) ?? 1;
    queries.push(write(store, rows.slice(from, from + length)));
    from += length;
  }
  return queries;
}

/** The budgets as they stand, by the store itself. */
export const listBudgets = (store: Store, scopes: readonly string[]): Promise<GuardBudgetsTable[]> =>
  store.run(selectBudgets(store, scopes));
