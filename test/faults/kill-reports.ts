// Kills a server again and again while a provider reports to it and it tells a webhook, and counts what was lost:
//   node test/faults/kill-reports.ts [rounds] [SQLite|PostgreSQL]
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { reporters } from '../doubles/delivery-reports.ts';
import type { ChildServer } from '../setup/child-server.ts';
import { newPhone } from '../setup/phones.ts';
import { killAgainAndAgain, listening } from './kills.ts';

const reportKey = 'key-that-reports-are-signed-with';

type Sent = { id: string; to: string; reportUrl: string; last: 'delivered' | 'undelivered' };
type State = 'sent' | Sent['last'];

/** What the provider took, what it was told was taken of its reports, and which events the receiver got of a message. */
const taken = new Map<string, Sent>();
const reported = new Map<string, Set<State>>();
const told = new Map<string, Map<string, { event: string; times: number }>>();
const reporting = new Set<Promise<void>>();

/** Reports as providers do: until it is answered, sometimes before it has answered the send itself, sometimes twice. */
async function report({ id, to, reportUrl, last }: Sent): Promise<void> {
  const message = { url: reportUrl, to, id, providerMessageId: `p-${id}` };
  for (const state of ['sent', last, last] as const) {
    for (;;) {
      const { url, ...init } = await reporters.httpSms.post(message, state, reportKey);
      const status = await fetch(url, init).then(
        ({ status }) => status,
        () => undefined,
      );
      if (status === 200) break;
      await wait(100);
    }
    reported.set(id, (reported.get(id) ?? new Set()).add(state));
  }
}

const provider = createServer(async (request, response) => {
  const { messageId: id, recipient: to, reportUrl } = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const sent: Sent = { id, to, reportUrl, last: taken.size % 5 === 0 ? 'undelivered' : 'delivered' };
  taken.set(id, sent);
  const work = report(sent).finally(() => reporting.delete(work));
  reporting.add(work);
  if (taken.size % 3 === 0) await wait(30);
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: `p-${id}` }));
});

const receiver = createServer(async (request, response) => {
  const { event, data } = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const eventId = String(request.headers['sesame-event-id']);
  const events = told.get(data.id) ?? new Map();
  told.set(data.id, events.set(eventId, { event, times: (events.get(eventId)?.times ?? 0) + 1 }));
  response.writeHead(204).end();
});

const [hookUrl, endpoint] = [await listening(receiver), await listening(provider)];
const untold = () => [...taken.keys()].filter((id) => !told.has(id));

await killAgainAndAgain({
  others: [provider, receiver],
  async setUp({ management }) {
    const events = ['Message.Delivered', 'Message.Undelivered'];
    await management.post('/hooks', { events, config: { url: hookUrl } });
    await management.patch('/sign-in-exp', { fraudPolicy: { mode: 'off' } });
    const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
      ...{ usageType, content: 'Your code is {{code}}.' },
    }));
    const config = { endpoint, reportKey, templates };
    const made = await management.post('/connectors', { connectorId: 'http-sms', config });
    if (made.status !== 200) throw new Error(made.text);
  },
  ask: ({ management }) => management.post('/verification-codes', { phone: newPhone() }),
  status: 204,
  isWaiting: () => reporting.size > 0 || untold().length > 0,
  async judge(server) {
    const wrong = (await Promise.all([...taken.values()].map((sent) => wrongOf(server, sent)))).flat();
    const twice = [...told.values()].filter((events) => [...events.values()].some(({ times }) => times > 1)).length;
    const { total } = (await server.management.get('/dashboard/arrivals')).body;
    const delivered = [...taken.values()].filter(({ last }) => last === 'delivered').length;
    if (total.sent !== taken.size || total.claimed !== delivered) wrong.push(`figures say ${JSON.stringify(total)}`);
    const line = `${taken.size} messages, ${reported.size} reported of, ${twice} told more than once`;
    return { line, wrong: [...wrong, ...untold().map((id) => `${id} was not told`)] };
  },
});

/** What does not hold of a message whose reports were all answered. */
async function wrongOf({ management }: ChildServer, { id, last }: Sent): Promise<string[]> {
  const { body } = await management.get(`/messages/${id}`);
  const kept = (body.reports ?? []).map(({ state }: { state: string }) => state).toSorted();
  const events = [...(told.get(id)?.values() ?? [])].map(({ event }) => event);
  const expected = last === 'delivered' ? 'Message.Delivered' : 'Message.Undelivered';
  return [
    ...(body.state === last ? [] : [`${id} is ${body.state}, not ${last}`]),
    ...(new Set(kept).size === 2 && kept.includes('sent') && kept.includes(last) ? [] : [`${id} has reports ${kept}`]),
    ...(events.length === 1 && events[0] === expected ? [] : [`${id} was told of as ${events}`]),
  ];
}
