import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,connectors,test}/**/*.test.ts'],
    globalSetup: ['test/setup/postgres.ts'],
    // Much of a test is waiting: for a browser, a database, another process. On two cores the default would be one.
    maxWorkers: 3,
    // A busy machine may hold a browser up for longer than a test waits; what is wrong fails twice.
    retry: 1,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
