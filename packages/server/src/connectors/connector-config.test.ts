import { parseConfig } from '@sesame/connector-kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkConfig, maskConfig, unmaskConfig } from './connector-config.ts';
import type { ConnectorFactory } from './connector-factory.ts';
import { markSecrets } from './installed/confidential.ts';

const guard = z.object({ account: z.string(), token: z.string().min(3) });
const factory = {
  metadata: {
    formItems: [
      { key: 'account', label: 'Account', type: 'Text' },
      { key: 'token', label: 'Token', type: 'Text', isConfidential: true },
    ],
  },
  origin: { origin: 'built-in', package: null },
  checkConfig: async (config) => void parseConfig(guard, config),
} as Partial<ConnectorFactory> as ConnectorFactory;

test('masks show the end of a long secret and nothing of a short one', () => {
  expect(maskConfig(factory, { account: 'AC1', token: '0123456789abcdef' })).toEqual({
    account: 'AC1',
    token: '••••cdef',
  });
  expect(maskConfig(factory, { account: 'AC1', token: '0123456789' }).token).toBe('••••');
  expect(maskConfig(factory, { account: 'AC1' })).toEqual({ account: 'AC1' });
});

test('a mask left as it was brings the stored secret back; a new secret replaces it', () => {
  const stored = { account: 'AC1', token: '0123456789abcdef' };
  expect(unmaskConfig(factory, { account: 'AC2', token: '••••cdef' }, stored)).toEqual({ ...stored, account: 'AC2' });
  expect(unmaskConfig(factory, { account: 'AC2', token: 'new' }, stored).token).toBe('new');
  expect(unmaskConfig(factory, { token: '••••0000' }, stored).token).toBe('••••0000');
});

test('a mask brings nothing back for another endpoint', () => {
  const stored = { account: 'AC1', token: '0123456789abcdef', endpoint: 'https://api.example.com' };
  const elsewhere = { ...stored, token: '••••cdef', endpoint: 'http://127.0.0.1:9999' };
  expect(unmaskConfig(factory, elsewhere, stored)).toEqual(elsewhere);
  expect(unmaskConfig(factory, { account: 'AC1', token: '••••cdef' }, stored).token).toBe('••••cdef');
  expect(unmaskConfig(factory, { ...stored, token: '••••cdef' }, stored)).toEqual(stored);
});

test.each(['host', 'port'])('a mask brings nothing back for another %s', (key) => {
  const stored = { token: '0123456789abcdef', host: 'smtp.example.com', port: 587 };
  const elsewhere = { ...stored, token: '••••cdef', [key]: key === 'host' ? 'smtp.example.net' : 25 };
  expect(unmaskConfig(factory, elsewhere, stored)).toEqual(elsewhere);
});

test('a mask that stands for nothing is refused by name', async () => {
  const refused = checkConfig(factory, { account: 'AC1', token: '••••0000' });
  await expect(refused).rejects.toMatchObject({
    code: 'connector.invalid_config',
    data: { issues: [{ path: 'token' }] },
  });
  await checkConfig(factory, { account: 'AC1', token: 'abc' });
});

test('a refused configuration names the field and not its value', async () => {
  try {
    await checkConfig(factory, { account: 5, token: 'xy' });
    expect.unreachable();
  } catch (error) {
    const { data } = error as { data: { issues: { path: string }[] } };
    expect(data.issues.map(({ path }) => path)).toEqual(['account', 'token']);
    expect(JSON.stringify(data)).not.toContain('xy');
  }
});

describe('an installed connector', () => {
  const installed = {
    ...factory,
    origin: { origin: 'installed', package: { name: 'mine', version: '1.0.0' } },
  } as ConnectorFactory;

  test('has its secrets masked however deep, and what its form does not know', () => {
    const config = { account: 'AC1', token: { inner: ['0123456789abcdef', 7] }, unknown: 'secret', userId: 'U1' };
    expect(maskConfig(installed, config)).toEqual({
      account: 'AC1',
      token: { inner: ['••••cdef', 7] },
      unknown: '••••',
      userId: 'U1',
    });
    expect(unmaskConfig(installed, maskConfig(installed, config), config)).toEqual(config);
    expect(maskConfig(factory, config).unknown).toBe('secret');
  });

  test('keeps a secret whose name sounds like an address', () => {
    const formItems = ['serverToken', 'fromEmail'].map((key) => ({ key, label: key, type: 'Text' as const }));
    const marked = { ...installed, metadata: { ...installed.metadata, formItems: markSecrets(formItems) } };
    const stored = { serverToken: '0123456789abcdef', fromEmail: 'a@example.com' };
    const shown = { serverToken: '••••cdef', fromEmail: 'b@example.com' };
    expect(unmaskConfig(marked, shown, stored)).toEqual({ ...stored, fromEmail: 'b@example.com' });
  });

  test.each(['endpoint', 'baseUrl', 'smtpHost', 'region'])('keeps no secret when its %s changes', (key) => {
    const stored = { account: 'AC1', token: '0123456789abcdef', [key]: 'https://api.example.com' };
    const elsewhere = { ...stored, token: '••••cdef', [key]: 'https://example.org' };
    expect(unmaskConfig(installed, elsewhere, stored)).toEqual(elsewhere);
    expect(unmaskConfig(installed, { ...stored, token: '••••cdef' }, stored)).toEqual(stored);
  });

  test('is given no mask, however deep', async () => {
    const refused = checkConfig(installed, { account: 'AC1', token: 'abc', unknown: ['••••'] });
    await expect(refused).rejects.toMatchObject({ data: { issues: [{ path: 'unknown' }] } });
  });
});
