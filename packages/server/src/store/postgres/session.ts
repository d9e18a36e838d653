import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import type { DatabaseUrl } from '../../database-url/database-url.ts';

/** The server answers, but is not of the kind that `target_session_attrs` asks for. */
export class OtherServerError extends Error {
  override readonly name = 'OtherServerError';
}

/**
 * How many connections there may be, how long a statement may take (0 for as long as it takes), and whether all goes by
 * keys: then no table is walked where an index serves. PostgreSQL keeps the plan that it made of a prepared statement
 * while a table was small, and would walk it for as long as nothing has counted its rows.
 */
export type Patience = { maxConnections: number; statementSeconds: number; goesByKeys?: boolean };

/** What holds in every session, by the names of PostgreSQL. */
export const settingsOf = (
  { schema, sessionSettings }: DatabaseUrl,
  { statementSeconds, goesByKeys = false }: Patience,
): Record<string, string> => ({
  statement_timeout: `${statementSeconds}s`,
  // Before PostgreSQL 18 a walk that cannot be helped counts as so dear that it would be compiled each time.
  ...(goesByKeys && { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off', jit: 'off' }),
  ...sessionSettings,
  ...(statementSeconds === 0 && { statement_timeout: '0' }),
  ...(schema !== undefined && { search_path: escapeIdentifier(schema) }),
});

/**
 * Sets what holds in the session, where there is one. Behind a connection pooler such as pgbouncer there may be another
 * session for each transaction, which others use as well: there nothing is set but within transactions. A pooler shows
 * by a process id of its own.
 * @param timeoutMs how long a session may be waited for; 0 for as long as any statement
 * @returns whether there is a session of our own
 */
export async function setInSession(
  client: ClientBase,
  settings: Record<string, string>,
  timeoutMs: number,
): Promise<boolean> {
  const { processID } = client as ClientBase & { processID: number };
  const query = {
    text: `select set_config(name, value, false) from unnest($1::text[], $2::text[]) as setting (name, value)
           where pg_backend_pid() = $3`,
    values: [Object.keys(settings), Object.values(settings), processID],
    query_timeout: timeoutMs,
  };
  const { rows } = await client.query(query).catch((error: Error) => {
    throw error.message === 'Query read timeout' ? noSession() : error;
  });
  return rows.length > 0;
}

/** A pooler takes every connection, and keeps its first statement waiting where it has no session for it. */
const noSession = () =>
  Object.assign(new Error('there is no session to be had; each process needs 12 of a pooler in session mode'), {
    code: 'ETIMEDOUT',
  });

/** Begins a transaction in which the settings hold, in one message. */
export function beginWith(settings: Record<string, string>, begin = 'begin'): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  return `${begin}; select ${calls.join(', ')}`;
}

/** @throws OtherServerError */
export async function checkServer(client: ClientBase, wanted: DatabaseUrl['targetSessionAttrs']): Promise<void> {
  if (wanted === 'any') return;
  const { rows } = await client.query(
    "select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as read_only",
  );
  const [{ standby, read_only }] = rows as [{ standby: boolean; read_only: boolean }];
  if (wanted === 'primary' && standby) throw new OtherServerError('the server is a standby');
  if (wanted === 'read-write' && (standby || read_only)) throw new OtherServerError('the server is read-only');
}
