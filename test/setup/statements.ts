import { StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { onTestFinished, vi } from 'vitest';

/**
 * Listens to what this process asks of databases, until the test is over.
 * @returns the SQL of every statement that begins while `work` runs, in order; BEGIN, COMMIT and the like are none
 */
export function listenToStatements(): (work: () => Promise<unknown>) => Promise<string[]> {
  let heard: string[] = [];
  for (const method of ['all', 'get', 'run'] as const) {
    const original = StatementSync.prototype[method] as (...values: unknown[]) => unknown;
    listenTo(StatementSync.prototype, method, function (this: StatementSync, ...values) {
      heard.push(this.sourceSQL);
      return original.apply(this, values);
    });
  }
  const query = Client.prototype.query as (...values: unknown[]) => unknown;
  listenTo(Client.prototype, 'query', function (this: Client, ...values) {
    const [first] = values as [string | { text: string }];
    heard.push(typeof first === 'string' ? first : first.text);
    return query.apply(this, values);
  });
  return async (work) => {
    heard = [];
    await work();
    return heard.filter((sql) => !/^(begin|commit|rollback|start transaction)\b/i.test(sql));
  };
}

function listenTo<T extends object>(
  prototype: T,
  method: keyof T,
  heard: (this: never, ...values: unknown[]) => unknown,
) {
  const spy = vi.spyOn(prototype as never, method as never).mockImplementation(heard as never);
  onTestFinished(() => spy.mockRestore());
}
