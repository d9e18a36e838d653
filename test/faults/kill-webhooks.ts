// Kills a server again and again while it tells a webhook of users, and counts what was lost:
//   node test/faults/kill-webhooks.ts [rounds] [SQLite|PostgreSQL]
import { createServer } from 'node:http';
import { killAgainAndAgain, listening } from './kills.ts';

const created = new Set<string>();
const told = new Map<string, number>();
const receiver = createServer(async (request, response) => {
  const chunks = await request.toArray();
  const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { id: string } };
  told.set(data.id, (told.get(data.id) ?? 0) + 1);
  response.writeHead(204).end();
});
const url = await listening(receiver);
const missing = () => [...created].filter((id) => !told.has(id));

await killAgainAndAgain({
  others: [receiver],
  setUp: ({ management }) => management.post('/hooks', { events: ['User.Created'], config: { url } }),
  ask: ({ management }, place) => management.post('/users', { username: `u_${place}` }),
  status: 200,
  onReply: ({ body }) => void created.add(body.id),
  isWaiting: () => missing().length > 0,
  async judge() {
    const twice = [...told.values()].filter((times) => times > 1).length;
    const line = `${created.size} users acknowledged, ${told.size} told, ${twice} told more than once`;
    return { line, wrong: missing().map((id) => `${id} is lost`) };
  },
});
