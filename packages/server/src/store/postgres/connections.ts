import type { Socket } from 'node:net';
import { type ClientBase, Pool, type PoolClient, types } from 'pg';
import type { DatabaseUrl } from '../../database-url/database-url.ts';
import type { DatabaseServer } from '../../database-url/servers.ts';
import { isUnavailable, NoConnectionError } from '../unavailable.ts';
import { checkServer, OtherServerError, type Patience, setInSession } from './session.ts';
import { type Address, createSockets } from './sockets.ts';
import { type Tls, tlsToTry } from './tls.ts';

const int8 = 20;
/** Longer than PostgreSQL takes to end a statement. */
const moreSeconds = 2;
const connectMsOf = ({ connectTimeoutSeconds = 5 }: DatabaseUrl) => connectTimeoutSeconds * 1000;

/** A connection, and whether the session behind it is ours alone. */
export type Connection = { client: PoolClient; isOwnSession: boolean };

/** One way to a database: a server, with TLS or without. */
type Route = { server: DatabaseServer; pool: Pool };

/**
 * Pooled connections to the first server of the URL that answers and is of the kind that is wanted; a lost one is looked
 * for again by the next `connect`. @throws DatabaseUrlError for files that cannot be used
 */
export function createConnections(url: DatabaseUrl, settings: Record<string, string>, patience: Patience) {
  const ownSessions = new WeakSet<ClientBase>();
  const prepare = async (client: ClientBase) => {
    const [isOwnSession] = await Promise.all([
      setInSession(client, settings, connectMsOf(url)),
      checkServer(client, url.targetSessionAttrs),
    ]);
    if (isOwnSession) ownSessions.add(client);
  };
  const tls = tlsToTry(url);
  const routes = url.servers.flatMap((server): Route[] => {
    // As with libpq, there is no TLS on a Unix socket.
    const ways = server.host?.startsWith('/') ? [false as const] : tls;
    return ways.map((ssl) => ({
      server,
      pool: openPool(url, server, ssl, patience, { prepare, openSocket: () => sockets.openTo(server) }),
    }));
  });
  let last: Route | undefined;
  let address: Address | undefined;
  const sockets = createSockets({
    isAwaited: () => routes.some(({ pool }) => pool.waitingCount > 0 || pool.totalCount > pool.idleCount),
    address: () => address,
  });

  return {
    async connect(): Promise<Connection> {
      const failures: Error[] = [];
      const toTry = last ? [last, ...routes.filter((route) => route !== last)] : routes;
      if (patience.statementSeconds > 0) sockets.listen();
      for (let rest = toTry; rest[0]; ) {
        const [route, ...others] = rest;
        try {
          const client = await route.pool.connect();
          last = route;
          address = { server: route.server, host: client.host, port: client.port };
          return { client, isOwnSession: ownSessions.has(client) };
        } catch (error) {
          failures.push(error as Error);
          rest = worthTrying(others, route, error);
        }
      }
      throw noConnection(failures);
    },

    breakOff: sockets.breakOff,

    async end() {
      await Promise.all(routes.map(({ pool }) => pool.end()));
      sockets.rest();
    },
  };
}

/** As with libpq: a server that is away leaves the other servers; one that refuses, only another way to itself. */
function worthTrying(others: readonly Route[], { server }: Route, error: unknown): Route[] {
  // Every connection is taken, so another way would only open more of them.
  if ((error as Error).message === 'timeout exceeded when trying to connect') return [];
  const toOtherServers = others.filter((route) => route.server !== server);
  if (isUnavailable(error) || error instanceof OtherServerError) return toOtherServers;
  const toSameServer = others.filter((route) => route.server === server);
  return toSameServer.length > 0 ? [...toSameServer, ...toOtherServers] : [];
}

/** With what the other ways came to, that one of them is not there is of no interest. */
function noConnection(failures: readonly Error[]): NoConnectionError {
  const others = failures.filter(({ message }) => message !== 'The server does not support SSL connections');
  const told = others.length > 0 ? others : failures;
  return new NoConnectionError(told, [...new Set(told.map(({ message }) => message))].join('; '));
}

/**
 * A new connection has to read catalogues, and to parse and plan each statement for the first time, which takes as long as
 * dozens of sign-ins: one that nobody needs for a moment stays for the next burst. pg would close it after ten seconds.
 */
const idleSeconds = 5 * 60;

function openPool(
  url: DatabaseUrl,
  server: DatabaseServer,
  ssl: Tls,
  { maxConnections, statementSeconds }: Patience,
  { prepare, openSocket }: { prepare: (client: ClientBase) => Promise<void>; openSocket: () => Socket },
) {
  const { user, password, database, applicationName } = url;
  const pool = new Pool({
    ...server,
    user,
    password,
    database,
    ssl,
    application_name: applicationName,
    max: maxConnections,
    idleTimeoutMillis: idleSeconds * 1000,
    connectionTimeoutMillis: connectMsOf(url),
    ...(statementSeconds > 0 && { query_timeout: (statementSeconds + moreSeconds) * 1000 }),
    keepAlive: true,
    pipeline: true,
    // Our integers (times in milliseconds, counts) all fit a double; pg would give strings.
    types: { getTypeParser: (id, format) => (id === int8 ? Number : types.getTypeParser(id, format)) },
    onConnect: prepare,
    stream: openSocket,
  });
  // A connection that breaks while idle, or while it is taken but waits for nothing, is no error of anybody's: its next
  // query fails. Without these, pg would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}
