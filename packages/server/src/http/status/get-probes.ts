import type { Readiness } from '../../store/readiness.ts';
import type { AppInstance } from '../app-instance.ts';

const ok = { status: 'ok' };

/**
 * `GET /livez`: the process answers. It touches no database, whose trouble a restart would not mend.
 * `GET /readyz`: the database answers and takes writes; 503 otherwise. Both are open to everybody.
 */
export function getProbes(app: AppInstance, { readiness }: { readiness: Readiness }): void {
  const schema = { hide: true };
  app.get('/livez', { schema }, async () => ok);
  app.get('/readyz', { schema }, async () => {
    await readiness.check();
    return ok;
  });
}
