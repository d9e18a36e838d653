import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiTypes, apiTypesFile } from './api-types.ts';

test('the types of the API are those of the server; if not, run "npm run api-types -w packages/console"', async () => {
  expect(readFileSync(apiTypesFile, 'utf8') === (await apiTypes())).toBe(true);
});
