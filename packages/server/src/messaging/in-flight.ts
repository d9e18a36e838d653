import { createChain } from '../chain.ts';

/**
 * Keeps count of the messages that wait for the database or for their moment (`preparations`), that are on their way to a
 * provider (`sends`), and of the records of what became of them, so that a stop can wait.
 */
export function createInFlight() {
  const newChain = () => createChain<Promise<unknown>>();
  const inFlight = { preparations: newChain(), sends: newChain(), records: newChain() };
  const pausing = new Set<() => void>();
  let isDraining = false;

  function beginToDrain(): void {
    isDraining = true;
    for (const goOn of pausing) goOn();
  }

  return {
    isDraining: () => isDraining,

    track<T>(work: Promise<T>, as: keyof typeof inFlight = 'sends'): Promise<T> {
      const link = inFlight[as].add(work);
      const done = () => inFlight[as].remove(link);
      work.then(done, done);
      return work;
    },

    /**
     * Resolves with the sleep of somebody who tries again after it, or when a stop begins, which is not to wait for
     * that.
     */
    pause: (sleep: Promise<void>): Promise<void> =>
      new Promise((resolve, reject) => {
        pausing.add(resolve);
        sleep.then(resolve, reject).finally(() => pausing.delete(resolve));
      }),

    /** Resolves when every message that is to go out has begun to, or failed before. */
    async drainPreparations(): Promise<void> {
      while (inFlight.preparations.size() > 0) await Promise.allSettled(inFlight.preparations);
    },

    /** Resolves when no message is on its way to a provider; what became of it may still have to be recorded. */
    async drainSends(): Promise<void> {
      beginToDrain();
      while (inFlight.sends.size() > 0) await Promise.allSettled(inFlight.sends);
    },

    /** Resolves when everything that has begun is over. */
    async drain(): Promise<void> {
      beginToDrain();
      // What ends may leave something behind to record.
      const left = () => Object.values(inFlight).flatMap((works) => [...works]);
      while (left().length > 0) await Promise.allSettled(left());
    },
  };
}
export type InFlight = ReturnType<typeof createInFlight>;
