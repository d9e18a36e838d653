import { type IncomingMessage, request } from 'node:http';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, type Relier } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { newUserAgent } from '../../../../test/setup/user-agent.ts';
import { nothingAlongside } from '../store/store.ts';
import type { MountOidcDeps } from './mount.ts';

describe('going on with a sign-in', () => {
  let server: OidcServer;
  let relier: Relier;
  let accountId: string;
  let asked: Parameters<MountOidcDeps['resume']>[0][];
  let answer: boolean;
  /** When the sign-ins of the user were last ended, as whoever goes on has seen it. */
  let validFrom: number;
  beforeEach(async () => {
    [asked, answer, validFrom] = [[], false, 0];
    server = await startOidcServer('SQLite', {
      beginFlow: (id) => ({ key: `key of ${id}`, ...nothingAlongside }),
      resume: async (flow) => {
        asked.push(flow);
        const methods = { first: 'pwd', second: undefined } as const;
        return answer ? { accountId, methods, signedInAt: Math.floor(Date.now() / 1000), validFrom } : undefined;
      },
    });
    relier = await newRelier(server);
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterEach(() => server.close());

  /** A sign-in that is finished but for the last request, with all the cookies of its browser. */
  async function finished() {
    const browser = newUserAgent();
    const page = await browser.visit((await relier.start()).url);
    const id = page.url.searchParams.get('flow') ?? '';
    const cookies = Object.entries(browser.cookies());
    return { id, cookie: cookies.map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  /** A request whose path is sent as it is: other clients would tidy it. */
  const send = (path: string, headers: Record<string, string>) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      request({ hostname, port, path, headers }, (response) => resolve(response.resume()))
        .on('error', reject)
        .end();
    });

  const spellings: [string, (id: string) => string][] = [
    ['as it is', (id) => `/oidc/auth/${id}`],
    ['in capitals', (id) => `/oidc/AUTH/${id}`],
    ['with a slash at the end', (id) => `/oidc/auth/${id}/`],
    ['with two slashes', (id) => `/oidc//auth/${id}`],
    ['with a query', (id) => `/oidc/auth/${id}?a=/b`],
    ['with a parameter', (id) => `/oidc/auth/${id};a`],
    ['with a space', (id) => `/oidc/auth/${id}%20`],
    ['with a backslash', (id) => `/oidc/auth/${id}\\`],
    ['with an escaped id', (id) => `/oidc/auth/%${id.charCodeAt(0).toString(16)}${id.slice(1)}`],
    ['with an escaped path', (id) => `/oidc/%61uth/${id}`],
    ['with an escaped slash', (id) => `/oidc/auth%2f${id}`],
    ['with dots', (id) => `/oidc/auth/x/../${id}`],
    ['with another id', () => '/oidc/auth/something-else'],
    ['with no id at all', () => '/oidc/auth/a.b~c'],
    ['as a whole address', (id) => `${server.url}/oidc/auth/${id}`],
  ];

  test.each(spellings)('the path %s: nobody gets through whom the sign-in does not let', async (_what, spell) => {
    const { id, cookie } = await finished();
    const { headers, statusCode } = await send(spell(id), { cookie });
    expect(headers.location ?? '').not.toContain('code=');
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect((headers['set-cookie'] ?? []).filter((text) => text.startsWith('_session='))).toEqual([]);
    expect(await server.sessions.list(accountId)).toEqual([]);
    // Whoever may go on still can.
    answer = true;
    expect((await send(`/oidc/auth/${id}`, { cookie })).headers.location).toContain('code=');
  });

  test('asks for the sign-in of the cookie, with the key of this browser', async () => {
    const { id, cookie } = await finished();
    await send(`/oidc/auth/${id}`, { cookie });
    expect(asked).toEqual([{ id, key: `key of ${id}` }]);
  });

  test('who may go on with one sign-in does not get through with another', async () => {
    answer = true;
    const [mine, theirs] = [await finished(), await finished()];
    const { statusCode } = await send(`/oidc/auth/${mine.id}`, { cookie: theirs.cookie });
    expect([statusCode, asked]).toEqual([400, []]);
  });

  test('of a sign-in that was ended meanwhile nothing is written, and what it was of stays', async () => {
    const { id, cookie } = await finished();
    const records = async () => {
      const { rows } = await sql<{ model: string }>`select model from oidc_models order by model`.execute(
        server.store.db,
      );
      return rows.map(({ model }) => model);
    };
    [answer, validFrom] = [true, 1];
    const refused = await send(`/oidc/auth/${id}`, { cookie });
    expect([refused.statusCode, refused.headers.location, await records()]).toEqual([400, undefined, ['Interaction']]);
    validFrom = 0;
    const { headers } = await send(`/oidc/auth/${id}`, { cookie });
    expect(headers.location).toContain('code=');
    expect(await records()).toEqual(['AuthorizationCode', 'Grant', 'Session']);
  });

  test('a session that cannot be written is not, with all that comes of it, and the browser keeps the one before', async () => {
    answer = true;
    const first = await finished();
    const { headers } = await send(`/oidc/auth/${first.id}`, { cookie: first.cookie });
    const session = (headers['set-cookie'] ?? []).map((text) => text.split(';')[0]);
    const { id, cookie } = await finished();
    const cookies = [...session, cookie].join('; ');
    const { atomically } = server.store;
    let tries = 0;
    server.store.atomically = async (statements, locks) => {
      if (locks?.some((name) => name.startsWith('Session:')) && ++tries === 1)
        throw new Error('canceling statement due to statement timeout');
      return atomically(statements, locks);
    };
    const interactions = () => sql`select id from oidc_models where model = 'Interaction'`.execute(server.store.db);
    const refused = await send(`/oidc/auth/${id}`, { cookie: cookies });
    expect([refused.statusCode, refused.headers['set-cookie'] ?? [], tries]).toEqual([500, [], 1]);
    expect((await interactions()).rows).toEqual([{ id }]);
    expect((await send(`/oidc/auth/${id}`, { cookie: cookies })).headers.location).toContain('code=');
  });

  test('while the database is away, a browser gets a page and a program JSON; afterwards it goes on', async () => {
    answer = true;
    const { id, cookie } = await finished();
    server.failWith(new Error('Connection terminated unexpectedly'));
    for (const [accept, type] of [
      ['text/html', 'text/html; charset=utf-8'],
      ['application/json', 'application/json; charset=utf-8'],
    ]) {
      const { headers, statusCode } = await send(`/oidc/auth/${id}`, { cookie, accept: accept ?? '' });
      // What is JSON is left to the whole server, which is not here.
      expect([headers['content-type'], statusCode]).toEqual([type, accept === 'text/html' ? 503 : 500]);
    }
    server.failWith(undefined);
    expect((await send(`/oidc/auth/${id}`, { cookie })).headers.location).toContain('code=');
  });
});
