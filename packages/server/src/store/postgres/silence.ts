import type { Socket } from 'node:net';
import type { DatabaseServer } from '../../database-url/servers.ts';

/** How often it is looked, in milliseconds; what is counted are looks, since a process that was busy has heard nothing. */
const lookMs = 500;
/** So many looks nothing is heard before the server is asked, and so many more before it counts as silent. */
const quietLooks = 4;
const patientLooks = 5;
/** PostgreSQL's SSLRequest: whoever listens answers it with a letter, before it asks who that is. */
const question = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

type Deps = {
  /** Opens a connection to a server, without a word of PostgreSQL's protocol. */
  connect: (server: DatabaseServer) => Socket;
  /** Ends all connections, so that whoever waits for an answer waits no more. */
  breakOff: () => void;
};

/**
 * Finds out that a server has gone silent (it hangs, its machine stands still, the network swallows everything), in four
 * to five seconds. Statements may take longer than that: where nothing is heard while somebody waits, the server is asked,
 * on a connection of its own, whether anybody is there. A silent server is asked on until it answers.
 */
export function createSilenceWatch({ connect, breakOff }: Deps) {
  const silent = new Set<DatabaseServer>();
  let waiting = 0;
  let quiet = 0;
  let timer: NodeJS.Timeout | undefined;
  let asked: { server: DatabaseServer; socket: Socket } | undefined;

  return { };
}
