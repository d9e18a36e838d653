import { expect, test } from 'vitest';
import { schemeMissing, withScheme } from './web-address.ts';

test.each([
  ['example.com', 'https://example.com'],
  ['example.com/terms', 'https://example.com/terms'],
  ['example.com?page=2', 'https://example.com?page=2'],
  ['example.com:8443/a', 'https://example.com:8443/a'],
  ['//example.com/a', 'https://example.com/a'],
  ['münchen.example/hilfe', 'https://münchen.example/hilfe'],
  ['10.0.0.1:3000', 'https://10.0.0.1:3000'],
  ['gateway:8080/send', 'https://gateway:8080/send'],
  ['localhost', 'http://localhost'],
  ['LOCALHOST:3000/callback', 'http://LOCALHOST:3000/callback'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
])('%s lacks its scheme', (written, whole) => {
  expect(withScheme(written)).toBe(whole);
  expect(schemeMissing(written)).toContain(`put ${whole.split('//')[0]}// in front, for example ${whole}`);
});

test.each([
  ...['https://example.com', 'http://localhost:3000', 'com.example.app:/callback', 'mailto:help@example.com'],
  ...[
    'help@example.com',
    'data:image/png;base64,AA==',
    'urn:example:api',
    'javascript:alert(1)',
    'x',
    '',
    '/path',
    '*',
  ],
])('%j has one, or is no address of a host', (written) => {
  expect(withScheme(written)).toBeUndefined();
  expect(schemeMissing(written)).toBeUndefined();
});
