import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { docsFile, referenceDocs } from '../../../scripts/reference-docs.ts';
import { ConfigError, readConfig } from './config.ts';
import { settings } from './settings.ts';
import { showSettings } from './shown-settings.ts';

const refusal = (env: Record<string, string>): ConfigError => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The settings were taken.');
};

test('needs no setting', () => {
  expect(readConfig({})).toEqual({
    port: 3001,
    host: 'localhost',
    publicUrl: 'http://localhost:3001',
    dataDir: './data',
    connectorsDir: undefined,
    databaseUrl: undefined,
    secretKey: undefined,
    olderReadingsOfSecretKey: [],
    administrator: undefined,
    managementClient: undefined,
    apiIndicator: 'http://localhost:3001/api',
    logLevel: 'info',
    trustedProxies: [],
    dns: 'system',
    metricsPort: undefined,
    messageRetentionDays: 90,
    feedbackUrl: undefined,
    allowsPrivateWebhooks: false,
    shownSettings: showSettings({}),
    isProduction: false,
    warnings: [],
  });
});

test.each(['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'])('refuses what is no proxy in %s', (name) => {
  const none = ['proxy.example:3128', 'socks5://me:secret@proxy.example', 'http://', 'http://me:100%@proxy.example'];
  for (const value of none) {
    expect(refusal({ [name]: value }).message).toBe(`${name} takes the http or https URL of a proxy.`);
  }
  for (const value of ['http://me:100%25@proxy.example:3128', 'https://proxy.example', ' \n', ''])
    readConfig({ [name]: value });
});

test('takes every setting', () => {
  const env = {
    SESAME_PORT: '8080',
    SESAME_HOST: '::',
    SESAME_PUBLIC_URL: 'https://Sign-In.example.com:443/',
    SESAME_DATA_DIR: '/var/lib/sesame',
    SESAME_CONNECTORS_DIR: '/opt/connectors',
    SESAME_DATABASE_URL: 'postgres://sesame:pa%40ss@db/sesame?sslmode=require',
    SESAME_SECRET_KEY: 'one key of 32 characters, or so.',
    SESAME_ADMIN_USERNAME: 'admin@example.com',
    SESAME_ADMIN_PASSWORD: 'open sesame',
    SESAME_MANAGEMENT_CLIENT_ID: 'back-end',
    SESAME_MANAGEMENT_CLIENT_SECRET: 'secret'.padEnd(16, '.'),
    SESAME_API_INDICATOR: 'urn:example:api',
    SESAME_LOG_LEVEL: 'debug',
    SESAME_TRUSTED_PROXIES: '10.0.0.0/8, ::1,192.0.2.7, loopback',
    SESAME_METRICS_PORT: '9090',
    SESAME_MESSAGE_RETENTION_DAYS: '0',
    SESAME_DNS: '192.0.2.53, [2001:db8::53]:5353',
    SESAME_PRIVATE_WEBHOOKS: 'allow',
    SESAME_FEEDBACK_URL: 'https://issues.example/new?template=connector',
    NODE_ENV: 'production',
  };
  expect(Object.keys(env).sort()).toEqual(Object.keys(settings).sort());
  expect(readConfig(env)).toEqual({
    port: 8080,
    host: '::',
    publicUrl: 'https://sign-in.example.com',
    dataDir: '/var/lib/sesame',
    connectorsDir: '/opt/connectors',
    databaseUrl: 'postgres://sesame:pa%40ss@db/sesame?sslmode=require',
    secretKey: 'one key of 32 characters, or so.',
    olderReadingsOfSecretKey: [],
    administrator: { username: 'admin@example.com', password: 'open sesame' },
    managementClient: { id: 'back-end', secret: 'secret..........' },
    apiIndicator: 'urn:example:api',
    logLevel: 'debug',
    trustedProxies: ['10.0.0.0/8', '::1', '192.0.2.7', 'loopback'],
    dns: ['192.0.2.53', '[2001:db8::53]:5353'],
    allowsPrivateWebhooks: true,
    metricsPort: 9090,
    messageRetentionDays: 0,
    feedbackUrl: 'https://issues.example/new?template=connector',
    shownSettings: showSettings(env),
    isProduction: true,
    warnings: [],
  });
});

test('PORT is taken unless SESAME_PORT is set', () => {
  expect(readConfig({ PORT: '5000' })).toMatchObject({ port: 5000, publicUrl: 'http://localhost:5000' });
  expect(readConfig({ PORT: '5000', SESAME_PORT: '' })).toMatchObject({ port: 5000 });
  expect(readConfig({ PORT: '5000', SESAME_PORT: '6000' })).toMatchObject({ port: 6000 });
  expect(refusal({ PORT: 'x' }).message).toBe('PORT takes a port from 1 to 65535.');
});

test('an empty setting is absent', () => {
  expect(readConfig(Object.fromEntries(Object.keys(settings).map((name) => [name, ''])))).toEqual(readConfig({}));
});

test.each([
  ['SESAME_PORT', ['0', '65536', '80a', '-1', '0x50', '1e3', ' 80', '8080.5']],
  ['SESAME_DNS', ['dns.example.com', '192.0.2.53:0', '192.0.2.53,', '192.0.2.53;192.0.2.54', 'on']],
  ['SESAME_HOST', ['http://localhost', 'two words', '127.0.0.1/8']],
  [
    'SESAME_PUBLIC_URL',
    [
      'sign-in.example.com',
      'ftp://a.example',
      'https://a.example/path',
      'https://u:p@a.example',
      'https://a.example?x',
    ],
  ],
  ['SESAME_DATABASE_URL', ['mysql://db/sesame', 'postgres', 'localhost:5432']],
  [
    'SESAME_SECRET_KEY',
    [
      ...['k'.repeat(32), 'ab'.repeat(32), '12345'.repeat(8), ` ${'0'.repeat(64)}\n`],
      ...[
        'one key of 31 characters or so.',
        ' '.repeat(64),
        '\u200b'.repeat(40),
        '\t\n'.repeat(32),
        `${' '.repeat(40)}short`,
      ],
    ],
  ],
  ['SESAME_ADMIN_USERNAME', ['two words', 'a'.repeat(129)]],
  ['SESAME_ADMIN_PASSWORD', ['seven77']],
  ['SESAME_MANAGEMENT_CLIENT_ID', ['a:b']],
  [
    'SESAME_MANAGEMENT_CLIENT_SECRET',
    [
      'short',
      'secret'.padEnd(129),
      ' '.repeat(16),
      'abc'.repeat(9),
      'no secret is печатный',
      'a line\nbreak within it',
    ],
  ],
  ['SESAME_API_INDICATOR', ['api', 'https://a.example/api#x']],
  ['SESAME_LOG_LEVEL', ['verbose', 'INFO']],
  ['SESAME_TRUSTED_PROXIES', ['10.0.0.0/33', 'proxy.example.com', '10.0.0.1,', '*']],
  ['SESAME_METRICS_PORT', ['no', '0']],
  ['SESAME_MESSAGE_RETENTION_DAYS', ['-1', '36501', '1.5', 'for ever']],
] as const)('%s says what it takes, without its value', (name, values) => {
  for (const value of values) {
    const { message } = refusal({ [name]: value });
    expect(message).toBe(`${name} takes ${settings[name].takes}.`);
  }
});

describe('settings that go together', () => {
  test.each([
    ['SESAME_ADMIN_USERNAME', 'SESAME_ADMIN_PASSWORD'],
    ['SESAME_ADMIN_PASSWORD', 'SESAME_ADMIN_USERNAME'],
    ['SESAME_MANAGEMENT_CLIENT_ID', 'SESAME_MANAGEMENT_CLIENT_SECRET'],
    ['SESAME_MANAGEMENT_CLIENT_SECRET', 'SESAME_MANAGEMENT_CLIENT_ID'],
  ])('%s needs %s', (given, missing) => {
    expect(refusal({ [given]: 'long-enough-for-all' }).message).toMatch(new RegExp(`; ${missing} is missing\\.$`));
  });

  test('the metrics have a port of their own', () => {
    expect(refusal({ SESAME_METRICS_PORT: '3001' }).message).toContain('SESAME_METRICS_PORT');
  });
});

test.each(['\n', '\r\n', '\n\n', '\r'])('a setting that ends in %j is read without it', (end) => {
  const env = {
    SESAME_PORT: '8080',
    SESAME_HOST: '::',
    SESAME_PUBLIC_URL: 'https://sign-in.example.com',
    SESAME_DATA_DIR: '/var/lib/sesame',
    SESAME_CONNECTORS_DIR: '/opt/connectors',
    SESAME_DATABASE_URL: 'postgres://sesame:secret@db/sesame',
    SESAME_SECRET_KEY: ' one key of 32 characters, or so. ',
    SESAME_ADMIN_USERNAME: 'morgiana',
    SESAME_ADMIN_PASSWORD: 'open sesame ',
    SESAME_MANAGEMENT_CLIENT_ID: 'back-end',
    SESAME_MANAGEMENT_CLIENT_SECRET: 'a secret with a space ',
    SESAME_API_INDICATOR: 'urn:example:api',
    SESAME_LOG_LEVEL: 'debug',
    SESAME_TRUSTED_PROXIES: '10.0.0.0/8, loopback',
    SESAME_METRICS_PORT: '9090',
    SESAME_MESSAGE_RETENTION_DAYS: '0',
    SESAME_DNS: '192.0.2.53, [2001:db8::53]:5353',
    SESAME_PRIVATE_WEBHOOKS: 'allow',
    SESAME_FEEDBACK_URL: 'https://issues.example/new?template=connector',
    NODE_ENV: 'production',
  };
  expect(Object.keys(env).sort()).toEqual(Object.keys(settings).sort());
  const ended = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text + end]));
  expect(readConfig(ended)).toEqual({ ...readConfig(env), olderReadingsOfSecretKey: [ended.SESAME_SECRET_KEY] });
  expect(readConfig(ended)).toMatchObject({
    secretKey: ' one key of 32 characters, or so. ',
    administrator: { password: 'open sesame ' },
    managementClient: { secret: 'a secret with a space ' },
  });
  expect(readConfig({ PORT: `5000${end}`, SESAME_PORT: end })).toMatchObject({ port: 5000 });
});

describe('what Kubernetes tells of a Service', () => {
  const serviceLinks = {
    SESAME_PORT: 'tcp://10.43.0.1:3001',
    SESAME_PORT_3001_TCP: 'tcp://10.43.0.1:3001',
    SESAME_PORT_3001_TCP_ADDR: '10.43.0.1',
    SESAME_PORT_3001_TCP_PORT: '3001',
    SESAME_PORT_3001_TCP_PROTO: 'tcp',
    SESAME_SERVICE_HOST: '10.43.0.1',
    SESAME_SERVICE_PORT: '3001',
    SESAME_SERVICE_PORT_HTTP: '3001',
  };

  test('is no setting, and one line says so without the values', () => {
    const config = readConfig(serviceLinks);
    expect(config).toEqual({ ...readConfig({}), warnings: [expect.stringContaining('enableServiceLinks: false')] });
    for (const name of Object.keys(serviceLinks)) expect(config.warnings[0]).toContain(name);
    expect(config.warnings[0]).not.toMatch(/10\.43|tcp:/);
  });

  test.each([
    ['sesame, with IPv6', { SESAME_PORT: 'tcp://[fd00::1]:3001' }],
    ['sesame, over UDP', { SESAME_PORT: 'udp://10.43.0.1:3001', SESAME_PORT_3001_UDP_PROTO: 'udp' }],
    ['sesame-metrics', { SESAME_METRICS_PORT: 'tcp://10.43.0.1:9464', SESAME_METRICS_SERVICE_HOST: '10.43.0.1' }],
    ['sesame-api', { SESAME_API_PORT: 'tcp://10.43.0.1:80', SESAME_API_PORT_80_TCP_ADDR: '10.43.0.1' }],
  ])('called %s stops no start', (_service, variables) => {
    const { warnings, ...values } = readConfig({ ...variables, PORT: '5000' });
    expect({ ...values, warnings: [] }).toEqual(readConfig({ PORT: '5000' }));
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`^${Object.keys(variables).join(', ')} comes? from`))]);
  });

  test('a port of its own is still looked at', () => {
    expect(readConfig({ ...serviceLinks, SESAME_PORT: '8080' }).port).toBe(8080);
    expect(refusal({ SESAME_PORT: 'http://10.43.0.1:3001' }).message).toContain('SESAME_PORT takes');
  });
});

test('warns of settings that there are not, without their values', () => {
  const env = { SESAME_PROT: 'secret', SESAME_PUBLIC_ULR: 'a', SESAME_ISSUER: 'b', HOME: '/root' };
  expect(readConfig(env).warnings).toEqual([
    'SESAME_PROT is not a setting and does nothing; did you mean SESAME_PORT?',
    'SESAME_PUBLIC_ULR is not a setting and does nothing; did you mean SESAME_PUBLIC_URL?',
    'SESAME_ISSUER is not a setting and does nothing; docs/configuration.md lists the settings.',
  ]);
});

test('warns of secrets that can be guessed, and of plain http, once others than this machine get there', () => {
  const warnings = (SESAME_PUBLIC_URL: string, SESAME_SECRET_KEY: string, SESAME_MANAGEMENT_CLIENT_SECRET: string) =>
    readConfig({
      ...{ SESAME_PUBLIC_URL, SESAME_SECRET_KEY, SESAME_MANAGEMENT_CLIENT_SECRET },
      SESAME_MANAGEMENT_CLIENT_ID: 'back-end',
    }).warnings;
  const [random, other] = ['kX3vQ0pZ8rT5yB1nW7cL2mD9gH4jF6sA', '0f3a9c7be2d14865'];
  const address = 'https://id.example.com';
  expect(warnings(address, random, other)).toEqual([]);
  for (const key of ['123456123456123456123456123456123', 'changeme-changeme-changeme-changeme', `<${random}>`]) {
    const told = warnings(address, key, other);
    expect(told).toEqual([expect.stringMatching(/^SESAME_SECRET_KEY is easy to guess/)]);
    expect(told.join()).not.toContain(key);
  }
  const secret = 'change-this-secret';
  expect(warnings('http://id.example.com', random, secret)).toEqual([
    expect.stringContaining('plain http'),
    expect.stringMatching(/^SESAME_MANAGEMENT_CLIENT_SECRET is easy to guess/),
  ]);
  for (const own of [
    'http://localhost:3001',
    'http://sesame.localhost',
    'http://127.0.0.1:3001',
    'http://[::1]:3001',
  ]) {
    expect(warnings(own, random, secret)).toEqual([]);
  }
});

test.each(Object.entries(referenceDocs))('docs/%s is what scripts/write-docs.mjs makes', (name, make) => {
  expect(readFileSync(docsFile(name), 'utf8')).toBe(make());
});

test('a byte order mark before a setting is no part of it', () => {
  const [key, password] = ['the secret key of every test server', 'open sesame'];
  const env = {
    SESAME_PORT: '3002',
    SESAME_SECRET_KEY: key,
    SESAME_ADMIN_USERNAME: 'a',
    SESAME_ADMIN_PASSWORD: password,
  };
  const marked = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, `\ufeff${text}\r\n`]));
  const { olderReadingsOfSecretKey, ...config } = readConfig(marked);
  expect({ ...config, olderReadingsOfSecretKey: [] }).toEqual(readConfig(env));
  expect(olderReadingsOfSecretKey).toEqual([`\ufeff${key}`, `\ufeff${key}\r\n`]);
});

test('a database URL goes on with the variables of PostgreSQL, and is refused with them', () => {
  const env = { SESAME_DATABASE_URL: 'postgres://db/sesame', PGSSLMODE: 'require', PGSERVICE: 'x' };
  expect(readConfig(env)).toMatchObject({
    databaseUrl: 'postgres://db/sesame?sslmode=require',
    warnings: expect.arrayContaining([expect.stringContaining('PGSERVICE is for')]),
  });
  expect(refusal({ ...env, PGSSLMODE: 'no-verify' }).message).toMatch(
    /^SESAME_DATABASE_URL cannot be used: sslmode takes/,
  );
  expect(readConfig({ PGSSLMODE: 'no-verify', PGSERVICE: 'x' })).toMatchObject({
    databaseUrl: undefined,
    warnings: [],
  });
});
