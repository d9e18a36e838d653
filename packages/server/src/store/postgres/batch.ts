import type { CompiledQuery, QueryResult } from 'kysely';
import { type ClientBase, type Connection, Query as PgQuery } from 'pg';
import type { Joint } from '../joint.ts';
import { Messages } from './messages.ts';

/** With a name, a session may prepare it once. */
export type Query = Pick<CompiledQuery, 'sql' | 'parameters'> & { readonly name?: string } & Joint;

/** Which statements a session may keep, and whether what their rows look like may be kept with them. */
export type Preparing = { prepares: boolean; isOwnSession: boolean };

type Column = { name: string; parse: (text: string) => unknown };
/** What the rows of a statement look like, as soon as PostgreSQL has said so. */
type Shape = { columns: readonly Column[] };

type Field = { name: string; dataTypeID: number };

const preparedBy = new WeakMap<ClientBase, Map<string, Shape>>();

/**
 * Runs statements that PostgreSQL answers all at once: they are one transaction, unless one was begun before. Every
 * message for itself would be a packet, and an answer that somebody has to wake up for. Whoever gets an error leaves the
 * connection, with what it has prepared.
 */
export function runBatch(
  client: ClientBase,
  queries: readonly Query[],
  preparing: Preparing,
): Promise<QueryResult<unknown>[]> {
  return new Promise((resolve, reject) => {
    const batch = createBatch(client, queries, preparing);
    const done = (error: Error | null) => (error ? reject(error) : resolve(batch.results));
    // In a pipeline pg takes nothing that is not its own: this one says what is to be sent, and reads what comes.
    (client.query as (query: PgQuery, done: (error: Error | null) => void) => void)(
      Object.assign(new PgQuery(''), batch),
      done,
    );
  });
}

function createBatch(client: ClientBase, queries: readonly Query[], { prepares, isOwnSession }: Preparing) {
  const prepared = preparedBy.get(client) ?? new Map<string, Shape>();
  preparedBy.set(client, prepared);
  const results = queries.map((): QueryResult<unknown> & { rows: unknown[] } => ({ rows: [] }));
  const shapes: Shape[] = [];
  let answered = 0;

  return {
    queries,
    results,

    submit({ stream }: Connection): void {
      const messages = new Messages();
      for (const { sql, parameters, name: ownName = '' } of queries) {
        const name = prepares ? ownName : '';
        const known = name === '' ? undefined : prepared.get(name);
        const shape = known ?? { columns: [] };
        shapes.push(shape);
        if (!known) messages.parse(name, sql);
        if (name !== '') prepared.set(name, shape);
        // Behind a pooler the next session may have other tables.
        messages.run(name, parameters, !known || !isOwnSession);
      }
      stream.write(messages.end());
    },

    handleRowDescription({ fields }: { fields: readonly Field[] }): void {
      const columns = fields.map(({ name, dataTypeID }) => ({ name, parse: client.getTypeParser(dataTypeID, 'text') }));
      (shapes[answered] as Shape).columns = columns;
    },

    handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
      const { columns } = shapes[answered] as Shape;
      const row: Record<string, unknown> = {};
      for (const [index, { name, parse }] of columns.entries()) {
        const text = fields[index] as string | null;
        row[name] = text === null ? null : parse(text);
      }
      results[answered]?.rows.push(row);
    },

    handleCommandComplete(): void {
      answered += 1;
    },
  };
}
