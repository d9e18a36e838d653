import { expect, test } from 'vitest';
import { warnOfUnread, withVariables } from './libpq-variables.ts';

const variables = {
  PGSSLMODE: 'verify-full',
  PGSSLROOTCERT: '/etc/ssl/our authority.pem',
  PGTARGETSESSIONATTRS: 'read-write',
  PGCONNECT_TIMEOUT: '',
  PGHOST: 'elsewhere',
};

test.each([
  [
    'postgres://db/x',
    '?sslmode=verify-full&sslrootcert=%2Fetc%2Fssl%2Four%20authority.pem&target_session_attrs=read-write',
  ],
  [
    'postgres://db/x?sslmode=disable',
    '&sslrootcert=%2Fetc%2Fssl%2Four%20authority.pem&target_session_attrs=read-write',
  ],
  ['postgres://db/x?sslmode=require&sslrootcert=a&target_session_attrs=any', ''],
])('%s says what it says, and variables the rest', (url, added) => {
  expect(withVariables(url, variables)).toBe(`${url}${added}`);
  expect(withVariables(url, {})).toBe(url);
});

test('variables that are not read are named', () => {
  expect(warnOfUnread(variables)).toEqual([]);
  expect(warnOfUnread({ ...variables, PGSERVICE: 'x', PGHOSTADDR: '192.0.2.1' })).toEqual([
    'PGSERVICE, PGHOSTADDR are for PostgreSQL’s own programs; Sesame goes without.',
  ]);
});
