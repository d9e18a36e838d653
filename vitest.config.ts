import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Only guards against hanging, in milliseconds. A machine that is many times slower gets there too. */
const hanging = 120_000;

// What threads and child processes load is compiled once. A thread then costs half, npm four fifths.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Begins with what takes long: browsers and other processes. No worker is left alone with it at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.startsWith(`${import.meta.dirname}/test/`);
    const { long = [], short = [] } = Object.groupBy(await super.sort(files), (file) =>
      isLong(file) ? 'long' : 'short',
    );
    return [...long, ...short];
  }
}

export default defineConfig({
  test: {
    include: ['{packages,connectors,test}/**/*.test.ts'],
    globalSetup: ['test/setup/postgres.ts'],
    // Much of a test is waiting: for a browser, a database, another process. On two cores the default would be one.
    maxWorkers: 3,
    // Files share the modules of the server: nothing in a module changes, and evaluating them takes longer than many tests.
    isolate: false,
    // By default a process that makes much garbage spends an eighth of its time collecting it, in many small steps.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
    sequence: { sequencer: LongFirst },
    // Longer than any step: a failure says what it waited for, also late in a test.
    testTimeout: 2 * hanging,
    hookTimeout: 2 * hanging,
    expect: { poll: { timeout: hanging } },
  },
});
