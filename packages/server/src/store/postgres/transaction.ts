import type { Writable } from 'node:stream';
import type { QueryResult } from 'kysely';
import type { ClientBase } from 'pg';

/** Something that is asked on a connection. */
type Asking<Answer> = (client: ClientBase) => Promise<Answer>;

const saying =
  (text: string): Asking<unknown> =>
  (client) =>
    client.query(text);

/**
 * Begins, runs and commits without waiting in between, as one piece. After a failure PostgreSQL refuses the rest and turns
 * COMMIT into a rollback.
 */
export async function inTransaction<Answer>(client: ClientBase, begin: string, run: Asking<Answer>): Promise<Answer> {
  const [, answer] = await inOnePiece(client, [saying(begin), run, saying('commit')]);
  return answer as Answer;
}

/** The same in two pieces: `write` makes the second of the rows that the last statement of the first gives. */
export async function readThenWrite(
  client: ClientBase,
  begin: string,
  read: Asking<QueryResult<unknown>[]>,
  write: (rows: unknown[]) => Asking<QueryResult<unknown>[]>,
): Promise<QueryResult<unknown>[]> {
  const [, found] = await inOnePiece(client, [saying(begin), read]);
  const rows = (found as QueryResult<unknown>[]).at(-1)?.rows ?? [];
  const [results] = await inOnePiece(client, [write(rows), saying('commit')]);
  return results as QueryResult<unknown>[];
}

async function inOnePiece(client: ClientBase, askings: readonly Asking<unknown>[]): Promise<unknown[]> {
  const { stream } = (client as ClientBase & { connection: { stream: Writable } }).connection;
  stream.cork();
  const answers = askings.map((ask) => ask(client));
  stream.uncork();
  const settled = await Promise.allSettled(answers);
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value);
}
