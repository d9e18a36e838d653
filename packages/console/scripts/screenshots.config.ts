import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import tests from '../../../vitest.config.ts';

/** Pictures are taken with what the tests of the Console stand on. */
export default defineConfig({
  ...tests,
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  test: { ...tests.test, include: ['packages/console/scripts/screenshots.ts'] },
});
