import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreLocation } from '../../packages/server/src/store/store.ts';
import { type ServerProcess, startServer } from '../server-process.ts';
import {
  allConnectionCounts,
  busyConnectionCounts,
  type Contender,
  cpuMs,
  type Database,
  fetchCodes,
  type Ground,
  newLocation,
  postingJson,
  type Started,
  smsUrl,
  startThrice,
  type Variant,
} from './contender.ts';
import { addUsers, authorize, createApplication, leaveUnguarded, setUpConnector } from './set-up.ts';
import { signInByCode } from './sign-in.ts';

const root = join(import.meta.dirname, '../..');
const mainFile = join(root, 'packages/server/src/main.mjs');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
/** As `npm start` gives them to Node. */
const flags = scripts.start.match(/--\S+/g) ?? [];
export const sesameLabel = 'Sesame';
export const inboxLabel = `${sesameLabel}, development inbox`;
export const processesLabel = (count: number): string =>
  count === 1 ? sesameLabel : `${sesameLabel}, ${count} processes`;

export const filledLabel = (rows: number): string => `${sesameLabel}, ${rows.toLocaleString('en')} messages`;

/** What a Sesame is started with. */
export type SesameOptions = {
  label: string;
  database: Database;
  /** Data that is there already. */
  location?: StoreLocation;
  /** How many processes share the database, for each line of the report; by default one. */
  processes?: readonly number[];
  /** Sends without a provider. */
  withInbox?: boolean;
  /** What Node runs, by default as `npm start` does. */
  file?: string;
  /** Whether people sign in, too. */
  withSignIns?: boolean;
};

/** Sesame as in production. Each send hands its message to the provider over HTTP. */
export async function startSesame(ground: Ground, options: SesameOptions): Promise<Started & ServerProcess> {
  const { label, database, location, file = mainFile, processes = [1] } = options;
  const clientSecret = randomBytes(24).toString('hex');
  const shared = {
    SESAME_HOST: '127.0.0.1',
    SESAME_SECRET_KEY: randomBytes(32).toString('hex'),
    SESAME_MANAGEMENT_CLIENT_ID: 'bench',
    SESAME_MANAGEMENT_CLIENT_SECRET: clientSecret,
    SESAME_LOG_LEVEL: 'warn',
    SESAME_TRUSTED_PROXIES: 'loopback',
  };
  const commandAt = (place: StoreLocation, publicUrl?: string) => ({
    file,
    flags,
    env: (port: number) => ({
      ...shared,
      SESAME_PORT: String(port),
      ...('dataDir' in place ? { SESAME_DATA_DIR: place.dataDir } : { SESAME_DATABASE_URL: place.databaseUrl }),
      ...(publicUrl !== undefined && { SESAME_PUBLIC_URL: publicUrl }),
    }),
    statusPath: '/api/status',
  });
  let used = location;
  const first = location
    ? await startServer(commandAt(location))
    : await startThrice(async () => {
        used = await newLocation(ground, database);
        return commandAt(used);
      });
  const publicUrl = `http://localhost:${first.port}`;
  const servers: ServerProcess[] = [first];
  while (used && servers.length < Math.max(...processes)) servers.push(await startServer(commandAt(used, publicUrl)));
  return {
    ...first,
    label,
    database,
    cpuMs: () =>
      cpuMs(
        ground,
        database,
        servers.map(({ pid }) => pid),
      ),
    prepare: async () => {
      const headers = await authorize(publicUrl, clientSecret);
      return contend(ground, options, { publicUrl, headers, ports: servers.map(({ port }) => port) });
    },
  };
}

type Access = { publicUrl: string; headers: Record<string, string>; ports: number[] };

async function contend(ground: Ground, options: SesameOptions, access: Access): Promise<Contender> {
  const { label, database, processes = [1], withInbox = false, withSignIns = false } = options;
  const { publicUrl, headers, ports } = access;
  const inbox = encodeURIComponent(`${label} ${database}`);
  const connector = withInbox
    ? { connectorId: 'development-inbox' }
    : { connectorId: 'http-sms', config: { endpoint: smsUrl(ground, inbox) } };
  await setUpConnector(publicUrl, headers, connector);
  await leaveUnguarded(publicUrl, headers);
  const [port = 0] = ports;
  const posting = { label, port, headers };
  const send = postingJson({ ...posting, path: '/api/verification-codes' }, (phone) => ({ phone }));
  const check = postingJson({ ...posting, path: '/api/verification-codes/verify' }, (phone, verificationCode) => ({
    phone,
    verificationCode,
  }));
  const onProcesses = (variant: Variant): Variant[] =>
    processes.map((count) => ({
      ...variant,
      label: processes.length > 1 ? processesLabel(count) : label,
      ports: ports.slice(0, count),
    }));
  return {
    connectionCounts: label === sesameLabel ? allConnectionCounts : busyConnectionCounts,
    sends: onProcesses(send),
    checks: withInbox ? [] : onProcesses(check),
    ...(withSignIns && { signIns: await letPeopleIn(ground, inbox, access, onProcesses) }),
    takeCodes: () => fetchCodes(ground, inbox),
    management: { port, headers },
  };
}

async function letPeopleIn(
  ground: Ground,
  inbox: string,
  { publicUrl, headers }: Access,
  onProcesses: (variant: Variant) => Variant[],
) {
  const application = { id: await createApplication(publicUrl, headers), publicUrl };
  const phones = await addUsers(publicUrl, headers);
  const talk = (phone: string) => signInByCode(ground, inbox, application, phone);
  return { phones: () => phones, variants: onProcesses({ label: sesameLabel, ports: [], talk }) };
}
