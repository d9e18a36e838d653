import { Client } from 'pg';
import type { Commit, Opened, Write } from './bare.ts';

/** So many groups are on their way at once; what arrives in the meantime makes the next. */
const connections = 4;

/** Opens PostgreSQL: what arrives while every connection is busy shares the next transaction. */
export async function openPostgres(connectionString: string): Promise<Opened> {
  const clients = Array.from({ length: connections }, () => new Client({ connectionString, pipeline: true }));
  await Promise.all(clients.map((client) => client.connect()));
  const idle = [...clients];
  let waiting: ({ write: Write } & PromiseWithResolvers<void>)[] = [];

  async function flush(): Promise<void> {
    const client = waiting.length > 0 ? idle.pop() : undefined;
    if (!client) return;
    const group = waiting;
    waiting = [];
    const outcome = await transaction(
      client,
      group.map(({ write }) => write),
    ).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    idle.push(client);
    for (const { resolve, reject } of group) outcome ? reject(outcome.error) : resolve();
    await flush();
  }

  const commit: Commit = (write) => {
    const unit = Promise.withResolvers<void>();
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ write, ...unit });
    return unit.promise;
  };
  return {
    ways: { '/grouped': commit },
    close: async () => void (await Promise.all(clients.map((client) => client.end()))),
  };
}

/** All statements of a transaction are sent at once, each prepared once for a connection. */
async function transaction(client: Client, writes: readonly Write[]): Promise<void> {
  const sent: Promise<unknown>[] = [client.query('begin')];
  for (const write of writes) {
    write((text, values) => void sent.push(client.query({ name: nameOf(text), text, values: [...values] })));
  }
  sent.push(client.query('commit'));
  await Promise.all(sent);
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `bare_${names.size}`;
  names.set(text, name);
  return name;
}
