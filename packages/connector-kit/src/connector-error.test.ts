import { expect, test } from 'vitest';
import { ConnectorError } from './connector-error.ts';

test.each([
  ['recipient', 'general'],
  ['limit', 'rate_limit_exceeded'],
  ['configuration', 'invalid_config'],
  ['unclear', 'general'],
] as const)('a failure of the kind %s has the code %s', (kind, code) => {
  expect(new ConnectorError({ kind, message: 'Why' })).toMatchObject({ code, name: 'ConnectorError', message: 'Why' });
});

test('a code that is told wins', () => {
  const data = { kind: 'configuration', message: 'None', providerCode: '7' } as const;
  expect(new ConnectorError(data, 'template_not_found')).toMatchObject({ code: 'template_not_found', data });
});
