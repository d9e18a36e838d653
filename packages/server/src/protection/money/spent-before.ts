import type { Platform } from '../../platform.ts';
import { countCosts } from '../../store/cost-figures.ts';
import { hourMs } from '../../store/hour-sums.ts';
import { keepSpent } from '../../store/spendings.ts';
import type { Store } from '../../store/store.ts';
import { allCaps, type CapPolicy, type HoldingCap } from './caps.ts';

type Deps = { store: Store; platform: Pick<Platform, 'now'> };

/**
 * Caps may be set, or set again, in the middle of their periods. What was sent in these until then is looked up in the
 * messages, once for each choice of caps, by whoever is the first to count against it.
 */
export function createSpentBefore({ store, platform }: Deps) {
  let seen: CapPolicy | undefined;
  let amounts = '';
  const known = new Map<string, Promise<void>>();

  async function lookUp(caps: readonly HoldingCap[]): Promise<void> {
    const until = platform.now() + 1;
    const costs = await countCosts(store, { from: Math.min(...caps.map(({ startsAt }) => startsAt)), until });
    const spent = caps.map((cap) => {
      const own = costs.filter(
        ({ hour, country, currency }) =>
          hour * hourMs >= cap.startsAt &&
          currency === cap.currency &&
          (cap.country === undefined || cap.country === country),
      );
      const sum = (of: 'messages' | 'cost') => own.reduce((total, each) => total + each[of], 0);
      return { ...cap, messages: sum('messages'), cost: sum('cost') };
    });
    await keepSpent(
      store,
      spent.filter(({ messages }) => messages > 0),
    );
  }

  /** Forgets what is known where the caps have changed, or there are those of a year. */
  function see(policy: CapPolicy): void {
    if (policy === seen) return;
    seen = policy;
    const now = JSON.stringify(allCaps(policy, '', 0));
    if (now !== amounts || known.size > 10_000) known.clear();
    amounts = now;
  }

  /** Resolves when these caps of a policy count what was sent before them. */
  return async function countSpentBefore(policy: CapPolicy, holding: readonly HoldingCap[]): Promise<void> {
    see(policy);
    const unknown = holding.filter(({ key }) => !known.has(key));
    if (unknown.length > 0) {
      const looking = lookUp(unknown);
      for (const { key } of unknown) known.set(key, looking);
      looking.catch(() => {
        for (const { key } of unknown) if (known.get(key) === looking) known.delete(key);
      });
    }
    await Promise.all(holding.map(({ key }) => known.get(key)));
  };
}
export type CountSpentBefore = ReturnType<typeof createSpentBefore>;
