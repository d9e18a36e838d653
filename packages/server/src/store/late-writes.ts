import type { Dialect } from 'kysely';
import { createChain } from '../chain.ts';

/** A crash loses no more than this. */
const maxDelayMs = 50;

/**
 * Writes that nobody waits for. They go with the next write that somebody waits for, before it, and so in its group; or
 * on their own after `maxDelayMs`.
 */
export function createLateWrites() {
  let waiting: (() => Promise<unknown>)[] = [];
  const underWay = createChain<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;

  /** Hands over what waits; whatever is handed over in the same turn comes after it. */
  function release(): void {
    if (waiting.length === 0) return;
    clearTimeout(timer);
    timer = undefined;
    const writes = waiting;
    waiting = [];
    for (const write of writes) void write();
  }

  /** Resolves when everything that was added is written, or has failed. */
  async function flush(): Promise<void> {
    release();
    if (underWay.size() > 0) await Promise.allSettled(underWay);
  }

  return {
    /** @returns what the write gives, once it is written */
    add<T>(write: () => Promise<T>): Promise<T> {
      const written = new Promise<T>((resolve, reject) => {
        waiting.push(() => write().then(resolve, reject));
      });
      const link = underWay.add(written);
      const done = () => underWay.remove(link);
      written.then(done, done);
      timer ??= setTimeout(release, maxDelayMs);
      return written;
    },
    release,
    flush,

    /** A dialect whose statements see every write that was added before them. */
    before: (dialect: Dialect): Dialect => ({
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver() {
        const driver = dialect.createDriver();
        const acquire = driver.acquireConnection.bind(driver);
        driver.acquireConnection = async (options) => {
          await flush();
          return acquire(options);
        };
        return driver;
      },
    }),
  };
}
