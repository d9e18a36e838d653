import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { strangerFrom } from '../../../../../test/setup/clients.ts';
import { onServer, runData } from '../../../../../test/setup/data-commands.ts';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { startTestServer, type TestServer } from '../../../../../test/setup/server.ts';
import { databases, newMigratedLocation } from '../../../../../test/setup/stores.ts';
import { totpCode } from '../../../../../test/setup/totp.ts';
import { purposes } from '../../secrets/purposes.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import { CommandError } from '../command-error.ts';

const old = 'the secret key of every test server';
const next = 'another secret key, which is as long as it has to be';
const credentials = { username: 'morgiana', password: 'open sesame' };
const appSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
/** Somebody on the account page. */
const visit = (userId: string) => ({
  userId,
  subject: 'session:1',
  scopes: undefined,
  client: strangerFrom('192.0.2.1'),
});
const sender = {
  accountSID: 'AC00000000000000000000000000000001',
  authToken: 'auth-token-of-twilio',
  fromMessagingServiceSID: 'MG00000000000000000000000000000001',
  templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: 'Your code is {{code}}.',
  })),
};

describe.each(databases)('sesame change-key on %s', (database) => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let folder: string;
  let key: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    place = await newMigratedLocation(database);
    folder = 'dataDir' in place.location ? place.location.dataDir : await newMemoryFolder('sesame-key-change-');
    key = join(folder, 'new.key');
    writeFileSync(key, `${next}\n`);
    env = {
      SESAME_DATA_DIR: folder,
      SESAME_SECRET_KEY: old,
      ...('databaseUrl' in place.location && { SESAME_DATABASE_URL: place.location.databaseUrl }),
    };
  });
  afterEach(() => place.remove());

  const start = (secretKey = old) => startTestServer(place.location, { env: { SESAME_SECRET_KEY: secretKey } });

  /** A session that has ended may still be shown for a moment. */
  async function alone(): Promise<void> {
    if (!('databaseUrl' in place.location)) return;
    const { databaseUrl } = place.location;
    const sessions = () =>
      onServer(
        databaseUrl,
        `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and backend_type = 'client backend'`,
      );
    await expect.poll(sessions, { timeout: 60_000 }).toEqual([]);
  }

  async function close(server: TestServer): Promise<void> {
    await server.close();
    await alone();
  }

  /** One of everything that is kept under the key. @returns how an administrator proves the second step */
  async function fill({ services }: TestServer) {
    await services.connectors.setUp('twilio-short-message-service', sender);
    const turnstile = { type: 'Turnstile', siteKey: 'site', secretKey: 'secret-of-turnstile' } as const;
    await services.humanCheck.provider.put(turnstile);
    await services.testNumbers.put({ recipient: '+14155550100', code: '424242', note: '', expiresAt: null });
    await services.hooks.create({
      events: ['PostSignIn'],
      config: { url: 'https://receiver.example/hook', headers: { authorization: 'secret-of-the-receiver' } },
    });
    const { authenticators, backupCodes, users } = services;
    const { id } = await users.create({ username: 'ali' });
    await backupCodes.set(id, backupCodes.digestsOf(backupCodes.generate(), id), {});
    await authenticators.set(id, { secret: appSecret, timeStep: 0 }, { isFirst: true });
    const rest = { network: '', user_agent: null, created_at: 1, last_used_at: null, expires_at: 1e15 };
    const trusted = { id: 'trusted', user_id: id, digest: 'a digest', factor: 'totp' as const, ...rest };
    await services.store.db.insertInto('trusted_devices').values(trusted).execute();
    const shown = await services.account.authenticators.show(visit(id), await users.get(id));
    const { administrators, platform } = services;
    await administrators.seedFirst(credentials);
    const signedIn = await administrators.signIn({ ...credentials, client: strangerFrom('192.0.2.1') });
    if (signedIn.outcome !== 'signed-in') throw new Error(signedIn.outcome);
    const found = (await administrators.authenticateSession(signedIn.token)) ?? expect.fail('no session');
    const proof = {
      administratorId: signedIn.administrator.id,
      sessionId: found.session.id,
      currentPassword: credentials.password,
      client: strangerFrom('192.0.2.1'),
    };
    const begun = await administrators.twoStep.begin(proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const totp = new TOTP({ secret: begun.secret });
    const confirmed = await administrators.twoStep.confirm({
      ...proof,
      code: totp.generate({ timestamp: platform.now() }),
    });
    if (confirmed.outcome !== 'on') throw new Error(confirmed.outcome);
    return {
      totp,
      shown,
      recoveryCode: confirmed.recoveryCodes[0] ?? '',
      keys: await services.signingKeys.list(),
      hooks: await services.hooks.list(),
    };
  }

  test('everything that is kept under the key is there under the new one, and only there', async () => {
    const server = await start();
    const { totp, shown, recoveryCode, keys, hooks } = await fill(server);
    await server.management.post('/verification-codes', { phone: '+14155550123' });
    expect(await runData(['change-key', '--to', key], env)).toMatchObject({
      code: 1,
      complained: expect.stringMatching(/is in use\. Stop Sesame/),
    });
    await close(server);
    const done = await runData(['change-key', '--to', key], env);
    expect(done).toMatchObject({ code: 0, complained: '' });
    expect(done.printed).toMatch(/ 1 {2}secrets of providers of human checks\n +1 {2}codes of test numbers/);
    expect(done.printed).toMatch(/ 1 {2}secrets of authenticator apps of users/);
    expect(done.printed).toMatch(/ 10 {2}recovery codes/);
    expect(done.printed).toMatch(/ 10 {2}backup codes of users/);
    expect(done.printed).toContain(`Set SESAME_SECRET_KEY to what is in ${key}`);
    expect(done.printed).not.toContain(next);

    await expect(start()).rejects.toThrow('takes the key of this database');
    const again = await start(next);
    try {
      const { services } = again;
      expect((await services.connectors.live('Sms'))?.config).toMatchObject(sender);
      expect(await services.humanCheck.provider.read()).toMatchObject({ secretKey: 'secret-of-turnstile' });
      expect(await services.testNumbers.codeOf('+14155550100')).toBe('424242');
      const ali = (await services.users.find({ username: 'ali' })) ?? expect.fail('nobody');
      const typed = totpCode(appSecret, services.platform.now());
      expect(await services.authenticators.use(ali.id, { typed, usedBy: 'test' }, () => [])).toBe(true);
      expect(await services.account.authenticators.show(visit(ali.id), ali)).toEqual(shown);
      expect(await services.signingKeys.list()).toEqual(keys);
      expect(hooks).toMatchObject([{ config: { url: 'https://receiver.example/hook' }, enabled: true }]);
      expect(await services.hooks.list()).toEqual(hooks);
      const signIn = (code: string) =>
        services.administrators.signIn({ ...credentials, code, client: strangerFrom('192.0.2.1') });
      expect((await signIn(recoveryCode)).outcome).toBe('wrong-code');
      again.advance(60_000);
      const code = totp.generate({ timestamp: services.platform.now() });
      expect((await signIn(code)).outcome).toBe('signed-in');
      const { db } = services.store;
      expect(await db.selectFrom('verification_codes').selectAll().execute()).toEqual([]);
      expect(await db.selectFrom('trusted_devices').selectAll().execute()).toEqual([]);
      const rows = await db.selectFrom('connectors').select('config').execute();
      for (const { config } of rows) {
        expect(() => deriveSecretKeys(old).decrypt(config, purposes.connectorConfig())).toThrow();
      }
      const entry = await db.selectFrom('audit_log').selectAll().where('action', '=', 'database.change-key').execute();
      expect(entry).toMatchObject([{ actor_id: 'command-line', details: expect.stringContaining('"signingKey":1') }]);
    } finally {
      await again.close();
    }
  });

  test('a wrong old key, a poor new one and an interruption change nothing', async () => {
    await close(await start());
    const refused = async (words: string[], settings = env, signal?: AbortSignal) => {
      const { code, complained } = await runData(['change-key', ...words], settings, signal && { signal });
      await alone();
      expect(code).toBe(1);
      return complained;
    };
    expect(await refused(['--to', key], { ...env, SESAME_SECRET_KEY: `${next}, but not this one` })).toContain(
      'is not that of this database',
    );
    expect(await refused([])).toContain('Name a file with the new one');
    expect(await refused(['--to', `${key}.not`])).toContain('There is no file');
    writeFileSync(`${key}.short`, 'short');
    expect(await refused(['--to', `${key}.short`])).toContain('at least 32 characters');
    expect(await refused(['--to', key], env, AbortSignal.abort(new CommandError('Interrupted.')))).toBe('Interrupted.');
    await close(await start());
  });
});

describe('sesame change-key with a key file', () => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let folder: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    place = await newMigratedLocation('SQLite');
    folder = 'dataDir' in place.location ? place.location.dataDir : '';
    env = { SESAME_DATA_DIR: folder };
    writeFileSync(join(folder, 'secret.key'), `${old}\n`, { mode: 0o600 });
    await (await start()).close();
  });
  afterEach(() => place.remove());

  const start = () => startTestServer(place.location, { env: { SESAME_SECRET_KEY: '' } });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
  const olds = () => readdirSync(folder).filter((name) => name.startsWith('secret.key.until-'));

  test('makes one and puts it there; what was broken off is ended by the same command', async () => {
    expect(await runData(['change-key'], env)).toMatchObject({ code: 0 });
    const made = read('secret.key');
    expect([made === old, olds().map(read)]).toEqual([false, [old]]);
    await (await start()).close();

    // As after a kill once the database had the new key, and before its file had.
    renameSync(join(folder, 'secret.key'), join(folder, 'secret.key.next'));
    writeFileSync(join(folder, 'secret.key'), `${old}\n`);
    await expect(start()).rejects.toThrow('"sesame change-key"');
    const ended = await runData(['change-key'], env);
    expect(ended).toMatchObject({ code: 0, printed: expect.stringContaining('has the new key already') });
    expect([read('secret.key'), existsSync(join(folder, 'secret.key.next'))]).toEqual([made, false]);

    // As after a kill before the database had it.
    writeFileSync(join(folder, 'secret.key.next'), `${next}\n`);
    expect(await runData(['change-key'], env)).toMatchObject({ code: 0 });
    expect(read('secret.key')).toBe(next);
    await (await start()).close();
  });
});
