import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../config.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { urlParameters } from './parameters.ts';

const nothing = {
  user: undefined,
  password: undefined,
  database: undefined,
  servers: [{ host: undefined, port: undefined }],
  targetSessionAttrs: 'any',
  sslMode: 'prefer',
  sslRootCert: undefined,
  clientCertificate: undefined,
  schema: undefined,
  applicationName: undefined,
  connectTimeoutSeconds: undefined,
  sessionSettings: {},
};
const server = (host?: string, port?: number) => ({ host, port });

test.each([
  ['postgres://', {}],
  ['postgresql://', {}],
  ['postgresql://localhost', { servers: [server('localhost')] }],
  ['postgresql://localhost:5433', { servers: [server('localhost', 5433)] }],
  ['postgresql://localhost/mydb', { servers: [server('localhost')], database: 'mydb' }],
  ['postgresql://user@localhost', { servers: [server('localhost')], user: 'user' }],
  ['postgresql://user:secret@localhost', { servers: [server('localhost')], user: 'user', password: 'secret' }],
  [
    'postgresql://host1:123,host2:456/somedb?target_session_attrs=primary&application_name=myapp',
    {
      servers: [server('host1', 123), server('host2', 456)],
      database: 'somedb',
      targetSessionAttrs: 'primary',
      applicationName: 'myapp',
    },
  ],
  ['postgresql:///mydb?host=localhost&port=5433', { servers: [server('localhost', 5433)], database: 'mydb' }],
  ['postgresql://[2001:db8::1234]/database', { servers: [server('2001:db8::1234')], database: 'database' }],
  ['postgresql:///dbname?host=/var/lib/postgresql', { servers: [server('/var/lib/postgresql')], database: 'dbname' }],
  ['postgresql://%2Fvar%2Flib%2Fpostgresql/dbname', { servers: [server('/var/lib/postgresql')], database: 'dbname' }],
])('%s, an example of the manual of libpq', (url, says) => {
  expect(parseDatabaseUrl(url)).toEqual({ ...nothing, ...says });
});

test.each([
  [
    'postgres://u:p@/db?host=/run/postgresql',
    { servers: [server('/run/postgresql')], user: 'u', password: 'p', database: 'db' },
  ],
  ['postgres://u@h1:5432,h2/db', { servers: [server('h1', 5432), server('h2')], user: 'u', database: 'db' }],
  ['postgres://h1,[::1]:6000,10.0.0.1/', { servers: [server('h1'), server('::1', 6000), server('10.0.0.1')] }],
  ['postgres://h1,h2:1/db?port=6432', { servers: [server('h1', 6432), server('h2', 6432)], database: 'db' }],
  ['postgres:///?host=h1,h2&port=1,2', { servers: [server('h1', 1), server('h2', 2)] }],
  ['postgres://?host=/a,/b', { servers: [server('/a'), server('/b')] }],
  [
    'postgres://u%40x:p%3A%2F%25+%20@h/d%2Fb',
    { servers: [server('h')], user: 'u@x', password: 'p:/%+ ', database: 'd/b' },
  ],
  ['postgres://u:p@ss:word#1@h/db', { servers: [server('h')], user: 'u', password: 'p@ss:word#1', database: 'db' }],
  [
    'postgres://h?user=u&password=a+b%26&dbname=d',
    { servers: [server('h')], user: 'u', password: 'a+b&', database: 'd' },
  ],
  [
    'postgres://h/?sslmode=verify-ca&sslrootcert=/etc/ca.pem',
    { servers: [server('h')], sslMode: 'verify-ca', sslRootCert: '/etc/ca.pem' },
  ],
  ['postgres://h/?sslrootcert=system', { servers: [server('h')], sslMode: 'verify-full', sslRootCert: 'system' }],
  ['postgres://h/?sslcert=a&sslkey=b', { servers: [server('h')], clientCertificate: { cert: 'a', key: 'b' } }],
  [
    'postgres://h/?schema=My+Schema&connect_timeout=0',
    { servers: [server('h')], schema: 'My+Schema', connectTimeoutSeconds: 0 },
  ],
  ['postgres://h/?prepared_statements=true', { servers: [server('h')], preparedStatements: true }],
  ['postgres://h/?prepared_statements=false', { servers: [server('h')], preparedStatements: false }],
  [
    'postgres://h/?options=-c search_path=a\\ b,c -cstatement_timeout=1s%20--lock-timeout=2s',
    { servers: [server('h')], sessionSettings: { search_path: 'a b,c', statement_timeout: '1s', lock_timeout: '2s' } },
  ],
])('%s', (url, says) => {
  expect(parseDatabaseUrl(url)).toEqual({ ...nothing, ...says });
});

test.each(['disable', 'allow', 'prefer', 'require', 'verify-full'])('sslmode=%s', (mode) => {
  expect(parseDatabaseUrl(`postgres://h/?sslmode=${mode}`).sslMode).toBe(mode);
});

test.each([
  [
    'postgres://h/?sslmod=require',
    /The parameter sslmod is not taken; these are: host, port, .*prepared_statements\.$/,
  ],
  ['postgres://h/?ssl=true', /The parameter ssl is not taken/],
  ['postgres://h/?sslmode=require&channel_binding=require', /The parameter channel_binding is not taken/],
  ['postgres://h/?pgbouncer=true&connection_limit=1', /The parameter pgbouncer is not taken/],
  ['postgres://h/?uselibpqcompat=true', /uselibpqcompat/],
  ['postgres://h/?constructor=1', /constructor is not taken/],
  ['postgres://h/?sslmode=no-verify', /sslmode takes disable, allow, prefer, require, verify-ca or verify-full/],
  ['postgres://h/?sslmode=verify-ca', /needs sslrootcert/],
  ['postgres://h/?sslmode=require&sslrootcert=system', /goes with sslmode=verify-full only/],
  ['postgres://h/?target_session_attrs=standby', /target_session_attrs takes any, read-write or primary/],
  ['postgres://h/?target_session_attrs=prefer-standby', /target_session_attrs takes/],
  ['postgres://h/?sslcert=/etc/cert.pem', /go together/],
  ['postgres://h/?schema=', /The parameter schema is empty/],
  ['postgres://h/?schema=a&schema=b', /The parameter schema is there twice/],
  ['postgres://h/?connect_timeout=soon', /connect_timeout takes whole seconds/],
  ['postgres://h/?connect_timeout=-1', /connect_timeout takes whole seconds/],
  ['postgres://h/?prepared_statements=off', /prepared_statements takes true or false/],
  ['postgres://h/?options=-d5', /options takes settings as -c name=value/],
  ['postgres://h/?options=-c', /options takes settings as -c name=value/],
  ['postgres://h:0/', /port takes numbers from 1 to 65535/],
  ['postgres://h:65536/', /port takes numbers/],
  ['postgres:///?host=a,b&port=1,2,3', /as many as there are hosts/],
  ['postgres://a:b:c/', /A host is a name/],
  ['postgres://::1/', /A host is a name/],
  ['postgres://u:50%@h/', /The password has a percent sign/],
  ['postgres://u%00:p@h/', /The user has a zero character/],
  ['postgres://u:p@h/db%00', /The database name has a zero character/],
  ['postgres://%00:1/db', /zero character/],
  ['postgres://h/db?application_name=%00', /zero character/],
  ['postgres://h/%zz', /The database name has a percent sign/],
  ['postgres://u:open/barley@h/db', /a slash is written %2F/],
  ['postgres://u:12/barley@h/db', /a slash is written %2F/],
  ['postgres://u:12?barley@h/db', /after the question mark is not taken/],
])('%s is refused at the start, by name', (url, reason) => {
  const read = () => readConfig({ SESAME_DATABASE_URL: url });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(reason);
  expect(read).toThrow(/^SESAME_DATABASE_URL cannot be used: /);
  expect(read).not.toThrow(/barley|open/);
});

test('every parameter that is taken is in the documentation of the setting', async () => {
  const { settings } = await import('../settings.ts');
  for (const name of urlParameters) expect(settings.SESAME_DATABASE_URL.about).toContain(`\`${name}\``);
});
