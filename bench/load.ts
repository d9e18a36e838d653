import { connect, type Socket } from 'node:net';

/** What to ask of a server, and how hard. */
export type Load = {
  port: number;
  connections: number;
  /** No request begins after this many seconds. */
  seconds: number;
  /** The next request, ready for the wire; `undefined` when there is none left. */
  nextRequest: () => string | undefined;
};

/** What came of it: every request was answered with a 2xx. Times are milliseconds. */
export type Measurement = { elapsedMs: number; latenciesMs: number[] };

/**
 * Keeps so many connections busy, one request at a time on each. Plain sockets: on a machine with few cores a load
 * generator takes its time from the server that it measures, so it should take little.
 * @throws when an answer is not a 2xx, or a connection ends
 */
export async function run({ port, connections, seconds, nextRequest }: Load): Promise<Measurement> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  const next = () => (performance.now() < deadline ? nextRequest() : undefined);
  try {
    await Promise.all(sockets.map((socket) => keepBusy(socket, next, latenciesMs)));
    return { elapsedMs: performance.now() - startedAt, latenciesMs };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).on('error', reject);
    socket.setEncoding('latin1');
  });
}

function keepBusy(socket: Socket, next: () => string | undefined, latenciesMs: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let received = '';
    const send = () => {
      const request = next();
      if (request === undefined) return resolve();
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('error', reject).on('close', () => reject(new Error(`The server closed a connection: ${received}`)));
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (!isWhole(received)) return;
      latenciesMs.push(performance.now() - sentAt);
      if (received[9] !== '2') return reject(new Error(`A request failed:\n${received}`));
      received = '';
      send();
    });
    send();
  });
}

/** Whether a response has arrived to its end (RFC 9112, section 6.3). */
function isWhole(response: string): boolean {
  const headEnd = response.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  if (response.startsWith('204', 9)) return true;
  const length = /\r\ncontent-length: *(\d+)/i.exec(response)?.[1];
  if (length !== undefined) return response.length >= headEnd + 4 + Number(length);
  return response.endsWith('\r\n0\r\n\r\n');
}
