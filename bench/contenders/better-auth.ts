import { join } from 'node:path';
import type { Conversation } from '../load.ts';
import { bodyOf, toRequest } from '../wire.ts';
import {
  allConnectionCounts,
  type Contender,
  codeRequest,
  cpuMs,
  type Database,
  fetchCodes,
  type Ground,
  newLocation,
  postingJson,
  type Started,
  smsUrl,
  startThrice,
} from './contender.ts';

export const betterAuthLabel = 'better-auth';
const label = betterAuthLabel;
const paths = { send: '/api/auth/phone-number/send-otp', verify: '/api/auth/phone-number/verify' };

/** better-auth with its phone number plugin. */
export async function startBetterAuth(ground: Ground, database: Database): Promise<Started> {
  const name = `better-auth-${database}`;
  const server = await startThrice(async () => {
    const location = await newLocation(ground, database);
    const place: Record<string, string> =
      'dataDir' in location
        ? { DATABASE_FILE: join(location.dataDir, 'better-auth.db') }
        : { DATABASE_URL: location.databaseUrl };
    return {
      file: join(import.meta.dirname, '../servers/better-auth.ts'),
      env: (port) => ({ PORT: String(port), ...place, SMS_ENDPOINT: smsUrl(ground, name) }),
      statusPath: '/status',
    };
  });
  const { port } = server;
  const users: string[] = [];
  const toAnswer = (phoneNumber: string, code: string) => ({ phoneNumber, code });
  const contender: Contender = {
    connectionCounts: allConnectionCounts,
    sends: [postingJson({ label, port, path: paths.send }, (phoneNumber) => ({ phoneNumber }))],
    checks: [
      postingJson({ label, port, path: paths.verify }, (phoneNumber, code) => {
        users.push(phoneNumber);
        return toAnswer(phoneNumber, code);
      }),
      postingJson({ label: `${label}, code only`, port, path: '/consume' }, toAnswer),
    ],
    // Those whose first check made them users.
    signIns: { phones: () => users, variants: [{ label, ports: [port], talk: signIn }] },
    takeCodes: () => fetchCodes(ground, name),
  };

  function* signIn(phoneNumber: string): Conversation {
    const headers = { host: `localhost:${port}` };
    yield { text: toRequest('POST', paths.send, headers, { phoneNumber }) };
    const code: string = JSON.parse(bodyOf(yield codeRequest(ground, name, phoneNumber)));
    yield { text: toRequest('POST', paths.verify, headers, toAnswer(phoneNumber, code)) };
  }

  return {
    ...server,
    label,
    database,
    cpuMs: () => cpuMs(ground, database, [server.pid]),
    prepare: async () => contender,
  };
}
