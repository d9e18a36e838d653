import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { messageRow } from '../../../../../../test/setup/message-row.ts';
import { databases } from '../../../../../../test/setup/stores.ts';
import { outcomes } from '../../../store/outcomes.ts';
import type { MessageState } from '../../../store/tables/messages.ts';

const states: MessageState[] = ['sending', 'accepted', 'delivered', 'undelivered', 'failed', 'unclear', 'suppressed'];

describe.each(databases)('the outcomes of messages on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
    const rows = states.flatMap((state) => [
      messageRow({ id: `${state}-open`, state }),
      messageRow({ id: `${state}-answered`, state, verified_at: Date.now() }),
    ]);
    await server.services.store.db.insertInto('messages').values(rows).execute();
  });
  afterAll(() => server.close());

  const list = async (query: string) =>
    (await server.send('GET', `/api/messages?${query}`, { cookie })).json() as { id: string; outcome: string }[];

  test.each(outcomes)('a list of %s says the same in every row, and nothing is missing', async (outcome) => {
    const found = await list(`outcome=${outcome}&page_size=100`);
    expect(found.map((row) => row.outcome)).toEqual(found.map(() => outcome));
    const expected = outcome === 'verified' ? states.map((state) => `${state}-answered`) : [`${outcome}-open`];
    expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
  });

  test('every message has one, and `state` goes on saying what the provider said', async () => {
    const all = await list('page_size=100');
    expect(all).toHaveLength(2 * states.length);
    expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(outcomes));
    expect((await list('state=failed')).map(({ id }) => id).toSorted()).toEqual(['failed-answered', 'failed-open']);
    expect((await list('state=failed&outcome=verified')).map(({ id }) => id)).toEqual(['failed-answered']);
    expect(await list('state=failed&outcome=accepted')).toEqual([]);
  });

  test('exports have it as a column', async () => {
    const reply = await server.send('GET', '/api/messages?format=csv&outcome=verified', { cookie });
    const rows = parse(reply.body, { columns: true }) as { outcome: string }[];
    expect(rows.map(({ outcome }) => outcome)).toEqual(states.map(() => 'verified'));
  });
});
