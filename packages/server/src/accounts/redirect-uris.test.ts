import { describe, expect, test } from 'vitest';
import { redirectUriProblem } from './redirect-uris.ts';

describe('redirect URIs', () => {
  test.each([
    ['SPA', 'https://app.example.com/callback'],
    ['SPA', 'https://app.example.com/callback?from=sesame'],
    ['Traditional', 'http://localhost:3000/callback'],
    ['Traditional', 'http://127.0.0.1/callback'],
    ['SPA', 'http://[::1]:8080/'],
    ['Native', 'com.example.app:/callback'],
    ['Native', 'myapp://callback'],
    ['Native', 'http://127.0.0.1/callback'],
    ['Native', 'https://app.example.com/callback'],
  ] as const)('%s may have %s', (type, uri) => {
    expect(redirectUriProblem(uri, type)).toBeUndefined();
  });

  test.each([
    ['SPA', 'http://app.example.com/callback', 'https'],
    ['SPA', 'http://localhost.example.com/callback', 'https'],
    ['SPA', 'http://localhost@example.com/', 'user name'],
    ['SPA', 'myapp://callback', 'https'],
    ['Traditional', '/callback', 'absolute'],
    ['SPA', 'https://app.example.com/call\u0000back', 'absolute'],
    ['Native', 'myapp://call\u001bback', 'absolute'],
    ['Traditional', 'app.example.com', 'https://app.example.com'],
    ['SPA', 'app.example.com/callback', 'put https:// in front, for example https://app.example.com/callback'],
    ['SPA', '//app.example.com/callback', 'for example https://app.example.com/callback'],
    ['SPA', 'localhost:3000/callback', 'put http:// in front, for example http://localhost:3000/callback'],
    ['Traditional', 'app:3000/callback', 'The scheme is missing'],
    ['Native', 'localhost:3000', 'or the scheme of the application'],
    ['SPA', 'ftp://app.example.com/callback', 'Use https in place of ftp'],
    ['Traditional', ' https://app.example.com', 'absolute'],
    ['Traditional', 'https://app.example.com\\@evil.example', 'absolute'],
    ['SPA', 'https://*.example.com/callback', 'Wildcards'],
    ['SPA', 'https://app.example.com/#', '#'],
    ['SPA', 'https://user:pass@app.example.com/', 'user name'],
    ['Native', 'javascript:alert(1)', 'scheme'],
    ['Native', 'data:text/html,hi', 'scheme'],
    ['Native', 'https://localhost/callback', 'http for localhost'],
    ['Native', 'http://192.168.0.2/callback', 'https'],
    ['MachineToMachine', 'https://app.example.com/callback', 'machine-to-machine'],
  ] as const)('%s may not have %s', (type, uri, reason) => {
    expect(redirectUriProblem(uri, type)).toContain(reason);
  });
});
