import { problemsOf } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { config } from './test-account.ts';

const complete = { ...config, port: 587 };

test.each([
  ['auth', { auth: { user: 'jo', clientId: 'x' } }],
  ['auth', { auth: 'jo:secret' }],
  ['auth', { auth: { user: 'jo', refreshToken: 'x', accessUrl: 'http://tokens.example' } }],
  ['fromEmail', { fromEmail: 'Sesame' }],
  ['fromEmail', { fromEmail: 'a@example.com, b@example.com' }],
  ['fromEmail', { fromEmail: 'a@example.com\r\nBcc: b@example.com' }],
  ['replyTo', { replyTo: 'a@example.com\nBcc: b@example.com' }],
  ['port', { port: 0 }],
  ['tls', { tls: { rejectUnauthorised: false } }],
  ['tls.rejectUnauthorized', { tls: { rejectUnauthorized: 'no' } }],
  ['customHeaders.X-A', { customHeaders: { 'X-A': 'a\r\nBcc: b@example.com' } }],
  ['customHeaders.X-A: b', { customHeaders: { 'X-A: b': 'a' } }],
  ['customHeaders.bcc', { customHeaders: { bcc: 'b@example.com' } }],
  ['customHeaders.X-A', { customHeaders: { 'X-A': 'a\u2028Bcc: b@example.com' } }],
  ['replyTo', { replyTo: 'a\u2028b <a@example.com>' }],
  ['fromEmail', { fromEmail: 'a\u2028b <a@example.com>' }],
  ['host', { host: 'a.example\r\nb' }],
  ['name', { name: 'a.example\r\nRCPT TO:<b@example.com>' }],
  ['localAddress', { localAddress: '127.0.0.1\nb' }],
  ['servername', { servername: 'a.example\nb' }],
  ['host', { host: 'smtp://mail.example.com' }],
  ['host', { host: 'mail.example.com:587' }],
  ['host', { host: '[2001:db8::1]' }],
  ['name', { name: 'my server' }],
  ['name', { name: 'm\u00fcller' }],
  ['localAddress', { localAddress: 'eth0' }],
  ['auth', { auth: { user: 'jo\r\nMAIL FROM:<>', pass: 'secret' } }],
  ['templates.0.subject', { templates: config.templates.map((template) => ({ ...template, subject: 'a\r\nb' })) }],
])('with a wrong %s is refused by name: %j', (path, change) => {
  const paths = problemsOf(configGuard, { ...complete, ...change }).map(([at]) => at);
  expect(paths[0]).toBe(path);
});

test.each([
  ['no sign-in', { auth: {} }],
  ['a user and a password', { auth: { type: 'login', user: 'jo', pass: ' secret ' } }],
  ['a service account', { auth: { user: 'jo', serviceClient: 'x', privateKey: '-----BEGIN', type: 'OAUTH2' } }],
  ['a refresh token', { auth: { user: 'jo', refreshToken: 'x', clientId: '', expires: '1', accessUrl: '' } }],
  ['empty fields', { name: '', localAddress: '', replyTo: '', connectionTimeout: '', servername: '', tls: {} }],
  [
    'what Logto fills in',
    { logger: false, debug: false, disableFileAccess: false, disableUrlAccess: false, secure: false },
  ],
  ['an address of IPv6', { host: '2001:db8::1', localAddress: '::1' }],
  ['an address of IPv4', { host: '::ffff:192.0.2.1', localAddress: '127.0.0.1', name: '[192.0.2.1]' }],
  ['a domain in any script', { host: 'b\u00fccher.example' }],
  ['lists of headers', { customHeaders: { 'X-A': ['a', 'b'] } }],
])('may have %s', (_, change) => {
  expect(problemsOf(configGuard, { ...complete, ...change })).toEqual([]);
});

test('the name of a header that cannot be one is refused in words', () => {
  const problems = problemsOf(configGuard, { ...complete, customHeaders: { bcc: 'b@example.com', 'X A': 'a' } });
  expect(problems.map(([, message]) => message)).toEqual([
    'The mail sets this header itself; leave it out.',
    'A header has a name of ASCII characters without spaces and colons.',
  ]);
});
