import { join } from 'node:path';
import { fetchCodes, type Ground, newFolder, postingJson, type Started, startThrice } from './contender.ts';

const label = 'better-auth';

/** better-auth with its phone number plugin. */
export async function startBetterAuth(ground: Ground): Promise<Started> {
  const codesUrl = `${ground.smsEndpoint}/better-auth`;
  const server = await startThrice(async () => ({
    file: join(import.meta.dirname, '../servers/better-auth.ts'),
    env: (port) => ({
      PORT: String(port),
      DATABASE_FILE: join(newFolder(ground), 'better-auth.db'),
      SMS_ENDPOINT: codesUrl,
    }),
    statusPath: '/status',
  }));
  const { port } = server;
  const toAnswer = (phoneNumber: string, code: string) => ({ phoneNumber, code });
  const contender = {
    sends: [postingJson({ label, port, path: '/api/auth/phone-number/send-otp' }, (phoneNumber) => ({ phoneNumber }))],
    checks: [
      postingJson({ label, port, path: '/api/auth/phone-number/verify' }, toAnswer),
      postingJson({ label: `${label}, code only`, port, path: '/consume' }, toAnswer),
    ],
    takeCodes: () => fetchCodes(codesUrl),
  };
  return { ...server, label, prepare: async () => contender };
}
