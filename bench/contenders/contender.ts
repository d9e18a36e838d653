import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreLocation } from '../../packages/server/src/store/store.ts';
import type { Conversation } from '../load.ts';
import type { Postgres } from '../postgres.ts';
import { cpuMsOf } from '../process-figures.ts';
import { type ServerCommand, type ServerProcess, startServer } from '../server-process.ts';
import { toRequest } from '../wire.ts';

export type SentCode = [phone: string, code: string];
export const databases = ['SQLite', 'PostgreSQL'] as const;
export type Database = (typeof databases)[number];

/** One way to send, to check or to sign in: `talk` says what is asked of the server about a number. */
export type Variant = { label: string; ports: readonly number[]; talk: (...sent: SentCode) => Conversation };

/** People who can sign in: `talk` of each variant is given one of their numbers. */
export type SignIns = { variants: Variant[]; phones: () => readonly string[] };

/** A server under test. */
export type Contender = {
  /** How many connections it is measured with. */
  connectionCounts: readonly number[];
  sends: Variant[];
  checks: Variant[];
  signIns?: SignIns;
  /** The codes that were sent since the last call. */
  takeCodes: () => Promise<SentCode[]>;
  /** Gets a path of the Management API, where there is one. */
  management?: { port: number; headers: Record<string, string> };
};

/** CPU time used so far, in milliseconds; `undefined` where nobody knows, or there is no such process. */
export type CpuTimes = { server: number | undefined; database: number | undefined };

/** A server that was started and has not been asked for anything yet. */
export type Started = {
  label: string;
  database: Database;
  /** From spawn to first answer, median of three starts with empty data, in milliseconds. */
  readyMs: number;
  memoryMb: () => number | undefined;
  cpuMs: () => CpuTimes;
  prepare: () => Promise<Contender>;
};

/** What contenders are started with. */
export type Ground = {
  /** Where each start gets a folder of its own. */
  folder: string;
  /** The SMS provider, for example `http://127.0.0.1:8080`. */
  smsPort: number;
  postgres: Postgres | undefined;
};

/** With one connection nothing can be grouped: what counts is the way of a single request. */
export const allConnectionCounts = [1, 16, 64] as const;
export const busyConnectionCounts = [16, 64] as const;

/** Makes an empty folder for the data of one start. */
export const newFolder = ({ folder }: Ground): string => mkdtempSync(join(folder, 'data-'));

/** Makes an empty place for the data of one start. */
export async function newLocation(ground: Ground, database: Database): Promise<StoreLocation> {
  if (database === 'SQLite') return { dataDir: newFolder(ground) };
  if (!ground.postgres) throw new Error('No PostgreSQL was started.');
  return { databaseUrl: await ground.postgres.newDatabase() };
}

/** Starts a server three times and keeps the last. */
export async function startThrice(command: () => Promise<ServerCommand>): Promise<ServerProcess> {
  const readyTimes: number[] = [];
  for (;;) {
    const server = await startServer(await command());
    readyTimes.push(server.readyMs);
    if (readyTimes.length === 3) return { ...server, readyMs: readyTimes.toSorted((a, b) => a - b)[1] ?? 0 };
    await server.stop();
  }
}

/** What processes of a server, and the database beside them, have used so far. */
export function cpuMs({ postgres }: Ground, database: Database, pids: readonly number[]): CpuTimes {
  const databasePid = database === 'PostgreSQL' ? postgres?.pid : undefined;
  return { server: cpuMsOf(pids), database: databasePid === undefined ? undefined : cpuMsOf([databasePid]) };
}

/** A variant that posts JSON, and is done with the answer. */
export function postingJson(
  { label, port, path, headers }: { label: string; port: number; path: string; headers?: Record<string, string> },
  toBody: (...sent: SentCode) => object,
): Variant {
  const all = { host: `localhost:${port}`, ...headers };
  return {
    label,
    ports: [port],
    *talk(...sent) {
      yield { text: toRequest('POST', path, all, toBody(...sent)) };
    },
  };
}

/** The code that the SMS provider got for a number. */
export const codeRequest = ({ smsPort }: Ground, name: string, phone: string) => ({
  port: smsPort,
  text: toRequest('GET', `/${name}/${phone}`, { host: 'sms' }),
});

/** Where a server hands its messages to the SMS provider. */
export const smsUrl = ({ smsPort }: Ground, name: string): string => `http://127.0.0.1:${smsPort}/${name}`;

/** The codes that the SMS provider got under this name since the last call. */
export async function fetchCodes(ground: Ground, name: string): Promise<SentCode[]> {
  return (await (await fetch(smsUrl(ground, name))).json()) as SentCode[];
}
