import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PasswordAlgorithm } from './password-digest.ts';
import { checkForeignDigest, readDigest } from './read-digest.ts';

const legacy = (...parts: [string, string[], string]) => JSON.stringify(parts);
const firebase = {
  salt: '42xEC+ixf3L2lw==',
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  separator: 'Bw==',
  hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
};
const { salt, signerKey, separator, hash } = firebase;
const firebaseDigest = (...cost: [string, string]) =>
  legacy('firebase-scrypt', [salt, signerKey, separator, ...cost, '@'], hash);
const rfc7914 =
  '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887';

/** Published answers: each algorithm's reference, RFC 6070, RFC 7914, OpenWall's bcrypt, Firebase's own, Logto's tests. */
const knownAnswers: [PasswordAlgorithm, string, string][] = [
  ['Argon2id', 'password', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'],
  ['Argon2i', 'password', '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA'],
  [
    'Argon2i',
    'logto-decoy-do-not-use',
    '$argon2i$v=19$m=8192,t=8,p=1$bG9ndG8tZGVjb3ktc2FsdA$mH8wiuxK7kCjJZJRxvXCN5BxUczufmGgV1stRYErj6w',
  ],
  ['Bcrypt', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['Bcrypt', 'U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['Bcrypt', 'U*U', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['MD5', 'password', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['SHA1', 'password', '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8'],
  ['SHA256', 'password', '5E884898DA28047151D0E56F8DC6292773603D0D6AABBDD62A11EF721D1542D8'],
  [
    'Legacy',
    'password123',
    legacy('sha256', ['salt123', '@'], 'c465f66c6ac481a7a17e9ed5b4e2e7e7288d892f12bf1c95c140901e9a70436e'),
  ],
  ['Legacy', 'mypass', legacy('sha1', ['prefix', '@', 'suffix'], '1e51b70835fc01a385d43117299e147203d098c6')],
  [
    'Legacy',
    'password',
    '["sha512", ["@"], "b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb980b1d7785e5976ec049b46df5f1326af5a2ea6d103fd07c95385ffab0cacbc86"]',
  ],
  [
    'Legacy',
    'password',
    legacy('pbkdf2', ['salt', '4096', '20', 'sha1', '@'], '4b007901b765489abead49d926f721d065a429c1'),
  ],
  [
    'Legacy',
    'password',
    legacy('pbkdf2Sync', ['hex:73616c74', '4096', '20', 'sha1', '@'], '4B007901B765489ABEAD49D926F721D065A429C1'),
  ],
  ['Legacy', 'pleaseletmein', legacy('scrypt', ['SodiumChloride', '16384', '8', '1', '64', '@'], rfc7914)],
  ['Legacy', 'user1password', firebaseDigest('8', '14')],
  [
    'Legacy',
    'user1password',
    legacy(
      'firebase-scrypt',
      [salt, signerKey.replaceAll('/', '_').replaceAll('+', '-'), separator, '8', '14', '@'],
      hash,
    ),
  ],
];

describe('a digest that was made elsewhere', () => {
  test.each(knownAnswers)('%s of %j: %s', async (passwordAlgorithm, password, passwordDigest) => {
    const kept = checkForeignDigest({ passwordAlgorithm, passwordDigest });
    const digest = readDigest(kept ?? '');
    expect(digest.algorithm).toBe(passwordAlgorithm);
    expect(await digest.matches(password)).toBe(true);
    expect(await digest.matches(`${password}x`)).toBe(false);
    expect(await digest.matches('')).toBe(false);
  });

  test('of scrypt may take more memory than Node allows by itself', async () => {
    const result = scryptSync('open sesame', 'salt', 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 27 }).toString('hex');
    const { matches } = readDigest(legacy('scrypt', ['salt', String(2 ** 15), '8', '1', '32', '@'], result));
    expect(await matches('open sesame')).toBe(true);
    expect(await readDigest(firebaseDigest('8', '15')).matches('user1password')).toBe(false);
  });

  const bcrypt = '.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';
  test.each<[PasswordAlgorithm, string, string]>([
    ['Argon2id', '$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', '262144'],
    ['Argon2id', '$argon2id$v=19$m=65536,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', 'm × t'],
    [
      'Argon2id',
      '$argon2id$v=19$m=8,t=9999999999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      'm × t',
    ],
    ['Argon2id', '$argon2id$v=19$m=65536,t=1,p=64$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', '16'],
    [
      'Argon2id',
      '$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      'version 19',
    ],
    ['Argon2id', '$argon2id$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', 'version 19'],
    ['Argon2d', '$argon2x$', '$argon2id$v=19$'],
    ['Argon2d', knownAnswers[0]?.[2] ?? '', 'of Argon2id'],
    ['Bcrypt', `$2b$16$CCCCCCCCCCCCCCCCCCCCC${bcrypt}`, '15'],
    ['Bcrypt', `$2b$03$CCCCCCCCCCCCCCCCCCCCC${bcrypt}`, '4 or more'],
    ['Bcrypt', `$2x$05$CCCCCCCCCCCCCCCCCCCCC${bcrypt}`, '$2b$10$'],
    ['Bcrypt', '$2b$10$short', '53 characters'],
    ['MD5', '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8', 'of SHA1'],
    ['SHA256', 'not hexadecimal', 'none of the forms'],
  ])('%s %s is refused by name', (passwordAlgorithm, passwordDigest, words) => {
    expect(() => checkForeignDigest({ passwordAlgorithm, passwordDigest })).toThrow(
      expect.objectContaining({
        code: 'guard.invalid_input',
        data: { issues: [{ in: 'body', path: 'passwordDigest', message: expect.stringContaining(words) }] },
      }),
    );
  });

  const anyResult = '00'.repeat(32);
  test.each([
    ['sha256', 'format'],
    ['["sha256"', 'format'],
    ['["sha256",["salt"],"00"]', 'format'],
    ['["sha256",["@"]]', 'format'],
    [legacy('sha256', ['@'], 'hash'), 'format'],
    [legacy('sha256', ['@'], '00'), 'format'],
    [legacy('pbkdf2', ['hex:zz', '1000', '32', 'sha256', '@'], anyResult), 'format'],
    [legacy('pbkdf2', ['salt', '5000001', '32', 'sha256', '@'], anyResult), 'format'],
    [legacy('pbkdf2', ['salt', '3000000', '64', 'sha256', '@'], anyResult.repeat(2)), 'format'],
    [legacy('pbkdf2', ['salt', 'many', '32', 'sha256', '@'], anyResult), 'format'],
    [legacy('pbkdf2', ['salt', '1000', '32', 'sha256', '@'], '00'), 'format'],
    [legacy('scrypt', ['salt', '262144', '8', '1', '32', '@'], anyResult), 'format'],
    [legacy('scrypt', ['salt', '131072', '8', '2', '32', '@'], anyResult), 'format'],
    [legacy('scrypt', ['salt', '1000', '8', '1', '32', '@'], anyResult), 'format'],
    [firebaseDigest('8', '18'), 'format'],
    [firebaseDigest('0', '14'), 'format'],
    [firebaseDigest('8', 'NaN'), 'format'],
    [legacy('firebase-scrypt', [salt, signerKey, separator, '8', '14', '@'], 'AAAA'), 'format'],
    [legacy('pbkdf2', ['salt', '1000', '32', 'none', '@'], anyResult), 'hash'],
    [legacy('invalid_algo', ['@'], 'abcd1234'), 'hash'],
    [legacy('constructor', ['@'], 'abcd1234'), 'hash'],
  ])('Legacy %s is refused for its %s', (passwordDigest, why) => {
    const code =
      why === 'hash' ? 'password.unsupported_legacy_hash_algorithm' : 'password.invalid_legacy_password_format';
    expect(() => checkForeignDigest({ passwordAlgorithm: 'Legacy', passwordDigest })).toThrow(
      expect.objectContaining({ code, status: 400, data: { message: expect.any(String) } }),
    );
  });

  test('takes its algorithm, and no password beside it', () => {
    const digest = { passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' };
    const refused = (code: string) => expect.objectContaining({ code, status: 400 });
    expect(() => checkForeignDigest(digest)).toThrow(refused('user.password_algorithm_required'));
    expect(() => checkForeignDigest({ ...digest, passwordAlgorithm: 'MD5', password: 'password' })).toThrow(
      refused('user.password_and_digest'),
    );
    expect(() => checkForeignDigest({ passwordAlgorithm: 'MD5' })).toThrow(refused('guard.invalid_input'));
    expect(checkForeignDigest({})).toBeNull();
  });
});
