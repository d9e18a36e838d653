import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Platform } from '../platform.ts';
import type { SecretKeys } from '../secret-keys.ts';
import { addSigningKey, deleteSigningKey, listSigningKeys, type StoredSigningKey } from '../store/signing-keys.ts';
import type { Store } from '../store/store.ts';

/** The private key of an ES256 signature (RFC 7518), and the public one that verifies it. */
export type SigningKey = { jwk: JWK & { kid: string }; publicKey: KeyObject };

export type SigningKeys = Awaited<ReturnType<typeof createSigningKeys>>;

/** A key as an operator sees it; the time is in milliseconds since the epoch. */
export type SigningKeyFacts = {
  /** What tokens name it by (`kid`). */
  id: string;
  createdAt: number;
  /** The current one signs; the previous ones verify what they signed. */
  status: 'Current' | 'Previous';
};

/** How long a process may go on with keys that another one has replaced or deleted, in milliseconds. */
export const keysMaxAge = 30_000;

/** How often keys of unknown ids may make us look into the database, in milliseconds. */
const unknownKeyInterval = 5_000;
const purpose = 'signing key';

/**
 * The keys that sign tokens; the first is made here. Several processes may start at once: one makes it, all use it.
 * @throws when the server's secret key is not the one that the keys were encrypted under
 */
export async function createSigningKeys({ store, platform, secretKeys }: Deps) {
  let lookup: { at: number; keys: Promise<readonly SigningKey[]> } | undefined;
  let loaded: { version: string; keys: readonly SigningKey[]; at: number } | undefined;

  async function addGeneration(generation: number): Promise<void> {
    const jwk = secretKeys.encrypt(JSON.stringify(await newJwk()), purpose);
    await addSigningKey(store, { generation, jwk }, platform.now());
  }

  async function load(): Promise<readonly SigningKey[]> {
    const at = platform.now();
    const rows = await listSigningKeys(store);
    const version = rows.map((row) => `${row.id}:${row.created_at}`).join();
    // The same keys are the same array, so that callers see at once that nothing changed.
    const keys = loaded?.version === version ? loaded.keys : rows.map((row) => open(row, secretKeys));
    loaded = { version, keys, at };
    return keys;
  }

  /** All keys, newest first: that one signs. They may be as old as `maxAge`, in milliseconds. */
  async function all(maxAge: number): Promise<readonly SigningKey[]> {
    return loaded && platform.now() - loaded.at < maxAge ? loaded.keys : load();
  }

  /** Looks for keys that another process made; requests at the same time share the look. */
  function lookUp(): Promise<readonly SigningKey[]> {
    const now = platform.now();
    if (!lookup || now - lookup.at >= unknownKeyInterval) lookup = { at: now, keys: load() };
    return lookup.keys;
  }

  async function rotate(unlessYoungerThan = 0): Promise<void> {
    const [newest] = await listSigningKeys(store);
    if (newest && platform.now() - newest.created_at < unlessYoungerThan) return;
    await addGeneration((newest?.generation ?? 0) + 1);
    await load();
  }

  async function list(): Promise<SigningKeyFacts[]> {
    const rows = await listSigningKeys(store);
    return rows.map((row, index) => ({
      id: open(row, secretKeys).jwk.kid,
      createdAt: row.created_at,
      status: index === 0 ? 'Current' : 'Previous',
    }));
  }

  if ((await load()).length === 0) {
    await addGeneration(1);
    await load();
  }

  return {
    all,

    /** The key that verifies what the key with this id signed. Keys that another process made are found too. */
    async verificationKey(kid: string): Promise<KeyObject | undefined> {
      const find = (keys: readonly SigningKey[]) => keys.find(({ jwk }) => jwk.kid === kid)?.publicKey;
      return find(await all(keysMaxAge)) ?? find(await lookUp());
    },

    list,

    /** Makes a new key and signs with it from now on; what the old keys signed still verifies. */
    rotateSigningKey: () => rotate(),

    /** Does so once the newest key has signed for this long, in milliseconds; safe in several processes at once. */
    rotateWhenOlderThan: (age: number) => rotate(age),

    /** Deletes a key: what it signed no longer verifies. @returns whether it was there; the current one stays */
    async delete(id: string): Promise<'deleted' | 'current' | 'unknown'> {
      const rows = await listSigningKeys(store);
      const index = rows.findIndex((row) => open(row, secretKeys).jwk.kid === id);
      const [row] = index < 0 ? [] : rows.slice(index);
      if (!row || index === 0) return row ? 'current' : 'unknown';
      await deleteSigningKey(store, row.id);
      await load();
      return 'deleted';
    },
  };
}

type Deps = { store: Store; platform: Platform; secretKeys: SecretKeys };

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
    return secretKeys.decrypt(encrypted, purpose);
  } catch (cause) {
    throw new Error('The signing keys do not open: the secret key of the server is not the one they were made under.', {
      cause,
    });
  }
}
