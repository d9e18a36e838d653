import { Socket } from 'node:net';
import type { DatabaseServer } from '../../database-url/servers.ts';

/** How often is looked whether anything was heard, in milliseconds; a process that is busy looks less often. */
const lookMs = 500;
/** After so many looks without a byte the server is asked, and after so many more it counts as silent. */
const quietLooks = 4;
const patientLooks = 4;
/** SSLRequest of PostgreSQL's protocol: the server answers with a letter, before it asks for a name. */
const question = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** A server, with where pg found it. */
export type Address = { server: DatabaseServer; host: string; port: number };

type Deps = {
  /** Whether anybody waits for an answer. */
  isAwaited: () => boolean;
  /** The server that was last spoken to. */
  address: () => Address | undefined;
  /** Looks now and then, until what it returns is called. */
  every?: (look: () => void) => () => void;
};

const silence = () => Object.assign(new Error('the server has gone silent'), { code: 'ETIMEDOUT' });

const everyMoment = (look: () => void) => {
  const timer = setInterval(look, lookMs).unref();
  return () => clearInterval(timer);
};

/**
 * The sockets that all connections go through, and what they tell of a server that has gone silent: it hangs, its machine
 * stands still, or the network swallows everything. A statement may take long, so where somebody waits and nothing comes,
 * the server is asked on a socket of its own whether it is there. If that is not answered either, all connections end four
 * to five seconds after the last byte; nobody waits for the server until it answers again.
 */
export function createSockets({ isAwaited, address, every = everyMoment }: Deps) {
  const sockets = new Set<Socket>();
  let isBrokenOff = false;
  let silent: DatabaseServer | undefined;
  let readOfClosed = 0;
  let readBefore = 0;
  let quiet = 0;
  let asking: Socket | undefined;
  let stopLooking: (() => void) | undefined;

  const bytesRead = () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, readOfClosed);

  function open(): Socket {
    const socket = new Socket();
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      readOfClosed += socket.bytesRead;
    });
    return socket;
  }

  function endAll(reason?: Error): void {
    for (const socket of sockets) socket.destroy(reason);
  }

  function ask(): void {
    const { host, port } = address() as Address;
    asking?.destroy();
    asking = open().on('error', () => {});
    asking.connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
    asking.write(question);
  }

  function look(): void {
    const read = bytesRead();
    quiet = read === readBefore ? quiet + 1 : 0;
    readBefore = read;
    if (quiet === 0) {
      silent = undefined;
      asking?.destroy();
    }
    // How long the first connection may take is a limit of its own.
    if (!address()) quiet = 0;
    if (!silent && !isAwaited()) rest();
    else if (quiet === quietLooks) ask();
    else if (quiet === quietLooks + patientLooks) breakSilence();
  }

  function breakSilence(): void {
    silent = address()?.server;
    endAll(silence());
    quiet = quietLooks;
    ask();
  }

  /** Looks no more, until somebody waits again. */
  function rest(): void {
    stopLooking?.();
    stopLooking = undefined;
    asking?.destroy();
  }

  return {
    /** For a connection to a server; there is none while it is silent. */
    openTo(server: DatabaseServer): Socket {
      const socket = open();
      // Whoever has waited for a connection would begin another one.
      if (isBrokenOff) process.nextTick(() => socket.destroy());
      if (server === silent) process.nextTick(() => socket.destroy(silence()));
      return socket;
    },

    /** Looks from now on whether anything is heard, as long as somebody waits. */
    listen(): void {
      if (stopLooking || isBrokenOff) return;
      readBefore = bytesRead();
      quiet = 0;
      stopLooking = every(look);
    },

    rest,

    /** Ends every connection, whatever is under way on it, and each that is begun. */
    breakOff(): void {
      isBrokenOff = true;
      rest();
      endAll();
    },
  };
}
