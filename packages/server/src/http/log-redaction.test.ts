import { expect, test } from 'vitest';
import { redact } from './log-redaction.ts';

test.each([
  'authorization',
  'Proxy-Authorization',
  'cookie',
  'set-cookie',
  'password',
  'newPassword',
  'code',
  'verificationCode',
  'verification_code',
  'secret',
  'client_secret',
  'token',
  'accessToken',
  'refresh_token',
  'config',
  'authToken',
  'apiKeySecret',
  'accessKeySecret',
  'secretKey',
  'privateKey',
  'password_digest',
  'payload',
  'text',
])('takes out %s at any depth', (key) => {
  const secrets = ['s3cret', 123456, ['s3cret'], { deep: 's3cret' }];
  for (const secret of secrets) {
    expect(redact({ a: [{ b: { [key]: secret } }] })).toEqual({ a: [{ b: { [key]: '[redacted]' } }] });
  }
});

test('leaves alone what is no secret', () => {
  const line = {
    level: 'warn',
    time: 1_763_800_000_000,
    route: '/api/verification-codes',
    statusCode: 502,
    errorCode: 'verification_code.code_mismatch',
    providerCode: '21614',
    isTokenValid: true,
    data: { kind: 'recipient', segments: 2, retryAfterSeconds: null },
    message: 'HTTP 400 after 1500 ms at 2026-01-02T03:04:05+00:00',
  };
  expect(redact(line)).toEqual(line);
});

test.each([
  ['no route to +8613800138000.', 'no route to +86 ••• 00.'],
  ['?to=%2B8613800138000', '?to=+86 ••• 00'],
  ['sent Bearer abc.def-123', 'sent Bearer [redacted]'],
  ['sent Basic dXNlcjpwYXNz==', 'sent Basic [redacted]'],
  ['postgres://user:pass@db:5432/x', 'postgres://[redacted]@db:5432/x'],
  ['GET /x?a=1&code=123456&b=2', 'GET /x?a=1&code=[redacted]&b=2'],
  ['{"code": "1\\"2","password":123}', '{"code": "[redacted]","password":"[redacted]"}'],
  ['/oidc/auth?login_hint=8613800138000', '/oidc/auth?login_hint=[redacted]'],
])('%s is logged as %s', (text, logged) => {
  expect(redact({ message: text })).toEqual({ message: logged });
});

test.each(['recipient', 'to', 'phone', 'phone_number'])('masks numbers under %s, with or without a plus', (key) => {
  expect(redact({ [key]: '8613800138000' })).toEqual({ [key]: '••• 00' });
  expect(redact({ [key]: ['+8613800138000'] })).toEqual({ [key]: ['+86 ••• 00'] });
  expect(redact({ [key]: 8613800138000 })).toEqual({ [key]: '••• 00' });
});

test('masks a number that a provider quotes in its own spelling', () => {
  const data = { providerMessage: "'138 0013 8000' is no number", requestId: '20261126101500' };
  expect(redact({ err: { data } })).toEqual({ err: { data: { ...data, providerMessage: "'••• 00' is no number" } } });
});

test('masks addresses wherever they are, and leaves nothing of a password before a host', () => {
  const line = {
    to: 'ali.baba@example.com',
    providerMessage: 'No mailbox <ali.baba@example.com>',
    url: '/x?email=ali%40example.com',
  };
  expect(redact(line)).toEqual({
    to: 'a•••@example.com',
    providerMessage: 'No mailbox <a•••@example.com>',
    url: '/x?email=[redacted]',
  });
  expect(redact({ msg: 'postgres://sesame:barley@example.com/x' })).toEqual({
    msg: 'postgres://[redacted]@example.com/x',
  });
});
