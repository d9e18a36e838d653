/** Keeps count of the sends that are under way, so that a stop can wait for them. */
export function createInFlight() {
  const inFlight = new Set<Promise<unknown>>();
  let isDraining = false;

  return {
    isDraining: () => isDraining,

    track<T>(sending: Promise<T>): Promise<T> {
      inFlight.add(sending);
      const done = () => inFlight.delete(sending);
      sending.then(done, done);
      return sending;
    },

    /** Resolves when everything that has begun is over. */
    async drain(): Promise<void> {
      isDraining = true;
      // What ends may leave something behind to record.
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}
export type InFlight = ReturnType<typeof createInFlight>;
