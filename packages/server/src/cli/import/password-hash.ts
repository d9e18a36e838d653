import type { ForeignDigest } from '../../accounts/password-digests/read-digest.ts';
import { type SourceRecord, textOf } from './source.ts';

/** A password hash in the words of Sesame; `undefined` where Sesame cannot check one of this kind. */
export type PasswordHash = Required<Pick<ForeignDigest, 'passwordDigest' | 'passwordAlgorithm'>> | undefined;

const b64 = '([A-Za-z0-9+/_-]*)={0,2}';
const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
const legacy = (algorithm: string, args: readonly unknown[], result: string): PasswordHash => ({
  passwordAlgorithm: 'Legacy',
  passwordDigest: JSON.stringify([algorithm, [...args.map(String), '@'], result]),
});

type Form = { form: RegExp; read: (...groups: string[]) => PasswordHash };

/** Hashes that say themselves how they were made: PHC strings, and what Supabase and Kratos made after them. */
const forms: readonly Form[] = [
  { form: /^\$2[aby]\$.*$/, read: (text) => ({ passwordAlgorithm: 'Bcrypt', passwordDigest: text }) },
  {
    form: /^\$argon2(id|i|d)\$.*$/,
    read: (text, kind) => ({ passwordAlgorithm: argon2[kind as keyof typeof argon2], passwordDigest: text }),
  },
  {
    form: new RegExp(String.raw`^\$fbscrypt\$v=1,n=(\d+),r=(\d+),p=1,ss=${b64},sk=${b64}\$${b64}\$${b64}$`),
    read: (_, n, r, separator, key, salt, hash = '') => legacy('firebase-scrypt', [salt, key, separator, r, n], hash),
  },
  {
    form: new RegExp(String.raw`^\$firescrypt\$ln=(\d+),r=(\d+),p=1\$${b64}\$${b64}\$${b64}\$${b64}$`),
    read: (_, n, r, salt, hash = '', separator, key) => legacy('firebase-scrypt', [salt, key, separator, r, n], hash),
  },
  {
    form: new RegExp(String.raw`^\$pbkdf2-(sha1|sha256|sha512)\$i=(\d+)(?:,l=\d+)?\$${b64}\$${b64}$`),
    read: (_, digest, iterations, salt = '', hash = '') =>
      legacy('pbkdf2', [`hex:${hex(salt)}`, iterations, hex(hash).length / 2, digest], hex(hash)),
  },
  {
    form: new RegExp(String.raw`^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$${b64}\$${b64}$`),
    // Kratos writes N itself, others its logarithm.
    read: (_, ln, r, p, salt = '', hash = '') =>
      legacy(
        'scrypt',
        [`hex:${hex(salt)}`, Number(ln) < 64 ? 2 ** Number(ln) : ln, r, p, hex(hash).length / 2],
        hex(hash),
      ),
  },
  { form: /^[0-9a-f]{32}$/i, read: (text) => ({ passwordAlgorithm: 'MD5', passwordDigest: text }) },
  { form: /^[0-9a-f]{40}$/i, read: (text) => ({ passwordAlgorithm: 'SHA1', passwordDigest: text }) },
  { form: /^[0-9a-f]{64}$/i, read: (text) => ({ passwordAlgorithm: 'SHA256', passwordDigest: text }) },
];

const argon2 = { id: 'Argon2id', i: 'Argon2i', d: 'Argon2d' } as const;

/** Reads a hash by its form. */
export function readPasswordHash(text: string): PasswordHash {
  for (const { form, read } of forms) {
    const groups = form.exec(text);
    if (groups) return read(...(groups as string[]));
  }
  return undefined;
}

/** Reads `custom_password_hash` of Auth0. @see https://auth0.com/docs/manage-users/user-migration/bulk-user-imports */
export function readAuth0Hash(given: SourceRecord): PasswordHash {
  const { algorithm, hash, salt, salt_prefix: prefix, salt_suffix: suffix } = given;
  const value = bytesOf(hash, textOf(given.encoding) ?? 'hex');
  if (!value) return undefined;
  if (['md5', 'sha1', 'sha256', 'sha512'].includes(String(algorithm))) {
    const isSuffix = (salt as SourceRecord | undefined)?.position === 'suffix';
    const before = saltText(isSuffix ? prefix : (salt ?? prefix));
    const after = saltText(isSuffix ? salt : suffix);
    if (before === undefined || after === undefined) return undefined;
    const args = JSON.stringify([algorithm, [before, '@', after].filter(Boolean), value.toString('hex')]);
    return { passwordAlgorithm: 'Legacy', passwordDigest: args };
  }
  if (algorithm === 'scrypt') {
    const { keylen, cost = 16384, blockSize = 8, parallelization = 1 } = given;
    const saltBytes = bytesOf(salt, 'utf8');
    return (
      saltBytes &&
      legacy(
        'scrypt',
        [`hex:${saltBytes.toString('hex')}`, cost, blockSize, parallelization, keylen ?? value.length],
        value.toString('hex'),
      )
    );
  }
  return readPasswordHash(value.toString());
}

/** A text, or `{value, encoding}`; PHC strings are texts whatever the encoding says. */
function bytesOf(given: unknown, encoding: string): Buffer | undefined {
  const { value = given, encoding: own = encoding } = (typeof given === 'object' && given ? given : {}) as SourceRecord;
  const text = textOf(value);
  if (text === undefined) return undefined;
  return Buffer.from(text, text.startsWith('$') ? 'utf8' : own === 'base64' || own === 'hex' ? own : 'utf8');
}

/** Salts stand in a text; bytes that are none cannot. */
function saltText(given: unknown): string | undefined {
  if (given === undefined || given === null) return '';
  const bytes = bytesOf(given, 'utf8');
  const text = bytes?.toString();
  return text !== undefined && bytes && Buffer.from(text).equals(bytes) ? text : undefined;
}
