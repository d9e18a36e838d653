import { describe, expect, test } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';
import {
  configuration,
  isInDoubt,
  limit,
  recipient,
  refusalError,
  refusalTable,
  throttled,
  unclear,
} from './refusal.ts';

const hide = (words: string) => hideSecrets(words, ['swordfish']);
const reply = (headers: Record<string, string> = {}) => ({ status: 400, headers: new Headers(headers) });

describe('the error for a refusal', () => {
  test.each([
    [recipient('No such number.'), 'general', {}],
    [limit('Too many.', 60), 'rate_limit_exceeded', { retryAfterSeconds: 60 }],
    [throttled('Too fast.'), 'rate_limit_exceeded', { retry: true }],
    [configuration('No credit.'), 'invalid_config', {}],
    [unclear('Who knows.'), 'general', {}],
  ])('holds the kind and the meaning, and nothing that nobody said: %o', (refusal, code, more) => {
    const error = refusalError(reply(), refusal, { hide });
    expect(error).toMatchObject({ code, message: refusal.meaning });
    expect(error.data).toStrictEqual({ kind: refusal.kind, message: refusal.meaning, status: 400, ...more });
  });

  test('hides secrets in all that the provider wrote', () => {
    const said = { code: 'swordfish-1', words: 'by swordfish', notes: [false, undefined, '(id swordfish)'] as const };
    expect(refusalError(reply(), unclear('Gone.'), { ...said, hide }).data).toMatchObject({
      message: 'Gone. (id [hidden])',
      providerCode: '[hidden]-1',
      providerMessage: 'by [hidden]',
    });
  });

  test('tells a number as the code it is, also where it holds what is hidden', () => {
    const data = (code: number) => refusalError(reply(), unclear('Gone.'), { code, hide: () => '***' }).data;
    expect([data(21_211).providerCode, data(0).providerCode]).toEqual(['21211', '0']);
  });

  test('names the fields at fault: with the configuration, those in use alone', () => {
    const refusal = configuration('Wrong key.', 'key', 'token');
    const fieldsOf = (config?: { key?: string; token?: string }) =>
      refusalError(reply(), refusal, { hide, ...(config && { config }) }).data.issues;
    expect(fieldsOf()).toEqual([
      { path: 'key', message: 'Wrong key.' },
      { path: 'token', message: 'Wrong key.' },
    ]);
    expect(fieldsOf({ key: 'k' })).toEqual([{ path: 'key', message: 'Wrong key.' }]);
    expect(fieldsOf({})).toBeUndefined();
  });

  test.each([
    ['of a limit', limit('Too many.'), 7],
    ['of a limit that tells itself how long', limit('Too many.', 60), 60],
    ['of nothing else', unclear('Gone.'), undefined],
  ])('takes Retry-After %s', (_, refusal, seconds) => {
    const { data } = refusalError(reply({ 'retry-after': '7' }), refusal, { hide });
    expect(data.retryAfterSeconds).toBe(seconds);
    expect(refusalError({ status: 400 }, limit('Too many.'), { hide }).data).not.toHaveProperty('retryAfterSeconds');
  });
});

test('a table knows its own codes only', () => {
  const table = refusalTable({ 7: recipient('Barred.') });
  expect(table.get('7')?.kind).toBe('recipient');
  expect(table.get('constructor')).toBeUndefined();
});

test.each([
  [200, false],
  [408, true],
  [429, false],
  [500, true],
  [503, true],
])('HTTP %i leaves in doubt what was processed: %s', (status, expected) => {
  expect(isInDoubt(status)).toBe(expected);
});
