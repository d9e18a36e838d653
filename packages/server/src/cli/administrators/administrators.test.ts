import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { strangerFrom } from '../../../../../test/setup/clients.ts';
import { startTestServer, type TestServer } from '../../../../../test/setup/server.ts';
import { databases, newMigratedLocation } from '../../../../../test/setup/stores.ts';
import { runCommand } from '../run-command.ts';

async function run(words: string[], env: Record<string, string> = {}) {
  const [printed, complained]: [string[], string[]] = [[], []];
  const code = await runCommand(words, {
    env,
    cwd: '/',
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
  });
  return { code, printed: printed.join('\n'), complained: complained.join('\n') };
}

describe.each(databases)('sesame administrators, beside a server on %s', (database) => {
  let server: TestServer;
  let remove: () => Promise<void>;
  let env: Record<string, string>;
  beforeAll(async () => {
    const place = await newMigratedLocation(database);
    remove = place.remove;
    const { location } = place;
    server = await startTestServer(location);
    env = {
      SESAME_PUBLIC_URL: server.baseUrl,
      ...('databaseUrl' in location
        ? { SESAME_DATABASE_URL: location.databaseUrl }
        : { SESAME_DATA_DIR: location.dataDir }),
    };
  });
  afterAll(async () => {
    await server.close();
    await remove();
  });
  beforeEach(async () => {
    await server.services.store.db.deleteFrom('administrators').execute();
    await server.services.store.db.deleteFrom('audit_log').execute();
  });

  const administrators = (...words: string[]) => run(['administrators', ...words], env);
  const create = (username: string) =>
    server.services.administrators.colleagues.create({ username, password: 'open sesame', role: 'owner' });
  const signIn = (username: string, password: string) =>
    server.services.administrators.signIn({ username, password, client: strangerFrom('192.0.2.1') });
  const audited = async () =>
    (await server.services.auditLog.list({ limit: 10, offset: 0 })).entries.map(
      ({ id: _, at: __, times: ___, ...entry }) => entry,
    );
  const byCommandLine = { type: 'server', id: 'command-line', name: 'command-line' };

  test('list shows names, ids, roles and last sign-ins', async () => {
    expect(await administrators('list')).toEqual({
      code: 0,
      printed: expect.stringContaining('There is no administrator yet.'),
      complained: '',
    });
    const [ali, morgiana] = [await create('ali'), await create('morgiana')];
    await signIn('morgiana', 'open sesame');
    const today = new Date().toISOString().slice(0, 10);
    expect((await administrators('list')).printed.split('\n')).toEqual([
      `ali  ${ali.id}  owner  (last sign-in: none is known)`,
      expect.stringMatching(`^morgiana  ${morgiana.id}  owner  \\(last sign-in: ${today}T\\d\\d:\\d\\dZ\\)$`),
    ]);
  });

  test.each(['username', 'id'] as const)(
    'reset by %s prints a link with which a new password is chosen',
    async (by) => {
      const morgiana = await create('morgiana');
      const { code, printed } = await administrators('reset', morgiana[by]);
      expect([code, printed]).toEqual([0, expect.stringContaining('works once, for 30 minutes')]);
      const [, link = ''] = /^ {2}(http:\S+)$/m.exec(printed) ?? [];
      expect(link).toMatch(`${server.baseUrl}/console/new-password?token=`);

      const page = await fetch(link);
      const body = await page.text();
      expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
        200,
        'no-store',
        'no-referrer',
      ]);
      expect(body).toContain('<strong>morgiana</strong>');
      const token = new URL(link).searchParams.get('token') ?? '';
      const send = (form: Record<string, string>, language = 'en') =>
        fetch(`${server.baseUrl}/console/new-password`, {
          method: 'POST',
          headers: { 'accept-language': language },
          body: new URLSearchParams({ token, ...form }),
        });
      const refused = [
        [{ password: 'open barley', repeated: 'open wheat' }, 'en', 'The two passwords are not the same.'],
        [{ password: 'short', repeated: 'short' }, 'en', 'Use at least 8 characters.'],
        [{ password: 'morgiana', repeated: 'morgiana' }, 'zh-CN', '密码不能与用户名相同。'],
        [{}, 'zh-CN', '请填写此项。'],
      ] as const;
      for (const [form, language, message] of refused) {
        const reply = await send(form, language);
        expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining(message)]);
      }
      const right = { password: 'open barley', repeated: 'open barley' };
      const done = await send(right);
      expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('The password is changed')]);
      expect((await signIn('morgiana', 'open barley')).outcome).toBe('signed-in');

      for (const again of [
        await send(right),
        await fetch(link),
        await fetch(link.replace(/.$/, '')),
        await send({ token: '' }),
      ]) {
        expect([again.status, await again.text()]).toEqual([
          410,
          expect.stringContaining('sesame administrators reset'),
        ]);
      }
      const subject = { type: 'administrator', id: morgiana.id };
      expect(await audited()).toEqual([
        {
          actor: { type: 'administrator', id: morgiana.id, name: 'morgiana' },
          action: 'administrator.choose-password',
          subject,
          details: {},
        },
        {
          actor: byCommandLine,
          action: 'administrator.open-password-link',
          subject,
          details: { username: 'morgiana' },
        },
      ]);
    },
  );

  test('remove ends the sessions, and leaves the last one', async () => {
    const [ali] = [await create('ali'), await create('morgiana')];
    const session = await signIn('ali', 'open sesame');
    expect(await administrators('remove', 'ali')).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^Removed ali/),
    });
    if (session.outcome !== 'signed-in') return expect.fail(session.outcome);
    expect(await server.services.administrators.authenticateSession(session.token)).toBeUndefined();
    expect(await administrators('remove', 'morgiana')).toEqual({
      code: 1,
      printed: '',
      complained: expect.stringMatching(/^morgiana is the only owner left.*reset morgiana$/),
    });
    expect((await server.services.administrators.colleagues.list()).map(({ username }) => username)).toEqual([
      'morgiana',
    ]);
    expect(await audited()).toEqual([
      {
        actor: byCommandLine,
        action: 'administrator.delete',
        subject: { type: 'administrator', id: ali.id },
        details: { username: 'ali' },
      },
    ]);
  });

  test.each(['reset', 'remove'])('%s of somebody unknown says so', async (command) => {
    await create('morgiana');
    expect(await administrators(command, 'Morgiana')).toMatchObject({
      code: 1,
      complained: 'There is no administrator Morgiana. To see who there is: npx sesame administrators list',
    });
    expect(await audited()).toEqual([]);
  });
});

describe('sesame administrators, without a database', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sesame-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('says where it looked, and makes none', async () => {
    const dataDir = join(folder, 'data');
    expect(await run(['administrators', 'list'], { SESAME_DATA_DIR: dataDir })).toEqual({
      code: 1,
      printed: '',
      complained: expect.stringContaining(`There is no database in ${dataDir}.`),
    });
    expect(existsSync(dataDir)).toBe(false);
    const away = { SESAME_DATABASE_URL: 'postgres://u:barley@127.0.0.1:1/db' };
    expect(await run(['administrators', 'list'], away)).toEqual({
      code: 1,
      printed: '',
      complained: 'SESAME_DATABASE_URL cannot be used: nothing answers there.',
    });
  });

  test.each([[[]], [['list', 'all']], [['reset']], [['remove']], [['reset', 'a', 'b']], [['add', 'ali']]])(
    'sesame administrators %j is not understood',
    async (words) => {
      const { code, complained } = await run(['administrators', ...words]);
      expect([code, complained]).toEqual([2, expect.stringContaining('reset <username | id>')]);
    },
  );
});
