import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { json } from 'node:stream/consumers';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { phoneNumber } from 'better-auth/plugins/phone-number';
import { Pool } from 'pg';

const { PORT = '', DATABASE_FILE = '', DATABASE_URL, SMS_ENDPOINT = '' } = process.env;
const database = DATABASE_URL ? new Pool({ connectionString: DATABASE_URL }) : openSqlite(DATABASE_FILE);

const auth = betterAuth({
  baseURL: `http://localhost:${PORT}`,
  secret: crypto.randomUUID(),
  database,
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [
    phoneNumber({
      sendOTP: async ({ phoneNumber: recipient, code }) => deliver(recipient, code),
      expiresIn: 600,
      signUpOnVerification: { getTempEmail: (phone) => `${phone.slice(1)}@sms.example` },
    }),
  ],
});
await (await getMigrations(auth.options)).runMigrations();

const handle = toNodeHandler(auth);
const server = createServer(async (request, response) => {
  if (request.url === '/status') return response.writeHead(204).end();
  if (request.url !== '/consume') return handle(request, response);
  try {
    await auth.api.consumePhoneNumberOTP({ body: (await json(request)) as { phoneNumber: string; code: string } });
    return response.writeHead(204).end();
  } catch (error) {
    return response.writeHead(500).end(String(error));
  }
});
server.listen(Number(PORT), '127.0.0.1');

function openSqlite(file: string): DatabaseSync {
  const opened = new DatabaseSync(file);
  opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return opened;
}

async function deliver(recipient: string, code: string): Promise<void> {
  const response = await fetch(SMS_ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipient, payload: { code } }),
  });
  await response.text();
  if (!response.ok) throw new Error(`The endpoint answered ${response.status}.`);
}
