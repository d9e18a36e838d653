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
  return (await inOnePiece(client, [begin, ...queries, 'commit'])).slice(1, -1);
}

/** The same in two pieces: `write` makes the second of what the last of the first gives. */
export async function readThenWrite(
  client: ClientBase,
  first: readonly (string | QueryConfig)[],
  write: (rows: unknown[]) => readonly QueryConfig[],
): Promise<Result[]> {
  const read = await inOnePiece(client, first);
  return inOnePiece(client, [...write(read.at(-1)?.rows ?? []), 'commit']);
}

async function inOnePiece(client: ClientBase, queries: readonly (string | QueryConfig)[]): Promise<Result[]> {
  const { stream } = (client as ClientBase & { connection: { stream: Writable } }).connection;
  stream.cork();
  const answers = queries.map((query) => client.query(query as QueryConfig));
  stream.uncork();
  const settled = await Promise.allSettled<Result>(answers);
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
}
