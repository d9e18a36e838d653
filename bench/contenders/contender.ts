import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerCommand, startServer } from '../server-process.ts';

export type SentCode = [phone: string, code: string];

/** One way to send or to check: `toRequest` makes a request that is ready for the wire. */
export type Variant = { label: string; port: number; toRequest: (...sent: SentCode) => string };

/** A server under test. */
export type Contender = {
  sends: Variant[];
  checks: Variant[];
  /** The codes that were sent since the last call. */
  takeCodes: () => Promise<SentCode[]>;
};

/** A server that was started and has not been asked for anything yet. */
export type Started = {
  label: string;
  /** From spawn to first answer, median of three starts with empty data, in milliseconds. */
  readyMs: number;
  memoryMb: () => number | undefined;
  prepare: () => Promise<Contender>;
};

/** What contenders are started with. */
export type Ground = {
  /** Where each start gets a folder of its own. */
  folder: string;
  /** The SMS provider, for example `http://127.0.0.1:8080`. */
  smsEndpoint: string;
};

/** Makes an empty folder for the data of one start. */
export const newFolder = ({ folder }: Ground): string => mkdtempSync(join(folder, 'data-'));

/** Starts a server three times and keeps the last. */
export async function startThrice(command: () => Promise<ServerCommand>) {
  const readyTimes: number[] = [];
  for (;;) {
    const server = await startServer(await command());
    readyTimes.push(server.readyMs);
    if (readyTimes.length === 3) return { ...server, readyMs: readyTimes.toSorted((a, b) => a - b)[1] ?? 0 };
    await server.stop();
  }
}

/** A variant that posts JSON. The bodies are ASCII. */
export function postingJson(
  { label, port, path, headers }: { label: string; port: number; path: string; headers?: Record<string, string> },
  toBody: (...sent: SentCode) => object,
): Variant {
  const lines = Object.entries({ host: `localhost:${port}`, 'content-type': 'application/json', ...headers });
  const head = `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`;
  const toRequest = (...sent: SentCode) => {
    const body = JSON.stringify(toBody(...sent));
    return `${head}content-length: ${body.length}\r\n\r\n${body}`;
  };
  return { label, port, toRequest };
}

/** The codes that the SMS provider got on this path since the last call. */
export async function fetchCodes(url: string): Promise<SentCode[]> {
  return (await (await fetch(url)).json()) as SentCode[];
}
