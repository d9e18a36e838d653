import type { Writable } from 'node:stream';
import type { CompiledQuery, QueryResult } from 'kysely';
import type { ClientBase, QueryConfig } from 'pg';

/** With a name, a session may prepare it once. */
export type Query = Pick<CompiledQuery, 'sql' | 'parameters'> & { readonly name?: string };

export type Result = { rows: unknown[]; rowCount: number | null };

/** A query as the driver takes it. */
export const configOf =
  (prepares: boolean) =>
  ({ sql: text, parameters, name }: Query): QueryConfig => ({
    text,
    values: parameters as unknown[],
    ...(prepares && name !== undefined && { name }),
  });

export const resultOf = ({ rows, rowCount }: Result): QueryResult<unknown> => ({
  rows,
  numAffectedRows: BigInt(rowCount ?? 0),
});

/**
 * Sent without waiting in between, as one piece. After a failure PostgreSQL refuses the rest and turns COMMIT into a
 * rollback.
 */
export async function inTransaction(
  client: ClientBase,
  begin: string,
  queries: readonly QueryConfig[],
): Promise<Result[]> {
  const { stream } = (client as ClientBase & { connection: { stream: Writable } }).connection;
  stream.cork();
  const answers = [client.query(begin), ...queries.map((query) => client.query(query)), client.query('commit')];
  stream.uncork();
  const settled = await Promise.allSettled<Result>(answers);
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.slice(1, -1).map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
}
