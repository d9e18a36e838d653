import { expect, test } from 'vitest';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { createCodeLinks } from './code-link.ts';

let now = 1_800_000_000_000;
const publicUrl = 'https://id.example.com';
const linksOf = (secretKey: string) =>
  createCodeLinks({ secretKeys: deriveSecretKeys(secretKey), platform: { now: () => now }, publicUrl });
const links = linksOf('the secret key of one server, long enough');
const linked = { flow: 'f', event: 'SignIn' as const, verification: 'v', code: '493817', expiresAt: now + 600_000 };
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';

test('a link holds the code where nobody but the server reads it', () => {
  const link = links.linkTo(linked);
  const token = tokenOf(link);
  expect(link).toBe(`${publicUrl}/verify?token=${token}`);
  expect(token).toMatch(/^[\w-]{100,400}$/);
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(linked.code);
  expect(links.open(token)).toEqual(linked);
  expect(links.linkTo(linked)).not.toBe(link);
});

test('a token that was changed, is of another server, or is none opens nothing', () => {
  const token = tokenOf(links.linkTo(linked));
  const changed = `${token.slice(0, 50)}${token[50] === 'A' ? 'B' : 'A'}${token.slice(51)}`;
  const others = tokenOf(linksOf('the secret key of another server, as long').linkTo(linked));
  for (const other of [changed, others, token.slice(1), '', 'x', '💌']) expect(links.open(other)).toBeUndefined();
});

test('a link ends with its code', () => {
  const token = tokenOf(links.linkTo(linked));
  now += 600_000;
  expect(links.open(token)).toBeUndefined();
});
