import { StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { onTestFinished, vi } from 'vitest';
import type { TestServer } from './server.ts';

type Method = (this: object, ...values: unknown[]) => unknown;

/**
 * Listens to what this process asks of databases, until the test is over.
 * @returns a function that tells the SQL of every statement that began while `work` ran, in order; what begins and ends
 * transactions, sets up sessions and asks how long the log is, is left out
 */
export function listenToStatements(): (work: () => Promise<unknown>) => Promise<string[]> {
  let heard: string[] = [];
  for (const method of ['all', 'get', 'run']) {
    listenTo(StatementSync.prototype, method, (statement) => heard.push((statement as StatementSync).sourceSQL));
  }
  listenTo(Client.prototype, 'query', (_, query) => heard.push(...textsOf(query)));
  return async (work) => {
    heard = [];
    await work();
    return heard.filter(
      (text) =>
        !/^(begin|commit|rollback|savepoint|release|start transaction|select set_config|select pg_advisory_xact_lock|pragma wal_checkpoint)\b/i.test(
          text,
        ),
    );
  };
}

/** Resolves when a server has done what it does by itself soon after its start, and would be heard as well. */
export async function startIsOver({ services }: Pick<TestServer, 'services'>): Promise<void> {
  // The last that is done at once: it changes a table that is held in memory.
  await vi.waitFor(async () => {
    const settings = services.store.db.selectFrom('settings').select('name');
    const summedUp = await settings.where('name', '=', 'message-figures').execute();
    if (summedUp.length === 0) throw new Error('No figures are summed up yet.');
  }, 60_000);
  // Some seconds later it is read what a process before has left.
  await services.followUps.turn();
}

function listenTo(prototype: object, method: string, hear: (self: object, first: unknown) => void): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[method] as Method;
  const spy = vi.spyOn(methods, method).mockImplementation(function (this: object, ...values) {
    hear(this, values[0]);
    return original.apply(this, values);
  });
  onTestFinished(() => spy.mockRestore());
}

const textsOf = (query: unknown): string[] =>
  typeof query === 'string'
    ? [query]
    : ((query as { queries?: { sql: string }[] }).queries?.map(({ sql }) => sql) ?? [(query as { text: string }).text]);
