import { join } from 'node:path';
import { openStore } from '../../packages/server/src/store/store.ts';
import {
  allConnectionCounts,
  type Contender,
  cpuMs,
  type Database,
  type Ground,
  newLocation,
  postingJson,
  type SentCode,
  type Started,
  startThrice,
} from './contender.ts';

export const bareLabel = 'bare route';
export const groupedLabel = 'bare route, grouped commits';
const code = '123456';

/** A Fastify server with routes that write the rows that Sesame writes, and do nothing else. */
export async function startBare(ground: Ground, database: Database): Promise<Started> {
  const server = await startThrice(async () => {
    const place = await newPlace(ground, database);
    return {
      file: join(import.meta.dirname, '../servers/bare.ts'),
      env: (port) => ({ PORT: String(port), ...place }),
      statusPath: '/status',
    };
  });
  const { port } = server;
  const ways = { [bareLabel]: '', [groupedLabel]: '/grouped' };
  const labels = database === 'SQLite' ? ([bareLabel, groupedLabel] as const) : ([groupedLabel] as const);
  let sent: SentCode[] = [];
  const toSend = (phone: string) => {
    sent.push([phone, code]);
    return { phone, code };
  };
  const toAnswer = (phone: string, answer: string) => ({ phone, code: answer });
  const contender: Contender = {
    connectionCounts: allConnectionCounts,
    sends: labels.map((label) => postingJson({ label, port, path: `${ways[label]}/send` }, toSend)),
    checks: labels.map((label) => postingJson({ label, port, path: `${ways[label]}/check` }, toAnswer)),
    takeCodes: async () => {
      const codes = sent;
      sent = [];
      return codes;
    },
  };
  return {
    ...server,
    label: bareLabel,
    database,
    cpuMs: () => cpuMs(ground, database, [server.pid]),
    prepare: async () => contender,
  };
}

/** Sesame's own migrations make the tables, so that the rows and the indexes are the same. */
async function newPlace(ground: Ground, database: Database): Promise<Record<string, string>> {
  const location = await newLocation(ground, database);
  const store = await openStore(location);
  await store.close();
  return 'dataDir' in location
    ? { DATABASE_FILE: join(location.dataDir, 'sesame.db') }
    : { DATABASE_URL: location.databaseUrl };
}
