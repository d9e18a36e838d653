import { Worker } from 'node:worker_threads';
import { type DigestReader, requireAtMost, UnusableDigest } from './password-digest.ts';

const form = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const maxCost = 15;

/** Bcrypt as `$2a$`, `$2b$` or `$2y$`. As everywhere, what comes after the first 72 bytes of a password does not count. */
export const readBcrypt: DigestReader = (text) => {
  if (!text.startsWith('$2')) return undefined;
  const cost = form.exec(text)?.[1];
  if (!cost) throw new UnusableDigest('Bcrypt has the form $2b$10$ and 53 characters; $2a$ and $2y$ are the same.');
  requireAtMost('The cost of Bcrypt', Number(cost), maxCost);
  if (Number(cost) < 4) throw new UnusableDigest('The cost of Bcrypt is 4 or more.');
  return { algorithm: 'Bcrypt', matches: (password) => inThread({ password, digest: text }) };
};

/**
 * Bcrypt is not in Node; in plain JavaScript it would hold up everybody. An account checks it once: then it is
 * Argon2id.
 */
function inThread(workerData: { password: string; digest: string }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./bcrypt-thread.ts', import.meta.url), { workerData });
    thread.once('message', resolve).once('error', reject);
    thread.once('exit', () => reject(new Error('The thread that checks a password ended without an answer.')));
  });
}
