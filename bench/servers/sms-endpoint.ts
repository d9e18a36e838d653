import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** What every message holds, whoever sends it. */
type SentMessage = { recipient: string; payload: { code: string } };

/** The messages that came in on each path and were not fetched yet. */
const inboxes = new Map<string, [phone: string, code: string][]>();

/** The SMS provider of all servers: `POST /<name>` accepts a message, `GET /<name>` hands out their codes, once. */
const server = createServer(async (request, response) => {
  const path = request.url ?? '/';
  if (path === '/status') return response.writeHead(204).end();
  if (request.method === 'GET') {
    const codes = JSON.stringify(inboxes.get(path) ?? []);
    inboxes.delete(path);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(codes);
  }
  const { recipient, payload } = (await json(request)) as SentMessage;
  const inbox = inboxes.get(path);
  if (inbox) inbox.push([recipient, payload.code]);
  else inboxes.set(path, [[recipient, payload.code]]);
  return response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"accepted"}');
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
