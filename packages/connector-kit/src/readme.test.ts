import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

test('the README shows the example as it is', () => {
  expect(readme).toContain(`\`\`\`ts\n${read('../example/acme-sms.ts')}\`\`\``);
});
