import { join } from 'node:path';
import { openStore } from '../../packages/server/src/store/store.ts';
import { type Ground, newFolder, postingJson, type SentCode, type Started, startThrice } from './contender.ts';

const label = 'bare route';
const groupedLabel = 'bare route, grouped commits';
const code = '123456';

/** A Fastify server with routes that write the rows that Sesame writes, and do nothing else. */
export async function startBare(ground: Ground): Promise<Started> {
  const server = await startThrice(async () => {
    const databaseFile = await newDatabase(ground);
    return {
      file: join(import.meta.dirname, '../servers/bare.ts'),
      env: (port) => ({ PORT: String(port), DATABASE_FILE: databaseFile }),
      statusPath: '/status',
    };
  });
  const { port } = server;
  let sent: SentCode[] = [];
  const toSend = (phone: string) => {
    sent.push([phone, code]);
    return { phone, code };
  };
  const toAnswer = (phone: string, answer: string) => ({ phone, code: answer });
  const contender = {
    sends: [
      postingJson({ label, port, path: '/send' }, toSend),
      postingJson({ label: groupedLabel, port, path: '/grouped/send' }, toSend),
    ],
    checks: [
      postingJson({ label, port, path: '/check' }, toAnswer),
      postingJson({ label: groupedLabel, port, path: '/grouped/check' }, toAnswer),
    ],
    takeCodes: async () => {
      const codes = sent;
      sent = [];
      return codes;
    },
  };
  return { ...server, label, prepare: async () => contender };
}

/** Sesame's own migrations make the tables, so that the rows and the indexes are the same. @returns the file */
async function newDatabase(ground: Ground): Promise<string> {
  const dataDir = newFolder(ground);
  const store = await openStore({ dataDir });
  await store.close();
  return join(dataDir, 'sesame.db');
}
