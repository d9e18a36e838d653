import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a provider double received it. */
export type ReceivedRequest = {
  method: string;
  /** Path and query as sent. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
};

/** What a double answers; `body` is sent as JSON unless it is a string. */
export type DoubleReply = { status?: number; headers?: Record<string, string>; body?: unknown };

/** A way in which a provider fails on the level of HTTP. */
export type Fault = 'hang' | 'reset' | 'cut' | 'html' | 'server-error' | 'empty' | 'huge';

/** An HTTP server on loopback that stands in for a provider. */
export type ProviderDouble = {
  /** Base URL without a trailing slash. */
  url: string;
  requests: ReceivedRequest[];
  /** The next request fails like this; several calls queue up. */
  failNext(fault: Fault): void;
  /** The next request gets this reply instead of the handler's. */
  replyNext(reply: DoubleReply): void;
  close(): Promise<void>;
};

/** Starts a double that answers with `handle` unless a fault or a reply was queued. */
export async function startProviderDouble(
  handle: (request: ReceivedRequest) => DoubleReply | Promise<DoubleReply>,
): Promise<ProviderDouble> {
  const requests: ReceivedRequest[] = [];
  const queue: ({ fault: Fault } | { reply: DoubleReply })[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    const next = queue.shift();
    if (next && 'fault' in next) faults[next.fault](response);
    else write(response, next?.reply ?? (await handle(request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    failNext: (fault) => void queue.push({ fault }),
    replyNext: (reply) => void queue.push({ reply }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function write(response: ServerResponse, { status = 200, headers = {}, body = '' }: DoubleReply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

const faults: Record<Fault, (response: ServerResponse) => void> = {
  hang: () => {},
  reset: (response) => response.socket?.resetAndDestroy(),
  cut: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"half":', () => response.socket?.destroy());
  },
  html: (response) => write(response, { headers: { 'content-type': 'text/html' }, body: '<html>Gateway page</html>' }),
  'server-error': (response) => write(response, { status: 503, body: 'Service Unavailable' }),
  empty: (response) => write(response, { body: '' }),
  huge: (response) => write(response, { body: 'x'.repeat(1024 * 1024) }),
};
