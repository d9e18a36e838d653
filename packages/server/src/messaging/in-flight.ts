/** Keeps count of the sends that are under way, and of the records of what became of them, so that a stop can wait. */
export function createInFlight() {
  const inFlight = { sends: new Set<Promise<unknown>>(), records: new Set<Promise<unknown>>() };
  let isDraining = false;

  return {
    isDraining: () => isDraining,

    track<T>(work: Promise<T>, as: keyof typeof inFlight = 'sends'): Promise<T> {
      inFlight[as].add(work);
      const done = () => inFlight[as].delete(work);
      work.then(done, done);
      return work;
    },

    /** Resolves when no message is on its way to a provider; what became of it may still have to be recorded. */
    async drainSends(): Promise<void> {
      isDraining = true;
      while (inFlight.sends.size > 0) await Promise.allSettled(inFlight.sends);
    },

    /** Resolves when everything that has begun is over. */
    async drain(): Promise<void> {
      isDraining = true;
      // What ends may leave something behind to record.
      while (inFlight.sends.size + inFlight.records.size > 0) {
        await Promise.allSettled([...inFlight.sends, ...inFlight.records]);
      }
    },
  };
}
export type InFlight = ReturnType<typeof createInFlight>;
