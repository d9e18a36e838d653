import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { ProviderFetch } from '@sesame/connector-kit';
import { v7 as uuidv7 } from 'uuid';
import { createDns, type Dns } from './network/dns.ts';
import { createProviderFetch } from './network/provider-fetch.ts';
import { proxiesOf } from './network/proxies.ts';
import { createPublicFetch } from './network/public-fetch.ts';

/** The outside world: clock, randomness, network, and what work costs in it. Tests pass their own. */
export type Platform = {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A whole number from 0 up to, not including, `limit`, from a cryptographic generator. */
  randomInt: (limit: number) => number;
  randomBytes: (size: number) => Buffer;
  randomUUID: () => string;
  /** Asks a provider, through the proxy of the environment where there is one. */
  fetch: ProviderFetch;
  /** The same for what is to be on the public internet. */
  publicFetch: ProviderFetch;
  dns: Dns;
  sleep: (milliseconds: number) => Promise<void>;
  /** What Argon2id spends on a digest of a password: KiB of memory, passes over it, and lanes. */
  passwordCost: { memory: number; passes: number; parallelism: number };
};

const blockBytes = 4096;

/**
 * The real clock, randomness and network, without the DNS that the settings name. Passwords cost what OWASP recommends:
 * 19 MiB, two passes, one lane.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
export const platform: Platform = {
  now: Date.now,
  randomInt: (limit) => randomInt(limit),
  randomBytes: createRandomBytes(),
  randomUUID: () => randomUUID(),
  fetch: createProviderFetch({ proxies: proxiesOf(process.env) }),
  publicFetch: createPublicFetch({ proxies: proxiesOf(process.env) }),
  dns: createDns('off'),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  passwordCost: { memory: 19_456, passes: 2, parallelism: 1 },
};

/** Asking the system costs the same for one byte and for thousands, so small wishes are met from a block. */
function createRandomBytes(): Platform['randomBytes'] {
  let block = Buffer.alloc(0);
  return (size) => {
    if (size > blockBytes / 16) return randomBytes(size);
    if (block.length < size) block = randomBytes(blockBytes);
    const bytes = Buffer.from(block.subarray(0, size));
    // What was handed out is nowhere but there.
    block.fill(0, 0, size);
    block = block.subarray(size);
    return bytes;
  };
}

let last = { msecs: Number.NaN, seq: 0 };

/** A new id that sorts by time, and in a process also within a millisecond (UUID version 7, RFC 9562, 6.2, method 1). */
export function newId({ now, randomBytes }: Pick<Platform, 'now' | 'randomBytes'>): string {
  const msecs = now();
  const random = randomBytes(16);
  // Half of the range is left for those of the same millisecond.
  last = { msecs, seq: msecs === last.msecs ? last.seq + 1 : random.readUInt32BE(6) >>> 1 };
  return uuidv7({ ...last, random });
}

/** 32 letters and digits, none of which is taken for another. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** So often there is a letter, so that no id has as many digits in a row as a phone number. */
const letterEvery = 6;
const letters = alphabet.slice(10, 26);

/** A new id of so many characters, mostly 5 bits each, for what Logto's callers expect to have short ids. */
export function newShortId({ randomBytes }: Pick<Platform, 'randomBytes'>, characters: number): string {
  return Array.from(randomBytes(characters), (byte, index) => {
    const from = index % letterEvery === 0 ? letters : alphabet;
    return from[byte % from.length];
  }).join('');
}
