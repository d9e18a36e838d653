import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { CookieSignatures } from './cookies.ts';

// What signed the cookies that browsers have comes with oidc-provider.
const require = createRequire(import.meta.resolve('oidc-provider'));
const Keygrip = createRequire(require.resolve('koa'))('keygrip');

test('cookies are signed as Keygrip signs them, and no signature but that is right', () => {
  const { cookies } = deriveSecretKeys('a secret key of the server, long enough');
  const signatures = new CookieSignatures(cookies);
  const keygrip = new Keygrip([cookies.export().toString('base64url')]);
  // Each of the characters that differ between the two kinds of base64 comes up.
  for (let index = 0; index < 100; index++) {
    const pair = `_session=session-${index}`;
    const signature = signatures.sign(pair);
    expect(signature).toBe(keygrip.sign(pair));
    expect(keygrip.index(pair, signature)).toBe(0);
    expect(signatures.index(pair, keygrip.sign(pair))).toBe(0);
    expect(signatures.index(`${pair}0`, signature)).toBe(-1);
    expect(signatures.verify(pair, `${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`)).toBe(false);
    expect(signatures.verify(pair, '')).toBe(false);
  }
});
