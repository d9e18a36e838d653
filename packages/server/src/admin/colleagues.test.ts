import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { createColleagues } from './colleagues.ts';

describe.each(databases)('the owners on %s', (database) => {
  let store: Store;
  let colleagues: ReturnType<typeof createColleagues>;
  beforeEach(async () => {
    store = await newStore(database);
    const passwords = { hash: async () => 'digest', verify: async () => true, isCurrent: () => true };
    colleagues = createColleagues({ store, platform, passwords });
    const now = 1;
    await store.db
      .insertInto('settings')
      .values({ name: 'first-administrator', value: '{}', updated_at: now })
      .execute();
  });
  afterEach(() => store.close());

  const create = async (username: string, role: 'owner' | 'operator' | 'viewer' = 'owner') =>
    (await colleagues.create({ username, password: 'open barley', role })).id;
  /** Somebody with a session, which has the name of the administrator. */
  const asking = async (id: string) => {
    await store.db
      .insertInto('administrator_sessions')
      .values({ token_digest: id, administrator_id: id, created_at: 1, expires_at: 2, browser: '', system: '' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { administratorId: id, sessionId: id };
  };
  const newAsking = async (...given: Parameters<typeof create>) => asking(await create(...given));
  const owners = async () => (await colleagues.list()).filter(({ role }) => role === 'owner');
  const refused = (code: string) => expect.objectContaining({ code });

  test('give roles, and give their own away while another owner stays', async () => {
    const [ali, cassim] = [await newAsking('ali'), await newAsking('cassim', 'viewer')];
    const [aliId, cassimId] = [ali.administratorId, cassim.administratorId];
    await expect(colleagues.setRole(aliId, 'operator', ali)).rejects.toEqual(refused('administrator.last_owner'));
    await colleagues.setRole(aliId, 'owner', ali);
    await colleagues.setRole(cassimId, 'owner', ali);
    await colleagues.setRole(aliId, 'viewer', ali);
    expect((await owners()).map(({ username }) => username)).toEqual(['cassim']);
    await expect(colleagues.setRole(cassimId, 'viewer', cassim)).rejects.toEqual(refused('administrator.last_owner'));
    await expect(colleagues.setRole('nobody', 'viewer', cassim)).rejects.toEqual(refused('entity.not_found'));
  });

  test('who are none any more can do nothing, however early they asked', async () => {
    const [ali, cassim] = [await newAsking('ali'), await newAsking('cassim')];
    await colleagues.setRole(cassim.administratorId, 'operator', ali);
    const doEverything = (by: typeof cassim) =>
      Promise.allSettled([
        colleagues.setRole(by.administratorId, 'owner', by),
        colleagues.setRole(ali.administratorId, 'viewer', by),
        colleagues.delete(ali.administratorId, by),
        colleagues.create({ username: 'back door', password: 'open wheat', role: 'owner' }, by),
        colleagues.create({ username: 'back-door', password: 'open wheat', role: 'owner' }, by),
      ]);
    const codes = (done: Awaited<ReturnType<typeof doEverything>>) =>
      done.map((each) => each.status === 'rejected' && each.reason.code);
    const invalid = 'guard.invalid_input';
    const forbidden = 'auth.forbidden';
    expect(codes(await doEverything(cassim))).toEqual([forbidden, forbidden, forbidden, invalid, forbidden]);

    const baba = await newAsking('baba');
    await store.db.deleteFrom('administrator_sessions').where('token_digest', '=', baba.sessionId).execute();
    const ended = 'auth.unauthorized';
    expect(codes(await doEverything(baba))).toEqual([ended, ended, ended, invalid, ended]);
    // A session of somebody else is none.
    const borrowed = { ...baba, sessionId: ali.sessionId };
    expect(codes(await doEverything(borrowed))).toEqual([ended, ended, ended, invalid, ended]);

    const late = await newAsking('late');
    await colleagues.delete(late.administratorId, ali);
    expect(codes(await doEverything(late))).toEqual([ended, ended, ended, invalid, ended]);
    expect((await colleagues.list()).map(({ username }) => username)).toEqual(['ali', 'baba', 'cassim']);
    await expect(colleagues.create({ username: 'baba', password: 'open wheat', role: 'owner' }, ali)).rejects.toEqual(
      refused('user.username_already_in_use'),
    );
  });

  test('add nobody once they are removed, at whatever moment of the two', async () => {
    const ali = await newAsking('ali');
    for (let round = 0; round < 10; round += 1) {
      const cassim = await newAsking('cassim');
      const added = colleagues.create({ username: 'back-door', password: 'open wheat', role: 'owner' }, cassim);
      const [created] = await Promise.allSettled([added, colleagues.delete(cassim.administratorId, ali)]);
      const listed = (await colleagues.list()).map(({ username }) => username);
      expect(listed).toEqual(created.status === 'fulfilled' ? ['ali', 'back-door'] : ['ali']);
      if (created.status === 'fulfilled') await colleagues.delete(created.value.id, ali);
    }
  });

  test('never run out, when all demote and delete themselves and each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const names = ['ali', 'cassim', 'baba', 'morgiana'].map((name) => `${name}-${round}`);
      const ids = await Promise.all(names.map((name) => create(name)));
      const before = (await colleagues.list()).map(({ id }) => id).filter((id) => !ids.includes(id));
      const all = await Promise.all(ids.map(asking));
      for (const id of before) await colleagues.delete(id, all[0] ?? expect.fail('nobody'));
      await Promise.allSettled([
        ...all.map((by) => colleagues.setRole(by.administratorId, 'viewer', by)),
        ...all.map((by, index) => colleagues.setRole(ids[(index + 1) % ids.length] ?? '', 'operator', by)),
        ...all.map((by, index) => colleagues.delete(ids[(index + 2) % ids.length] ?? '', by)),
      ]);
      expect((await owners()).length).toBeGreaterThanOrEqual(1);
    }
  });
});
