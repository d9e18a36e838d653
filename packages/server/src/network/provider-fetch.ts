import { type AgentOptions, type IncomingMessage, Agent as PlainAgent, request } from 'node:http';
import { type RequestOptions, request as secureRequest, Agent as TlsAgent } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { isFramingHeader, type ProviderFetch, type ProviderResponse } from '@sesame/connector-kit';
import { piecesOf } from './pieces.ts';
import type { Proxies } from './proxies.ts';

/** How long it may take until a request can be written; after that it is known that nothing was sent. */
const connectTimeoutMs = 5_000;

/**
 * Connections are kept for four seconds, and for a second less than the provider says where that is less: servers that
 * end them sooner say so. The newest is used first, so that those of a rush end after it.
 */
const keeping: AgentOptions = {
  keepAlive: true,
  timeout: 4_000,
  agentKeepAliveTimeoutBuffer: 1_000,
  scheduling: 'lifo',
  maxSockets: 256,
  maxFreeSockets: 64,
};

/** The ways of a request, which tests may change. */
export type FetchOptions = { proxies?: Proxies; connectTimeoutMs?: number; ca?: string; lookup?: LookupFunction };

/**
 * A `fetch` that does what providers need, at a third of the work: texts to an http or https URL, over connections that
 * are kept, through a proxy where there is one; no redirects, compression, cookies, or headers that frame the request.
 * Rejects with the error of the system (`syscall` is `connect` where nothing was sent), or the reason of the signal.
 */
export function createProviderFetch(options: FetchOptions = {}): ProviderFetch {
  const { proxies = {}, connectTimeoutMs: limitMs = connectTimeoutMs, ...trusted } = options;
  const looking = trusted.lookup && { lookup: trusted.lookup };
  const agents = {
    http: new PlainAgent({ ...keeping, ...looking, proxyEnv: proxies }),
    https: undefined as TlsAgent | undefined,
  };

  function open(url: URL, init: RequestOptions) {
    if (url.protocol !== 'https:') return request({ ...init, agent: agents.http });
    agents.https ??= new TlsAgent({ ...keeping, ...trusted, proxyEnv: proxies });
    return secureRequest({ ...init, agent: agents.https });
  }

  return async (input, { method, headers, body, signal }) => {
    const url = typeof input === 'string' ? new URL(input) : input;
    const framing = Object.keys(headers).find(isFramingHeader);
    if (framing !== undefined) throw new TypeError(`The header ${framing} is set by the server itself.`);
    await takeNoteOfEnds();
    // On a busy machine the time may be over before anything was begun.
    if (signal.aborted) throw notConnected();
    return new Promise<ProviderResponse>((resolve, reject) => {
      const sent = open(url, {
        method,
        protocol: url.protocol,
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port,
        path: url.pathname + url.search,
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          'user-agent': 'sesame',
          ...headers,
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        },
      });
      let isConnected = false;
      let reply: IncomingMessage | undefined;
      const fail = (error: Error) => {
        end();
        reject(error);
        (reply ?? sent).destroy(error);
      };
      const abort = () => fail(isConnected ? signal.reason : notConnected());
      const tooLate = setTimeout(() => fail(notConnected()), limitMs);
      const end = () => {
        clearTimeout(tooLate);
        signal.removeEventListener('abort', abort);
      };
      signal.addEventListener('abort', abort);
      const connected = () => {
        isConnected = true;
        clearTimeout(tooLate);
      };
      sent
        .on('socket', (socket: Socket) => whenConnected(socket, connected))
        .on('error', (error) => fail(isConnected ? error : unsent(error)))
        .on('close', end)
        .on('upgrade', (_, socket) =>
          fail(socket.destroy() && new Error('The provider went over to another protocol.')),
        )
        .on('response', (response) => {
          reply = response;
          resolve(describe(response));
        })
        .end(body);
    });
  };
}

/** What sends of the same turn wait for together. */
let listening: Promise<void> | undefined;

/**
 * Lets the event loop hear once of what providers have ended, so that no request goes out on such a connection: one turn
 * may begin behind the place where it listens. Whoever comes before that turn waits for the same.
 */
function takeNoteOfEnds(): Promise<void> {
  listening ??= new Promise((resolve) => {
    setImmediate(() => {
      listening = undefined;
      setImmediate(resolve);
    });
  });
  return listening;
}

/** Calls back when what is written to a socket goes out, over TLS when both sides have agreed. */
function whenConnected(socket: Socket & { secureConnecting?: boolean }, done: () => void): void {
  if (socket.secureConnecting) socket.once('secureConnect', done);
  else if (socket.connecting) socket.once('connect', done);
  else done();
}

function notConnected(): NodeJS.ErrnoException {
  return unsent(Object.assign(new Error('The connection took too long.'), { code: 'ETIMEDOUT' }));
}

/** TLS that breaks before both sides agree has other codes than a connection that is not made, and has sent as little. */
const unsent = (error: Error): NodeJS.ErrnoException => Object.assign(error, { syscall: 'connect' });

function describe(response: IncomingMessage): ProviderResponse {
  const get = (name: string) => {
    const value = response.headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return { status: response.statusCode ?? 0, headers: { get }, body: piecesOf(response) };
}
