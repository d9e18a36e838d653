import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiSnippet } from './api-snippet.ts';

test('the guide shows the snippet as the Console does', () => {
  const guide = readFileSync(new URL('../../../../../docs/protect-an-api.md', import.meta.url), 'utf8');
  const snippet = apiSnippet({
    issuer: 'https://sign-in.example.com/oidc',
    audience: 'https://orders.example.com',
    scope: 'orders:read',
  });
  expect(guide).toContain(`\`\`\`js\n${snippet}\`\`\``);
});
