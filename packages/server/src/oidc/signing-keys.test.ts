import { compactVerify, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { keepHouse as keepHouseOnce } from '../jobs/housekeeping.ts';
import { platform } from '../platform.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { createHeld, lookEveryMs } from '../store/held.ts';
import { deleteRetiredSigningKeys } from '../store/signing-keys.ts';
import type { Store } from '../store/store.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

const secretKeys = deriveSecretKeys('a secret key of the tests, long enough to be one');

describe.each(databases)('signing keys on %s', (database) => {
  let store: Store;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
  });
  afterEach(() => store.close());

  const clock = { ...platform, now: () => now };
  const start = (under = store) =>
    createSigningKeys({
      store: under,
      platform: clock,
      held: createHeld({ store: under, platform: clock }),
      secretKeys,
    });
  /** As another process has the database open, which nobody tells of changes here. */
  const fromElsewhere = (): Store => ({ ...store, changes: () => 0 });
  const kids = async (keys: SigningKeys) => (await keys.all()).map(({ jwk }) => jwk.kid);

  test('several processes that start at once share the one key that was made', async () => {
    const started = await Promise.all(Array.from({ length: 8 }, () => start()));
    const seen = await Promise.all(started.map(kids));
    expect(seen[0]).toHaveLength(1);
    expect(new Set(seen.flat())).toHaveLength(1);
    expect(await store.db.selectFrom('signing_keys').selectAll().execute()).toHaveLength(1);
  });

  test('the private key is in the database only encrypted', async () => {
    const [key] = await (await start()).all();
    const { jwk } = await store.db.selectFrom('signing_keys').select('jwk').executeTakeFirstOrThrow();
    expect(jwk).not.toContain(key?.jwk.d);
    expect(Buffer.from(jwk, 'base64').toString('latin1')).not.toContain('"kty"');
  });

  test('another secret key of the server is told apart from a broken database', async () => {
    await start();
    const other = deriveSecretKeys('another secret key of the tests, also long enough');
    await expect(
      createSigningKeys({ store, platform, held: createHeld({ store, platform }), secretKeys: other }),
    ).rejects.toThrow('do not open');
  });

  test('a rotated key still verifies what it signed', async () => {
    const keys = await start();
    const [before] = await keys.all();
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(before?.jwk ?? {});
    await keys.rotateSigningKey();
    const [after, old] = await keys.all();
    expect(after?.jwk.kid).not.toBe(before?.jwk.kid);
    expect(old?.jwk.kid).toBe(before?.jwk.kid);
    const verificationKey = await keys.verificationKey(before?.jwk.kid ?? '');
    await expect(compactVerify(token, verificationKey ?? Buffer.of())).resolves.toBeDefined();
  });

  test('rotations at the same moment make one key', async () => {
    const started = await Promise.all([start(), start(), start()]);
    await Promise.all(started.map((keys) => keys.rotateSigningKey()));
    const rows = await store.db.selectFrom('signing_keys').select(['id', 'retired_at']).orderBy('id').execute();
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(rows.filter(({ retired_at }) => retired_at === null)).toEqual([
      { id: String(rows.length), retired_at: null },
    ]);
  });

  test('a key of another process is found, and unknown ids do not load the database', async () => {
    let reads = 0;
    const counted: Store = {
      ...fromElsewhere(),
      run: (query) => {
        reads += 1;
        return store.run(query);
      },
      db: store.db.withPlugin({
        transformQuery: ({ node }) => {
          reads += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      }),
    };
    const mine = await start(counted);
    const theirs = await start();
    await theirs.rotateSigningKey();
    const [newest] = await kids(theirs);
    reads = 0;
    expect(await mine.verificationKey(newest ?? '')).toBeDefined();
    // Whether anything has changed, and then the keys.
    expect(reads).toBe(2);

    await Promise.all(Array.from({ length: 20 }, (_, index) => mine.verificationKey(`unknown-${index}`)));
    expect(reads).toBe(2);
    now += 5_000;
    expect(await Promise.all([mine.verificationKey('unknown'), mine.verificationKey('unknown')])).toEqual([
      undefined,
      undefined,
    ]);
    expect(reads).toBe(4);
  });

  test('after 90 days another key signs; it was made once, and published a day before', async () => {
    const day = 86_400_000;
    const [mine, theirs] = [await start(), await start()];
    const keepHouse = () =>
      Promise.all(
        [mine, theirs, mine].map((signingKeys) =>
          keepHouseOnce({ store, platform: { ...platform, now: () => now }, signingKeys, messageRetentionDays: 0 }),
        ),
      );
    const begin = now;
    const [first] = await kids(mine);
    now = begin + 89 * day - 1;
    await keepHouse();
    expect(await kids(mine)).toEqual([first]);

    now = begin + 89 * day;
    await keepHouse();
    const announced = await kids(mine);
    expect([announced.length, announced[0]]).toEqual([2, first]);
    expect((await mine.list()).map(({ status }) => status)).toEqual(['Current', 'Next']);
    expect(await theirs.verificationKey(announced[1] ?? '')).toBeDefined();

    now = begin + 90 * day;
    await keepHouse();
    expect(await kids(mine)).toEqual(announced.toReversed());
    expect(await kids(theirs)).toEqual(announced.toReversed());
    expect((await mine.list()).map(({ status }) => status)).toEqual(['Current', 'Previous']);

    now = begin + 180 * day;
    await keepHouse();
    expect((await kids(mine)).slice(0, 2)).toEqual(announced.toReversed());
    now += 1;
    await keepHouse();
    expect(await kids(mine)).toHaveLength(2);
    expect(await kids(mine)).not.toContain(first);
  });

  test('a key that an operator makes signs at once, also while another one is announced', async () => {
    const keys = await start();
    const [first] = await kids(keys);
    await keys.rotateWhenOlderThan(0);
    const [, next] = await kids(keys);
    now += 1;
    await keys.rotateSigningKey();
    const [current, ...others] = await kids(keys);
    expect(others).toEqual([first, next]);
    now += 86_400_000;
    expect((await kids(keys))[0]).toBe(current);
    expect((await keys.list()).map(({ status }) => status)).toEqual(['Current', 'Previous', 'Previous']);
  });

  test('a key that another process deleted is forgotten at the next look', async () => {
    const [theirs, mine] = [await start(), await start(fromElsewhere())];
    const [first = ''] = await kids(mine);
    expect(await theirs.delete(first)).toBe('current');
    await theirs.rotateSigningKey();
    expect(await theirs.delete(first)).toBe('deleted');
    expect(await theirs.delete(first)).toBe('unknown');
    expect(await mine.verificationKey(first)).toBeDefined();
    now += lookEveryMs;
    expect(await mine.verificationKey(first)).toBeUndefined();
    expect((await theirs.list()).map(({ status }) => status)).toEqual(['Current']);
  });

  test('keys that nothing can be signed with any more are pruned', async () => {
    const keys = await start();
    await keys.rotateSigningKey();
    await deleteRetiredSigningKeys(store, now);
    expect(await kids(keys)).toHaveLength(2);
    await deleteRetiredSigningKeys(store, now + 1);
    expect(await kids(keys)).toHaveLength(1);
    await keys.rotateSigningKey();
    expect(await kids(keys)).toHaveLength(2);
  });
});
