import { type Argon2Algorithm, argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type DigestReader, type PasswordAlgorithm, requireAtMost, UnusableDigest } from './password-digest.ts';

const form =
  /^\$(argon2(?:id|i|d))\$(?:v=(\d+)\$)?m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$([A-Za-z0-9+/]+)=*\$([A-Za-z0-9+/]+)=*$/;
const algorithms: Record<string, PasswordAlgorithm> = { argon2i: 'Argon2i', argon2id: 'Argon2id', argon2d: 'Argon2d' };
const version = '19';
const maxMemoryKiB = 256 * 1024;
/** Memory times passes: four passes over the most memory. */
const maxWork = 4 * maxMemoryKiB;
const maxLanes = 16;
const derive = promisify(argon2);

/**
 * Argon2 in the PHC string format.
 * @see https://github.com/P-H-C/phc-string-format
 * @see https://www.rfc-editor.org/rfc/rfc9106
 */
export const readArgon2: DigestReader = (text) => {
  if (!text.startsWith('$argon2')) return undefined;
  const [, name = '', stated, memory, passes, parallelism, salt = '', hash = ''] = form.exec(text) ?? [];
  const algorithm = algorithms[name];
  if (!algorithm) throw new UnusableDigest('Argon2 has the form $argon2id$v=19$m=19456,t=2,p=1$salt$hash.');
  if (stated !== version) throw new UnusableDigest('Only version 19 (0x13) of Argon2 is known: $argon2id$v=19$….');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  checkCost(cost);
  const nonce = Buffer.from(salt, 'base64');
  const expected = Buffer.from(hash, 'base64');
  if (nonce.length < 8 || expected.length < 16) {
    throw new UnusableDigest('Argon2 takes a salt of 8 bytes or more and a hash of 16 bytes or more.');
  }
  return {
    algorithm,
    matches: async (message) => {
      const actual = await derive(name as Argon2Algorithm, { ...cost, nonce, message, tagLength: expected.length });
      return timingSafeEqual(actual, expected);
    },
  };
};

function checkCost({ memory, passes, parallelism }: { memory: number; passes: number; parallelism: number }): void {
  requireAtMost('The memory of Argon2 (m, KiB)', memory, maxMemoryKiB);
  requireAtMost('Memory times passes of Argon2 (m × t)', memory * passes, maxWork);
  requireAtMost('The parallelism of Argon2 (p)', parallelism, maxLanes);
  if (passes < 1 || parallelism < 1 || memory < 8 * parallelism) {
    throw new UnusableDigest('Argon2 takes one pass or more, one lane or more, and 8 KiB or more of memory a lane.');
  }
}
