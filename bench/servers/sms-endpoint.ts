import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** What every message holds, whoever sends it. */
type SentMessage = { recipient: string; payload: { code: string } };

/** By name, the codes of the messages that came in and were not fetched yet, by their numbers. */
const inboxes = new Map<string, Map<string, string>>();

/** Providers may take longer for a message than this one does. */
function beBusy(): void {
  const until = performance.now() + Number(process.env.BUSY_US ?? 0) / 1000;
  while (performance.now() < until);
}

/**
 * The SMS provider of all servers: `POST /<name>` accepts a message, `GET /<name>` hands out the codes of all, once, and
 * `GET /<name>/<number>` that of one.
 */
const server = createServer(async (request, response) => {
  const path = request.url ?? '/';
  if (path === '/status') return response.writeHead(204).end();
  const [, name = '', phone] = path.split('/');
  const inbox = inboxes.get(name) ?? new Map<string, string>();
  inboxes.set(name, inbox);
  if (request.method === 'POST') {
    const { recipient, payload } = (await json(request)) as SentMessage;
    inbox.set(recipient, payload.code);
    beBusy();
    return answer('{"id":"accepted"}');
  }
  if (phone === undefined) {
    inboxes.delete(name);
    return answer(JSON.stringify([...inbox]));
  }
  const code = inbox.get(phone);
  inbox.delete(phone);
  return answer(JSON.stringify(code ?? null));

  function answer(body: string): void {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
