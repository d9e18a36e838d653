import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,connectors,test}/**/*.test.ts'],
    globalSetup: ['test/setup/postgres.ts'],
    // Much of a test is waiting: for a browser, a database, another process. On two cores the default would be one.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
