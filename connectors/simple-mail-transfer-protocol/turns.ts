/** The mails to one domain. */
type Share = { underWay: number; delivered: number; waiting: Set<() => void> };

/** What waits for its turn, and how it goes on in front of it. */
export type Turns = ReturnType<typeof createTurns>;

/**
 * Lets so many mails go at once as there are connections, and shares these among the domains that the mails go to: a
 * domain gets one more only while more are left than it has. So a domain for which the relay hangs holds three of five,
 * and the others go on over the rest. Domains take turns, however many mails wait for one of them.
 * @param few connections to begin with
 * @param many so many there may be while mails wait: one more with each that was delivered
 */
export function createTurns(few: number, many: number) {
  const shares = new Map<string, Share>();
  let most = few;
  let free = few;
  /** What the server was not seen to refuse. */
  let taken = many;
  let delivered = 0;

  /** Whoever has begun goes to the end, and is come to again there. */
  function next(): void {
    for (const [domain, share] of shares) {
      if (free <= 0) return;
      const [begin] = share.waiting;
      if (!begin || share.underWay >= free) continue;
      share.waiting.delete(begin);
      share.underWay += 1;
      free -= 1;
      shares.delete(domain);
      shares.set(domain, share);
      begin();
    }
  }

  function forget(domain: string, { underWay, waiting }: Share): void {
    if (underWay + waiting.size === 0) shares.delete(domain);
    if (shares.size > 0) return;
    most = few;
    free = few;
    taken = Math.max(few, taken);
  }

  /** For a domain that the server takes mails to, or may: not for one that it may only hang for. */
  function widen(delivered: Share): void {
    const isWanted = (share: Share) => share.waiting.size > 0 && (share === delivered || share.underWay === 0);
    if (most >= taken || !shares.values().some(isWanted)) return;
    most += 1;
    free += 1;
  }

  return {
    /**
     * Sends a mail to this domain when its turn comes. @param signal with which it leaves while it waits
     * @throws what `send` does, or the reason of the signal
     */
    async take<T>(domain: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
      const share = shares.get(domain) ?? { underWay: 0, delivered: 0, waiting: new Set() };
      shares.set(domain, share);
      await new Promise<void>((resolve, reject) => {
        share.waiting.add(resolve);
        next();
        if (!share.waiting.has(resolve)) return;
        const leave = () => {
          if (!share.waiting.delete(resolve)) return;
          forget(domain, share);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
      });
      try {
        const result = await send();
        share.delivered += 1;
        delivered += 1;
        widen(share);
        return result;
      } finally {
        share.underWay -= 1;
        free += 1;
        forget(domain, share);
        next();
      }
    },
    /** How many mails may go at once. */
    most: () => most,
    /**
     * From now on one mail less goes at once, as long as there are mails: called by one that is under way, for which the
     * server takes no further connection. Later there are never more than that, but for the few to begin with.
     * @returns whether others are under way, after which it may try again
     */
    narrow(): boolean {
      if (most === 1 || most - free < 2) return false;
      most -= 1;
      free -= 1;
      taken = most;
      return true;
    },
    /** Mails that went in front of those that wait for this domain, ever: while it grows, waiting leads somewhere. */
    gone: (domain: string): number => {
      const share = shares.get(domain);
      return share && share.underWay > 0 ? share.delivered : delivered;
    },
  };
}
