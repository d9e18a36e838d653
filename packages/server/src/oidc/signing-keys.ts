import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Platform } from '../platform.ts';
import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Held } from '../store/held.ts';
import { addSigningKey, deleteSigningKey, listSigningKeys, type StoredSigningKey } from '../store/signing-keys.ts';
import type { Store } from '../store/store.ts';

/** The private key of an ES256 signature (RFC 7518), and the public one that verifies it. */
export type SigningKey = { jwk: JWK & { kid: string }; publicKey: KeyObject };

export type SigningKeys = Awaited<ReturnType<typeof createSigningKeys>>;

/** A key as an operator sees it; the time is in milliseconds since the epoch. */
export type SigningKeyFacts = {
  /** What tokens name it by (`kid`). */
  id: string;
  /** From when on it signs. */
  effectiveAt: number;
  /** The current one signs; the previous ones verify what they signed; the next one is published already. */
  status: 'Next' | 'Current' | 'Previous';
};

/** How long a key is published before it signs, in milliseconds: longer than applications keep the published keys. */
const notice = 24 * 60 * 60_000;

/** How often keys of unknown ids may make us look into the database, in milliseconds. */
const unknownKeyInterval = 5_000;

/**
 * The keys that sign tokens; the first is made here. Several processes may start at once: one makes it, all use it.
 * @throws when the server's secret key is not the one that the keys were encrypted under
 */
export async function createSigningKeys({ store, platform, held, secretKeys }: Deps) {
  const heldRows = held.value(() => listSigningKeys(store));
  let lookup: { at: number; keys: Promise<readonly SigningKey[]> } | undefined;
  let opened: { version: string; keys: readonly SigningKey[] } | undefined;

  /** Keys in the order in which they are used: the one that signs, those before it, and then what is to come. */
  function inOrder(rows: readonly StoredSigningKey[]): StoredSigningKey[] {
    const now = platform.now();
    const isNext = (row: StoredSigningKey) => row.created_at > now;
    return [...rows.filter((row) => !isNext(row)), ...rows.filter(isNext).reverse()];
  }

  async function addGeneration(generation: number, effectiveAt = platform.now()): Promise<void> {
    const jwk = secretKeys.encrypt(JSON.stringify(await newJwk()), purposes.signingKey());
    await addSigningKey(store, { generation, jwk }, effectiveAt);
  }

  /** All keys, the one that signs first: from memory, or those of this moment. */
  async function all(fresh?: 'fresh'): Promise<readonly SigningKey[]> {
    if (fresh) held.lookAgain();
    const rows = inOrder(await heldRows());
    const version = rows.map((row) => `${row.id}:${row.created_at}`).join();
    // The same keys are the same array, so that callers see at once that nothing changed.
    if (opened?.version !== version) opened = { version, keys: rows.map((row) => open(row, secretKeys)) };
    return opened.keys;
  }

  /** Looks for keys that another process made; requests at the same time share the look. */
  function lookUp(): Promise<readonly SigningKey[]> {
    const now = platform.now();
    if (!lookup || now - lookup.at >= unknownKeyInterval) lookup = { at: now, keys: all('fresh') };
    return lookup.keys;
  }

  async function list(): Promise<SigningKeyFacts[]> {
    const now = platform.now();
    const rows = inOrder(await listSigningKeys(store));
    return rows.map((row, index) => ({
      id: open(row, secretKeys).jwk.kid,
      effectiveAt: row.created_at,
      status: index === 0 ? 'Current' : row.created_at > now ? 'Next' : 'Previous',
    }));
  }

  if ((await all()).length === 0) await addGeneration(1);
  await all();

  return {
    all,

    /** The key that verifies what the key with this id signed. Keys that another process made are found too. */
    async verificationKey(kid: string): Promise<KeyObject | undefined> {
      const find = (keys: readonly SigningKey[]) => keys.find(({ jwk }) => jwk.kid === kid)?.publicKey;
      return find(await all()) ?? find(await lookUp());
    },

    list,

    /** Makes a new key and signs with it from now on; what the old keys signed still verifies. */
    async rotateSigningKey(): Promise<void> {
      const [newest] = await listSigningKeys(store);
      await addGeneration((newest?.generation ?? 0) + 1);
    },

    /**
     * Sees to it that no key signs for longer than this, in milliseconds: the next one is made and published a day
     * before. Safe in several processes at once.
     */
    async rotateWhenOlderThan(age: number): Promise<void> {
      const [newest] = await listSigningKeys(store);
      const now = platform.now();
      if (!newest || now - newest.created_at < age - notice) return;
      await addGeneration(newest.generation + 1, now + notice);
    },

    /** Deletes a key: what it signed no longer verifies. @returns whether it was there; the current one stays */
    async delete(id: string): Promise<'deleted' | 'current' | 'unknown'> {
      const rows = inOrder(await listSigningKeys(store));
      const index = rows.findIndex((row) => open(row, secretKeys).jwk.kid === id);
      const row = rows[index];
      if (!row || index === 0) return row ? 'current' : 'unknown';
      await deleteSigningKey(store, row.id);
      return 'deleted';
    },
  };
}

type Deps = { store: Store; platform: Platform; held: Held; secretKeys: SecretKeys };

async function newJwk(): Promise<SigningKey['jwk']> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' }) as JWK;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
}

function open({ jwk: encrypted }: StoredSigningKey, secretKeys: SecretKeys): SigningKey {
  const jwk = JSON.parse(decrypt(encrypted, secretKeys)) as SigningKey['jwk'];
  return { jwk, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

function decrypt(encrypted: string, secretKeys: SecretKeys): string {
  try {
    return secretKeys.decrypt(encrypted, purposes.signingKey());
  } catch (cause) {
    throw new Error('The signing keys do not open: the secret key of the server is not the one they were made under.', {
      cause,
    });
  }
}
