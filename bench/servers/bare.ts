import Fastify from 'fastify';
import { type Body, beginSend, check, type Execute, report, settle } from './bare-statements.ts';

/** The statements of a transaction. */
export type Write = (execute: Execute) => void;
/** A way to a durable write. */
export type Commit = (write: Write) => Promise<void>;
/** An open database: ways to a durable write, by the paths of their routes. */
export type Opened = { ways: Record<string, Commit>; close: () => Promise<void> };

const { PORT, DATABASE_FILE = '', DATABASE_URL } = process.env;
const { ways }: Opened = DATABASE_URL
  ? await (await import('./bare-postgres.ts')).openPostgres(DATABASE_URL)
  : (await import('./bare-sqlite.ts')).openSqlite(DATABASE_FILE);

const app = Fastify();
app.get('/status', (_request, reply) => reply.code(204).send());
for (const [prefix, commit] of Object.entries(ways)) {
  app.post<{ Body: Body }>(`${prefix}/send`, async ({ body }, reply) => {
    const id = crypto.randomUUID();
    await commit((execute) => beginSend(execute, id, body));
    await commit((execute) => settle(execute, id));
    return reply.code(204).send();
  });
  app.post<{ Body: Body }>(`${prefix}/check`, async ({ body }, reply) => {
    await commit((execute) => check(execute, crypto.randomUUID(), body));
    return reply.code(204).send();
  });
  app.post<{ Body: { state: string }; Querystring: { m: string } }>(
    `${prefix}/report`,
    async ({ body, query }, reply) => {
      await commit((execute) => report(execute, query.m, body.state));
      return reply.code(204).send();
    },
  );
}
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
