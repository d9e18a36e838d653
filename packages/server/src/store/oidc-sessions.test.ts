import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { nobody } from '../accounts/user-record.ts';
import { endingOidcModels, endingSignIns } from './ended-sessions.ts';
import {
  findOidcSession,
  findUserInSession,
  leaveOidcSession,
  listOidcSessions,
  writeOidcSession,
} from './oidc-sessions.ts';
import { isUnmet } from './requirement.ts';
import type { Store } from './store.ts';
import { insertUser } from './users.ts';

const now = 1_800_000_000_000;
type Payload = { jti: string; uid: string; tabs: string[] };
type Options = { uid?: string; account?: string | null; replaces?: string; validFrom?: number };

describe.each(databases)('the record of a session on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
    const ali = { id: 'ali', ...nobody, password_digest: null, created_at: now, updated_at: now };
    await store.atomically([insertUser(store, ali)]);
  });
  afterEach(() => store.close());

  /** Writes what a tab has added, in a request that knew the session by the id `replaces`. */
  const write = async (id: string, tab: string, { uid = 'u', account = 'ali', replaces, validFrom }: Options = {}) => {
    const { isTheirs } = await writeOidcSession(
      store,
      {
        ...{ model: 'Session', id, uid, payload: JSON.stringify({ jti: id, uid, tabs: [tab] } satisfies Payload) },
        ...{ account_id: account, grant_id: null, user_code: null, expires_at: now + 60_000 },
      },
      {
        replaces,
        now,
        validFrom,
        merge: (stored, written, isRenamed) => {
          const [theirs, ours]: [Payload, Payload] = [JSON.parse(stored), JSON.parse(written)];
          const { jti } = isRenamed ? ours : theirs;
          return JSON.stringify({ ...ours, jti, tabs: [...new Set([...theirs.tabs, ...ours.tabs])] });
        },
      },
    );
    return isTheirs;
  };
  const listed = async () => (await listOidcSessions(store, 'ali', now)).map((each) => JSON.parse(each) as Payload);
  const end = (uid = 'u') =>
    store.atomically(endingOidcModels(store, 'ali', { only: { sessionUid: uid, grantIds: [] } }, now));

  test('many tabs and new ids at once leave one record with what each has added', async () => {
    await write('old', 'first');
    const tabs = Array.from({ length: 12 }, (_, index) => `tab ${index}`);
    const isTheirs = await Promise.all(
      tabs.map((tab, index) => (index % 3 ? write('old', tab) : write(`new ${index}`, tab, { replaces: 'old' }))),
    );
    const [session, ...others] = await listed();
    expect(others).toEqual([]);
    expect(session?.tabs.toSorted()).toEqual(['first', ...tabs].toSorted());
    const renamed = isTheirs.filter((is, index) => is && index % 3 === 0);
    expect([renamed.length, session?.jti.startsWith('new')]).toEqual([1, true]);
  });

  test('one that gets another id while it is looked up is found, and not under the old id afterwards', async () => {
    await write('old', 'first');
    await write('new', 'resumed', { replaces: 'old' });
    const found = async (id: string, at: number) => JSON.parse((await findOidcSession(store, id, at)) ?? '{}').jti;
    expect(await Promise.all([found('old', now + 2_999), found('old', now + 3_000), found('new', now)])).toEqual([
      'new',
      undefined,
      'new',
    ]);
    await end();
    expect(await Promise.all([found('old', now - 1), found('new', now)])).toEqual([undefined, undefined]);
  });

  test('nobody gets one whose sign-ins were ended since they were looked at', async () => {
    await write('nobody', 'asked whether to sign out', { account: null });
    const getsThem = (validFrom: number) =>
      Promise.all([
        write('new', 'resumed', { uid: 'another', validFrom }).catch(isUnmet),
        write('somebody', 'resumed', { replaces: 'nobody', validFrom }).catch(isUnmet),
      ]);
    const uids = async () => (await listed()).map(({ uid }) => uid).toSorted();
    await store.atomically(endingSignIns(store, 'ali', {}, now - 1));
    await getsThem(0);
    expect(await uids()).toEqual([]);
    expect(await getsThem(now - 1)).toEqual([true, true]);
    expect(await uids()).toEqual(['another', 'u']);
  });

  test.skipIf(database === 'SQLite')('waits for an end of all sign-ins that is being written', async () => {
    const { promise: begun, resolve: begins } = Promise.withResolvers<number>();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const ending = store.db.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('users')
        .set({ sessions_valid_from: now - 1 })
        .where('id', '=', 'ali')
        .execute();
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      begins(rows[0]?.pid ?? 0);
      await mayEnd;
    });
    const pid = await begun;
    const isWritten = write('new', 'resumed', { validFrom: 0 }).then(() => true, isUnmet);
    const waiting = sql`select 1 from pg_stat_activity where ${pid} = any(pg_blocking_pids(pid))`;
    await expect.poll(async () => (await waiting.execute(store.db)).rows.length, { timeout: 60_000 }).toBe(1);
    end();
    await ending;
    expect([await isWritten, await listed()]).toEqual([true, []]);
  });

  test.each(['is ended', 'is left'])('one that %s stays so, whatever is under way with it', async (what) => {
    const over = (uid: string, id: string) =>
      what === 'is ended' ? end(uid) : leaveOidcSession(store, { id, uid }, now);
    for (let times = 0; times < 10; times += 1) {
      const [uid, id] = [`u${times}`, `old ${times}`];
      await write(id, 'first', { uid });
      await Promise.all([
        write(id, 'tab', { uid }),
        write(`new ${times}`, 'resumed', { uid, replaces: id }),
        over(uid, id),
        write(`newer ${times}`, 'resumed', { uid, replaces: id }),
      ]);
      expect(await listed()).toEqual([]);
      expect(await write(`late ${times}`, 'late', { uid, replaces: id })).toBe(false);
      expect(await listed()).toEqual([]);
      expect((await findUserInSession(store, 'ali', uid))?.id).toBe(what === 'is ended' ? undefined : 'ali');
    }
  });
});
